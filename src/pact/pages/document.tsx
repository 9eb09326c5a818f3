import { dayOf } from '../../platform/clock.ts';
import { findModel } from '../../profiling/models.ts';
import { ModelNotice, PercorsoName, RiskClassTag } from '../../profiling/pages/parts.tsx';
import type { PersonSummary, Profile } from '../../profiling/store.ts';
import { DefinitionList } from '../../web/components/content.tsx';
import { useLocale } from '../../web/components/locale-context.tsx';
import { Table } from '../../web/components/table.tsx';
import { formatDateTime, formatDay } from '../../web/format.ts';
import type { LegalLetter } from '../rules/content.ts';
import { consequencesOf, LADDER, type Loss } from '../rules/ladder.ts';
import type { Did, Pact } from '../store.ts';
import { pactStrings } from '../strings.ts';

interface DocumentProps {
  readonly pact: Pact;
  readonly person: PersonSummary;
  readonly profile: Profile | undefined;
  readonly did: Did | undefined;
}

/** The patto as both parties read it, on the screen and on paper. */
export function PactDocument({ pact, person, profile, did }: DocumentProps) {
  const locale = useLocale();
  const t = pactStrings(locale);
  const { content } = pact;
  const model = profile && findModel(profile.modelId, profile.modelVersion);
  const dayWords = (date: string) => formatDay(date, locale);
  return (
    <article>
      {model && <ModelNotice model={model} />}
      <h2>{t('parties')}</h2>
      <DefinitionList
        items={[
          [t('person'), `${person.givenName} ${person.familyName}`],
          [t('office'), [pact.officeName, pact.officeAddress].filter(Boolean).join(', ')],
          [t('did'), did ? dayWords(did.declaredOn) : undefined],
          [t('percorso'), <PercorsoName percorso={pact.percorso} />],
          [t('startsOn'), dayWords(pact.startsOn)],
          [t('endsOn'), dayWords(pact.endsOn)],
          [t('targetJob'), content.targetJob],
        ]}
      />
      <h2>{t('content')}</h2>
      <DefinitionList
        items={[
          [t('responsabile'), pact.responsabileName],
          [
            t('profileIs'),
            profile && model ? (
              <>
                <RiskClassTag model={model} probability={profile.score} />{' '}
                {dayWords(dayOf(profile.computedAt))}
              </>
            ) : undefined,
          ],
          [t('searchActsC'), content.searchActs],
          [t('contactsD'), t('contactEveryIs', { days: content.contactEveryDays })],
          [t('proofE'), content.searchProof],
        ]}
      />
      <h2>{t('availabilityTitle')}</h2>
      <ul>
        {content.availability.searchSkills && <li>{t('availSkills')}</li>}
        {content.availability.training && <li>{t('availTraining')}</li>}
        {content.availability.suitableOffers && <li>{t('availOffers')}</li>}
      </ul>
      <Actions pact={pact} />
      <Consequences pact={pact} did={did} />
      <Signatures pact={pact} person={person} />
    </article>
  );
}

function Actions({ pact }: { pact: Pact }) {
  const locale = useLocale();
  const t = pactStrings(locale);
  return (
    <>
      <h2>{t('actions')}</h2>
      <Table caption={t('actions')} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('due')}</th>
            <th scope="col">{t('proof')}</th>
            <th scope="col">{t('letter')}</th>
          </tr>
        </thead>
        <tbody>
          {pact.actions.map((action) => (
            <tr>
              <th scope="row">{action.what}</th>
              <td>{t(`who_${action.who}`)}</td>
              <td>{formatDay(action.dueOn, locale)}</td>
              <td>{action.proof}</td>
              <td>
                {action.legalLetter && letterWords(action.legalLetter)}
                {action.lep && ` ${t('lep')} ${action.lep}`}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

/** `20.2.d` → "art. 20 c. 2 d". */
export function letterWords(letter: LegalLetter): string {
  const [article, paragraph, point] = letter.split('.');
  return `art. ${article} c. ${paragraph} ${point}`;
}

function Consequences({ pact, did }: { pact: Pact; did: Did | undefined }) {
  const locale = useLocale();
  const t = pactStrings(locale);
  const letters = pact.actions.flatMap((action) => action.legalLetter ?? []);
  const rows = consequencesOf(letters, pact.startsOn);
  const words = (loss: Loss | undefined) => {
    if (!loss) return '–';
    return loss.kind === 'benefit_and_status'
      ? t('loss_benefit_and_status')
      : t(`loss_${loss.kind}`, { days: loss.days });
  };
  const benefit = did?.benefit ?? 'none';
  return (
    <>
      <h2>{t('consequences')}</h2>
      <p>{t('consequencesLead')}</p>
      {benefit === 'none' && <p>{t('consequencesNone')}</p>}
      {(benefit === 'adi' || benefit === 'sfl') && <p>{t('consequencesOther')}</p>}
      {(benefit === 'naspi' || benefit === 'dis_coll') && rows.length > 0 && (
        <>
          <p>{t('consequencesBenefits')}</p>
          <Table caption={t('consequences')} hideCaption>
            <thead>
              <tr>
                <th scope="col">{t('breach')}</th>
                <th scope="col">{t('first')}</th>
                <th scope="col">{t('second')}</th>
                <th scope="col">{t('third')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  <th scope="row">{row.breach[locale]}</th>
                  <td>{words(row.steps[0])}</td>
                  <td>{words(row.steps[1])}</td>
                  <td>{words(row.steps[2])}</td>
                </tr>
              ))}
            </tbody>
          </Table>
          <p>
            {t('source')}: {LADDER[0]!.source} ({t('toVerify')}).
          </p>
        </>
      )}
    </>
  );
}

function Signatures({ pact, person }: { pact: Pact; person: PersonSummary }) {
  const locale = useLocale();
  const t = pactStrings(locale);
  const at = (instant: number | null) =>
    instant === null ? t('notSigned') : formatDateTime(instant, locale);
  return (
    <>
      <h2>{t('signatures')}</h2>
      <DefinitionList
        items={[
          [`${t('signOperator')} (${pact.responsabileName})`, at(pact.operatorSignedAt)],
          [
            `${t('signPerson')} (${person.givenName} ${person.familyName})`,
            <>
              {at(pact.personSignedAt)}
              {pact.personSignedHow && `, ${t(`signedHow_${pact.personSignedHow}`)}`}
            </>,
          ],
        ]}
      />
      <div class="print-only">
        <p>{t('signOperator')}: ______________________________</p>
        <p>{t('signPerson')}: ______________________________</p>
      </div>
    </>
  );
}
