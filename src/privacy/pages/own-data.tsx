import { authorise } from '../../identity/authorise.ts';
import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { rateLimit } from '../../platform/rate-limit.ts';
import { LinkButton, SurePostButton } from '../../web/components/buttons.tsx';
import { Card } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { askErasure } from '../actions/ask-erasure.ts';
import { readOwnData } from '../actions/read-own-data.ts';
import { readOwnRequest } from '../actions/read-own-request.ts';
import { toOwnDataWire } from '../schemas.ts';
import { ownDataStrings } from '../strings.ts';

export const ownDataPages = createApi();

const PATH = '/area-personale/dati';

ownDataPages.get(PATH, async (c) => {
  const call = callOf(c);
  const request = await readOwnRequest(call);
  const { locale, config } = call;
  const t = ownDataStrings(locale);
  return page(
    c,
    {
      title: t('title'),
      lead: t('lead'),
      active: 'own',
      breadcrumbs: [{ label: t('area'), href: '/area-personale' }, { label: t('title') }],
    },
    <>
      {request?.state === 'asked' && (
        <Alert kind="success" title={t('asked')} live>
          <p>{t('askedOn', { when: formatDateTime(request.askedAt, locale) })}</p>
        </Alert>
      )}
      {request?.state === 'refused' && (
        <Alert kind="warning" title={t('refused')}>
          <p>{request.answer}</p>
        </Alert>
      )}
      <div class="cards">
        <Card title={t('copyTitle')}>
          <p>{t('copyText')}</p>
          <LinkButton href={`${PATH}/copia`} download>
            {t('copy')}
          </LinkButton>
        </Card>
        <Card title={t('eraseTitle')}>
          <p>{t('eraseText')}</p>
          {request?.state !== 'asked' && (
            <SurePostButton action={`${PATH}/cancellazione`} ask={t('ask')} sure={t('askSure')} />
          )}
        </Card>
      </div>
      <p class="text-secondary mt-4">
        {t('automatic', {
          appointments: config.appointmentRetentionDays,
          persons: config.personRetentionDays,
        })}
      </p>
    </>,
  );
});

ownDataPages.get(`${PATH}/copia`, rateLimit({ scope: 'own-data', perMinute: 10 }), async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'jobseeker');
  const copy = toOwnDataWire(await readOwnData(call, call.actor.personId));
  return c.body(JSON.stringify(copy, null, 2), 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': 'attachment; filename="sportello-dati.json"',
    'Cache-Control': 'no-store',
  });
});

ownDataPages.post(`${PATH}/cancellazione`, async (c) => {
  const call = callOf(c);
  authorise(call.actor, 'jobseeker');
  await askErasure(call, call.actor.personId);
  return c.redirect(PATH, 303);
});
