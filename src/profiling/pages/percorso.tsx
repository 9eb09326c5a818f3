import { callOf } from '../../platform/call.ts';
import { type AppContext, createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { LinkButton, SubmitButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { EmptyState } from '../../web/components/feedback.tsx';
import { ErrorSummary, RadioGroup, TextArea } from '../../web/components/fields.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { errorsByField, type FormState, formValues } from '../../web/form.ts';
import { formatDateTime } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { decidePercorso } from '../actions/decide-percorso.ts';
import { type Explanation, explainProfile } from '../actions/explain-profile.ts';
import { type AssessmentFile, readAssessment } from '../actions/read-assessment.ts';
import { type Proposal, readProposal } from '../actions/read-proposal.ts';
import { COMPLEX_NEEDS_THRESHOLD } from '../rules/interview.ts';
import { PERCORSI, type PercorsoGol } from '../rules/percorso.ts';
import type { PercorsoDecision } from '../store.ts';
import { profilingStrings } from '../strings.ts';
import { ModelNotice, RiskClassTag } from './parts.tsx';
import { filePath, personIdOf } from './path.ts';

export const percorsoPages = createApi();

percorsoPages.get('/operatore/persone/:person/percorso', async (c) => show(c));

percorsoPages.post('/operatore/persone/:person/percorso', async (c) => {
  const call = callOf(c);
  const personId = personIdOf(c);
  const values = await formValues(c);
  const decided = PERCORSI.find((one) => one === values.decided);
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const t = profilingStrings(call.locale);
  if (!decided) return show(c, { values, errors: { decided: t('chooseOne') } }, 422);
  try {
    await decidePercorso(call, {
      personId,
      profileId: text('profile_id'),
      interviewId: text('interview_id'),
      decided,
      reason: text('reason').slice(0, 2000),
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return show(c, { values, errors: errorsByField(error.extra.errors ?? []) }, 422);
  }
  return c.redirect(filePath(personId), 303);
});

async function show(c: AppContext, form?: FormState, status?: 422) {
  const call = callOf(c);
  const t = profilingStrings(call.locale);
  const file = await readAssessment(call, personIdOf(c));
  const proposal = await readProposal(call, file.person.id);
  const explanation = proposal && (await explainProfile(call, proposal.profile.id));
  const name = `${file.person.givenName} ${file.person.familyName}`;
  return page(
    c,
    {
      title: t('percorso'),
      lead: `${name}. ${t('percorsoLead')}`,
      active: 'persons',
      status,
      breadcrumbs: [
        { label: t('persons'), href: '/operatore/persone' },
        { label: name, href: filePath(file.person.id) },
        { label: t('percorso') },
      ],
    },
    proposal && explanation ? (
      <Ready proposal={proposal} explanation={explanation} file={file} form={form} />
    ) : (
      <EmptyState title={t('notReady')} icon="it-flag">
        <p>{t('notReadyHelp')}</p>
        <LinkButton href={filePath(file.person.id, file.profiles[0] ? '/colloquio' : '/dati')}>
          {file.profiles[0] ? t('goInterview') : t('dataForm')}
        </LinkButton>
      </EmptyState>
    ),
  );
}

function Ready(props: {
  proposal: Proposal;
  explanation: Explanation;
  file: AssessmentFile;
  form?: FormState;
}) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const { rule, assessment, complexNeeds, profile, interview } = props.proposal;
  const { explanation, file } = props;
  const form = props.form ?? { values: {}, errors: {} };
  return (
    <>
      <ModelNotice model={explanation.model} />
      <Card title={`${t('proposed')}: ${t(rule.percorso)}`}>
        <p class="lead">{rule.because[locale]}</p>
        <DefinitionList
          items={[
            [
              t('assessClass'),
              <RiskClassTag model={explanation.model} probability={profile.score} />,
            ],
            [t('assessSkills'), t(`skills_${assessment.skills}`)],
            [
              t('assessNeeds'),
              t('needsCount', { count: complexNeeds, threshold: COMPLEX_NEEDS_THRESHOLD }),
            ],
            [t('assessCrisis'), t(assessment.collectiveCrisis ? 'yes' : 'no')],
            [
              t('rule'),
              <>
                <code>{rule.code}</code>{' '}
                <Tag>{rule.origin === 'ours' ? t('ruleOurs') : t('ruleText')}</Tag>{' '}
                {!rule.verified && <Tag tone="warning">{t('ruleUnverified')}</Tag>}
              </>,
            ],
            [t('ruleSource'), rule.source],
          ]}
        />
      </Card>
      <h2>{t('decideTitle')}</h2>
      {explanation.readAt === undefined ? (
        <EmptyState title={t('readNeeded')} icon="it-locked">
          <LinkButton href={filePath(file.person.id, '/profilo')}>{t('profile')}</LinkButton>
        </EmptyState>
      ) : (
        <form method="post" class="form-block">
          <ErrorSummary form={form} />
          <input type="hidden" name="profile_id" value={profile.id} />
          <input type="hidden" name="interview_id" value={interview.id} />
          <RadioGroup
            name="decided"
            label={t('decided')}
            form={form}
            required
            options={PERCORSI.map((percorso) => ({
              value: percorso,
              label: t(percorso),
              hint:
                percorso === rule.percorso
                  ? `${t(`${percorso}hint`)} (${t('proposed').toLowerCase()})`
                  : t(`${percorso}hint`),
            }))}
          />
          <TextArea
            name="reason"
            label={t('reason')}
            hint={t('reasonHint')}
            form={form}
            maxlength={2000}
          />
          <div class="actions">
            <SubmitButton icon="it-check">{t('decide')}</SubmitButton>
          </div>
        </form>
      )}
    </>
  );
}

/** A decision as it is told to operator and person alike. */
export function DecisionView({ decision }: { decision: PercorsoDecision }) {
  const locale = useLocale();
  const t = profilingStrings(locale);
  const asProposed = decision.proposed === decision.decided;
  return (
    <DefinitionList
      items={[
        [t('decided'), t(decision.decided as PercorsoGol)],
        [
          t('whoDecides'),
          t('decidedBy', {
            who: decision.operatorName ?? '',
            when: formatDateTime(decision.decidedAt, locale),
          }),
        ],
        [
          t('proposed'),
          asProposed ? t('asProposed') : t('departed', { proposed: t(decision.proposed) }),
        ],
        [t('reason'), decision.reason ?? undefined],
      ]}
    />
  );
}
