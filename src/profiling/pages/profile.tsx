import { callOf } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { createApi } from '../../platform/http.ts';
import { LinkButton, PostButton } from '../../web/components/buttons.tsx';
import { DefinitionList } from '../../web/components/content.tsx';
import { Alert, EmptyState } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { formatDateTime, formatDay, formatPercent } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { computeProfile } from '../actions/compute-profile.ts';
import { type Explanation, explainProfile } from '../actions/explain-profile.ts';
import { readAssessment } from '../actions/read-assessment.ts';
import { recordReading } from '../actions/record-reading.ts';
import type { Profile } from '../store.ts';
import { profilingStrings } from '../strings.ts';
import { ExplanationView } from './explanation.tsx';
import { filePath, personIdOf } from './path.ts';

export const profilePages = createApi();

profilePages.get('/operatore/persone/:person/profilo', async (c) => {
  const call = callOf(c);
  const t = profilingStrings(call.locale);
  const { person, profiles } = await readAssessment(call, personIdOf(c));
  const name = `${person.givenName} ${person.familyName}`;
  const [newest, ...earlier] = profiles;
  const explanation = newest && (await explainProfile(call, newest.id));
  return page(
    c,
    {
      title: t('profileOf', { name }),
      active: 'persons',
      breadcrumbs: [
        { label: t('persons'), href: '/operatore/persone' },
        { label: name, href: filePath(person.id) },
        { label: t('profile') },
      ],
    },
    explanation ? (
      <>
        <ExplanationView explanation={explanation} />
        <Procedure explanation={explanation} />
        <History profiles={earlier} />
        <Reading explanation={explanation} />
      </>
    ) : (
      <EmptyState title={t('noProfile')} icon="it-user">
        <p>{t('noProfileHelp')}</p>
        <LinkButton href={filePath(person.id, '/dati')}>{t('dataForm')}</LinkButton>
      </EmptyState>
    ),
  );
});

profilePages.post('/operatore/persone/:person/profilo', async (c) => {
  const personId = personIdOf(c);
  await computeProfile(callOf(c), { personId, trigger: 'MANUAL' });
  return c.redirect(filePath(personId, '/profilo'), 303);
});

profilePages.post('/operatore/persone/:person/profilo/letto', async (c) => {
  const call = callOf(c);
  const { person, profiles, interview } = await readAssessment(call, personIdOf(c));
  if (profiles[0]) await recordReading(call, profiles[0].id);
  const next = interview?.state === 'complete' ? '/percorso' : '/colloquio';
  return c.redirect(filePath(person.id, next), 303);
});

/** Who computed it, when, why, with what: the same for operator and person. */
export function Procedure({ explanation }: { explanation: Explanation }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const { profile, model } = explanation;
  const when = formatDateTime(profile.computedAt, locale);
  const national =
    profile.nationalClass && profile.nationalCode && profile.nationalComputedOn
      ? t('nationalIs', {
          class: String(profile.nationalClass),
          code: profile.nationalCode,
          date: formatDay(profile.nationalComputedOn, locale),
        })
      : t('nationalNone');
  return (
    <>
      <h2>{t('procedure')}</h2>
      <DefinitionList
        items={[
          [
            t('computedBy'),
            profile.operatorName
              ? t('computedAt', { when, who: profile.operatorName })
              : t('computedAuto', { when }),
          ],
          [t('trigger'), t(`trigger${profile.trigger}`)],
          [t('nextUpdate'), formatDay(profile.nextUpdateDueOn, locale)],
          [
            t('model'),
            <a href="/profilazione/modello">
              {t('modelIs', { title: model.title[locale], version: model.version })}
            </a>,
          ],
          [t('hash'), <code>{profile.modelHash.slice(0, 16)}</code>],
          [t('national'), national],
        ]}
      />
    </>
  );
}

function History({ profiles }: { profiles: readonly Profile[] }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  if (profiles.length === 0) return null;
  return (
    <>
      <h2>{t('history')}</h2>
      <ul>
        {profiles.map((profile) => (
          <li>
            {t('historyRow', {
              version: String(profile.version),
              when: formatDay(dayOf(profile.computedAt), locale),
              class: String(profile.riskClass),
              risk: formatPercent(profile.score, locale),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

function Reading({ explanation }: { explanation: Explanation }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const { profile, readAt } = explanation;
  return (
    <section class="no-print mt-5">
      {readAt === undefined ? (
        <p>{t('readNeeded')}</p>
      ) : (
        <Alert kind="success">
          <p>{t('readAt', { when: formatDateTime(readAt, locale) })}</p>
        </Alert>
      )}
      <div class="actions">
        {readAt === undefined ? (
          <PostButton action={filePath(profile.personId, '/profilo/letto')} icon="it-check">
            {t('readDone')}
          </PostButton>
        ) : (
          <LinkButton href={filePath(profile.personId, '/colloquio')}>
            {t('goInterview')}
          </LinkButton>
        )}
        <PostButton
          action={filePath(profile.personId, '/profilo')}
          look="outline"
          icon="it-refresh"
        >
          {t('recompute')}
        </PostButton>
      </div>
    </section>
  );
}
