import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { LinkButton } from '../../web/components/buttons.tsx';
import { Card, Tag } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { formatDuration } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { listBookableServices } from '../actions/list-services.ts';
import type { ServiceMode } from '../service.ts';
import { bookingStrings } from '../strings.ts';
import { links } from './links.ts';
import { Steps } from './parts.tsx';

const MODES = {
  desk: 'modeDesk',
  phone: 'modePhone',
  video: 'modeVideo',
  outreach: 'modeOutreach',
} as const;
const MODE_NAMES = Object.keys(MODES) as readonly ServiceMode[];

export const chooseServicePages = createApi();

chooseServicePages.get('/prenota', async (c) => {
  const locale = c.get('locale');
  const t = bookingStrings(locale);
  const services = await listBookableServices(callOf(c));
  const modes = MODE_NAMES.filter((mode) => services.some((one) => one.mode === mode));
  const asked = modes.find((mode) => mode === c.req.query('modo'));
  const shown = asked ? services.filter(({ mode }) => mode === asked) : services;
  // From an office's own page the place is chosen already.
  const office = c.req.query('ufficio');
  const ofMode = (mode?: ServiceMode) => {
    const query = new URLSearchParams({
      ...(office && { ufficio: office }),
      ...(mode && { modo: mode }),
    });
    return `/prenota?${query}`;
  };
  const next = (servizio: string) =>
    office ? links.time({ servizio, ufficio: office }) : links.place({ servizio });
  return page(
    c,
    {
      title: t('serviceTitle'),
      lead: t('serviceLead'),
      active: 'book',
      breadcrumbs: [{ label: t('book') }],
    },
    <>
      <Steps current={1} />
      {services.length === 0 && (
        <EmptyState title={t('noServices')}>{t('noServicesHelp')}</EmptyState>
      )}
      {modes.length > 1 && (
        <nav class="filters" aria-label={t('modeFilter')}>
          <ul>
            {[undefined, ...modes].map((mode) => (
              <li>
                <a href={ofMode(mode)} aria-current={mode === asked ? 'true' : undefined}>
                  {t(mode ? MODES[mode] : 'modeAny')}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div class="cards">
        {shown.map((service) => (
          <Card
            title={service.name[locale]}
            footer={
              <LinkButton href={next(service.code)}>
                {t('choose')}
                <span class="visually-hidden">: {service.name[locale]}</span>
              </LinkButton>
            }
          >
            <p>{service.description[locale]}</p>
            <p>
              <Tag>{t('takes', { duration: formatDuration(service.durationMinutes, locale) })}</Tag>{' '}
              <Tag>{t(MODES[service.mode])}</Tag>{' '}
              {service.taxCodeRequired && <Tag>{t('needsTaxCode')}</Tag>}{' '}
              {service.ownOperator && <Tag>{t('withOwnOperator')}</Tag>}
            </p>
          </Card>
        ))}
      </div>
      <p class="mt-4">
        {t('together')} <a href="/prenota/insieme">{t('togetherLink')}</a>
      </p>
      <p>
        {t('haveCode')} <a href="/appuntamento">{t('haveCodeLink')}</a>
      </p>
    </>,
  );
});
