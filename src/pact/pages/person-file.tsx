import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { explainProfile } from '../../profiling/actions/explain-profile.ts';
import { findModel } from '../../profiling/models.ts';
import { ModelNotice, RiskClassTag } from '../../profiling/pages/parts.tsx';
import { filePath, personIdOf } from '../../profiling/pages/path.ts';
import { DecisionView } from '../../profiling/pages/percorso.tsx';
import { LinkButton } from '../../web/components/buttons.tsx';
import { Card, DefinitionList, Tag } from '../../web/components/content.tsx';
import { Alert } from '../../web/components/feedback.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatDateTime, formatDay, formatPercent } from '../../web/format.ts';
import { page } from '../../web/layout.tsx';
import { type PersonFile, readPersonFile } from '../actions/read-person-file.ts';
import type { Deadline } from '../rules/deadlines.ts';
import { pactStrings } from '../strings.ts';

export const personFilePages = createApi();

personFilePages.get('/operatore/persone/:person', async (c) => {
  const call = callOf(c);
  const t = pactStrings(call.locale);
  const file = await readPersonFile(call, personIdOf(c));
  const [newest] = file.profiles;
  const read = newest ? (await explainProfile(call, newest.id)).readAt !== undefined : false;
  const model = newest && findModel(newest.modelId, newest.modelVersion);
  const { person } = file;
  const name = `${person.givenName} ${person.familyName}`;
  return page(
    c,
    {
      title: name,
      active: 'persons',
      wide: true,
      breadcrumbs: [{ label: t('persons'), href: '/operatore/persone' }, { label: name }],
    },
    <>
      <DefinitionList
        items={[
          [t('comune'), person.comuneName ?? undefined],
          [t('contact'), [person.phone, person.email].filter(Boolean).join(', ') || undefined],
        ]}
      />
      {person.demo && (
        <p>
          <Tag>{t('demo')}</Tag>
        </p>
      )}
      <NextStep file={file} read={read} />
      <Deadlines deadlines={file.deadlines} />
      {model && <ModelNotice model={model} />}
      <div class="two-columns">
        <DidCard file={file} />
        <ProfileCard file={file} />
        <InterviewCard file={file} />
        <PercorsoCard file={file} />
        <PactCard file={file} />
      </div>
    </>,
  );
});

function NextStep({ file, read }: { file: PersonFile; read: boolean }) {
  const t = pactStrings(useLocale());
  const at = (part: string) => filePath(file.person.id, part);
  const [profile] = file.profiles;
  const [decision] = file.decisions;
  const [pact] = file.pacts;
  const step = !file.did
    ? { label: t('stepDid'), href: at('/did') }
    : !profile
      ? { label: t('stepData'), href: at('/dati') }
      : !decision && !read
        ? { label: t('stepExplain'), href: at('/profilo') }
        : !decision && file.interview?.state !== 'complete'
          ? { label: t('stepInterview'), href: at('/colloquio') }
          : !decision
            ? { label: t('stepPercorso'), href: at('/percorso') }
            : !pact
              ? { label: t('stepPact'), href: at('/patto') }
              : pact.state !== 'signed'
                ? { label: t('stepSign'), href: at('/patto') }
                : undefined;
  if (!step) return <Alert kind="success">{t('stepDone')}</Alert>;
  return (
    <Alert kind="info" title={t('nextStep')}>
      <LinkButton href={step.href} small>
        {step.label}
      </LinkButton>
    </Alert>
  );
}

const TONES = { overdue: 'danger', running: 'info', met_late: 'warning', met: 'success' } as const;

export function Deadlines({ deadlines }: { deadlines: readonly Deadline[] }) {
  const locale = useLocale();
  const t = pactStrings(locale);
  return (
    <section>
      <h2>{t('deadlines')}</h2>
      {deadlines.length === 0 ? (
        <p>{t('noDeadlines')}</p>
      ) : (
        <Table caption={t('deadlines')} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t('deadline')}</th>
              <th scope="col">{t('by')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('basis')}</th>
            </tr>
          </thead>
          <tbody>
            {deadlines.map((deadline) => (
              <tr>
                <th scope="row">{deadline.rule.name[locale]}</th>
                <td>{formatDay(deadline.dueOn, locale)}</td>
                <td>
                  <Tag tone={TONES[deadline.state]}>
                    <DeadlineState deadline={deadline} />
                  </Tag>
                </td>
                <td>
                  {deadline.rule.source}
                  {!deadline.rule.verified && <> ({t('toVerify')})</>}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function DeadlineState({ deadline }: { deadline: Deadline }) {
  const locale = useLocale();
  const t = pactStrings(locale);
  const { state, daysLeft, metOn, rule } = deadline;
  if (metOn) {
    const date = formatDay(metOn, locale);
    return <>{state === 'met' ? t('met', { date }) : t('metLate', { date })}</>;
  }
  if (daysLeft < 0) {
    return <>{t('overdue', { count: -daysLeft, otherwise: rule.otherwise[locale] })}</>;
  }
  return <>{daysLeft === 0 ? t('dueToday') : t('left', { count: daysLeft })}</>;
}

function DidCard({ file }: { file: PersonFile }) {
  const locale = useLocale();
  const t = pactStrings(locale);
  const { did } = file;
  return (
    <Card title={t('did')}>
      {did ? (
        <DefinitionList
          items={[
            [t('didDeclared'), formatDay(did.declaredOn, locale)],
            [t('didBenefit'), t(`benefit_${did.benefit}`)],
            [
              t('didClaimed'),
              did.benefitClaimedOn ? formatDay(did.benefitClaimedOn, locale) : undefined,
            ],
            [t('didContacted'), did.contactedOn ? formatDay(did.contactedOn, locale) : undefined],
          ]}
        />
      ) : (
        <>
          <p>{t('didNone')}</p>
          <LinkButton href={filePath(file.person.id, '/did')} look="outline" small>
            {t('didRegister')}
          </LinkButton>
        </>
      )}
    </Card>
  );
}

function ProfileCard({ file }: { file: PersonFile }) {
  const locale = useLocale();
  const t = pactStrings(locale);
  const [profile] = file.profiles;
  const model = profile && findModel(profile.modelId, profile.modelVersion);
  return (
    <Card
      title={t('profile')}
      footer={
        <LinkButton href={filePath(file.person.id, '/dati')} look="outline" small>
          {t('dataForm')}
        </LinkButton>
      }
    >
      {profile && model ? (
        <>
          <DefinitionList
            items={[
              [t('risk'), <RiskClassTag model={model} probability={profile.score} />],
              [t('riskShare'), formatPercent(profile.score, locale)],
              [t('nextUpdate'), formatDay(profile.nextUpdateDueOn, locale)],
            ]}
          />
          <LinkButton href={filePath(file.person.id, '/profilo')} small>
            {t('openProfile')}
          </LinkButton>
        </>
      ) : (
        <p>{t('profileNone')}</p>
      )}
      <p>
        {t('dataForm')}:{' '}
        {file.dataForm
          ? t('dataSaved', {
              when: formatDateTime(file.dataForm.savedAt, locale),
              version: String(file.dataForm.version),
            })
          : t('dataNone').toLowerCase()}
      </p>
    </Card>
  );
}

function InterviewCard({ file }: { file: PersonFile }) {
  const locale = useLocale();
  const t = pactStrings(locale);
  const { interview } = file;
  return (
    <Card title={t('interview')}>
      <p>
        {!interview
          ? t('interviewNone')
          : interview.state === 'draft'
            ? t('interviewDraft', { when: formatDateTime(interview.savedAt, locale) })
            : t('interviewComplete', { when: formatDateTime(interview.savedAt, locale) })}
      </p>
      <LinkButton href={filePath(file.person.id, '/colloquio')} look="outline" small>
        {t('openInterview')}
      </LinkButton>
    </Card>
  );
}

function PercorsoCard({ file }: { file: PersonFile }) {
  const t = pactStrings(useLocale());
  const [decision] = file.decisions;
  return (
    <Card title={t('percorso')}>
      {decision ? <DecisionView decision={decision} /> : <p>{t('percorsoNone')}</p>}
      <LinkButton href={filePath(file.person.id, '/percorso')} look="outline" small>
        {t('openPercorso')}
      </LinkButton>
    </Card>
  );
}

function PactCard({ file }: { file: PersonFile }) {
  const locale = useLocale();
  const t = pactStrings(locale);
  return (
    <Card title={t('pact')}>
      {file.pacts.length === 0 ? (
        <p>{t('pactNone')}</p>
      ) : (
        <ul>
          {file.pacts.map((pact) => (
            <li>
              {t('pactVersion', { version: String(pact.version) })}: {t(`state_${pact.state}`)}
            </li>
          ))}
        </ul>
      )}
      <LinkButton href={filePath(file.person.id, '/patto')} look="outline" small>
        {t('openPact')}
      </LinkButton>
    </Card>
  );
}
