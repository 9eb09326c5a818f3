import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { LinkButton, SurePostButton } from '../../web/components/buttons.tsx';
import { DefinitionList } from '../../web/components/content.tsx';
import { Progress } from '../../web/components/feedback.tsx';
import { formatNumber } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { readDisruption } from '../actions/read-disruptions.ts';
import { withdrawClosure } from '../actions/withdraw-closure.ts';
import { settledOf } from '../schemas.ts';
import { disruptionStrings } from '../strings.ts';
import { ABSENCES, PATH } from './closure-form.tsx';
import { periodOf, StateTag } from './closures.tsx';

export const closurePages = createApi();

const ONE = `${PATH}/:id{[0-9a-f-]{36}}`;

closurePages.get(ONE, async (c) => {
  const call = callOf(c);
  const { locale } = call;
  const found = await readDisruption(call, c.req.param('id'));
  const t = disruptionStrings(locale);
  const { outcomes, total, kind, state } = found;
  const settled = settledOf(found);
  const counted = (key: keyof typeof outcomes) =>
    outcomes[key] === undefined ? undefined : formatNumber(outcomes[key], locale);
  return page(
    c,
    {
      title: t(`name_${kind}`),
      lead: periodOf(found, locale),
      active: 'operator',
      breadcrumbs: [{ label: t('title'), href: PATH }, { label: t(`name_${kind}`) }],
    },
    <>
      {state === 'running' && settled < total && (
        <>
          <Progress
            id="seguite"
            label={t('progress')}
            value={settled}
            max={total}
            note={t('progressNote', { done: settled, total })}
          />
          <p>{t('runningHelp')}</p>
        </>
      )}
      <DefinitionList
        items={[
          [t('state'), <StateTag state={state} />],
          [t('office'), found.officeName],
          [t('whose'), found.operatorName ?? t('wholeOffice')],
          [
            t('absence'),
            found.absence && found.absence !== 'closure' ? t(ABSENCES[found.absence]) : undefined,
          ],
          [t('reason'), found.reason],
          [t('newAddress'), found.newAddress ?? undefined],
          [t('people'), formatNumber(total, locale)],
          [t('reseated'), counted('reseat')],
          [t('displacedShort'), counted('displace')],
          [t('revoked'), counted('revoke')],
          [t('kept'), counted('keep')],
          [t('toldCount'), counted('tell')],
          [t('goneCount'), counted('gone')],
        ]}
      />
      <div class="actions mt-4">
        {state === 'running' && settled < total && (
          <LinkButton href={`${PATH}/${found.id}`} icon="it-refresh">
            {t('refresh')}
          </LinkButton>
        )}
        {kind === 'closure' && state !== 'withdrawn' && (
          <SurePostButton
            action={`${PATH}/${found.id}/ritira`}
            ask={t('withdraw')}
            sure={t('withdrawHelp')}
          />
        )}
        <LinkButton look="outline" href={PATH}>
          {t('back')}
        </LinkButton>
      </div>
    </>,
  );
});

closurePages.post(`${ONE}/ritira`, async (c) => {
  const { id } = await withdrawClosure(callOf(c), c.req.param('id'));
  return c.redirect(`${PATH}/${id}`, 303);
});
