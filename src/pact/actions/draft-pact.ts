import { DateTime } from 'luxon';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type IsoDate } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { readPerson } from '../../profiling/actions/person.ts';
import { numbered } from '../../profiling/numbered.ts';
import { decisionsOf, interviewById, latestProfile } from '../../profiling/store.ts';
import { decisionMissing, didMissing, pactOpen } from '../problems.ts';
import type { PactContent } from '../rules/content.ts';
import { measuresFor, usualDays } from '../rules/measures.ts';
import { insertPact, openDid, type Pact, pactById, pactsOf, replaceActions } from '../store.ts';

/**
 * Prepares the next version of a person's patto: from the one signed last where the percorso is the
 * same, else from the measures of the percorso that was decided. @throws {Problem} 404; 409 no Did,
 * no decision, or a version still open
 */
export async function draftPact(call: Call, personId: string): Promise<Pact> {
  authorise(call.actor, 'operator');
  const { operatorId } = call.actor;
  const person = await readPerson(call, personId);
  const now = call.clock.now();
  const startsOn = dayOf(now);
  const later = (days: number) =>
    DateTime.fromISO(startsOn, { zone: 'utc' }).plus({ days }).toISODate() as IsoDate;

  const id = call.ids();
  await numbered(() =>
    transactionWithRetry(call.database, async (transaction) => {
      const did = await openDid(transaction, person.id);
      if (!did) throw didMissing();
      const [decision] = await decisionsOf(transaction, person.id, 1);
      const profile = await latestProfile(transaction, person.id);
      if (!decision || !profile) throw decisionMissing();
      const [before] = await pactsOf(transaction, person.id);
      if (before && before.state !== 'signed') throw pactOpen();

      const carriedOn = before?.percorso === decision.decided ? before : undefined;
      const interview = await interviewById(transaction, decision.interviewId);
      const targetJob = interview?.answers.a_target_job;
      await insertPact(transaction, {
        id,
        personId: person.id,
        version: (before?.version ?? 0) + 1,
        state: 'draft',
        didId: did.id,
        profileId: profile.id,
        decisionId: decision.id,
        percorso: decision.decided,
        officeId: decision.officeId,
        responsabileId: carriedOn?.responsabileId ?? operatorId,
        startsOn,
        endsOn: later(usualDays(decision.decided)),
        content:
          carriedOn?.content ?? usualContent(call, typeof targetJob === 'string' ? targetJob : ''),
        draftedBy: operatorId,
        draftedAt: now,
      });
      const terms = carriedOn
        ? carriedOn.actions.map(({ measure, who, what, dueOn, proof, legalLetter, lep }) => ({
            measure,
            who,
            what,
            dueOn: [dueOn, startsOn].sort().at(-1)!,
            proof,
            legalLetter,
            lep,
          }))
        : measuresFor(decision.decided).map((measure) => ({
            measure: measure.code,
            who: measure.who,
            what: measure.what[call.locale],
            dueOn: later(measure.withinDays),
            proof: measure.proof[call.locale],
            legalLetter: measure.letter,
            lep: measure.lep,
          }));
      await replaceActions(
        transaction,
        id,
        terms.map((term, position) => ({ id: call.ids(), pactId: id, position, ...term })),
      );
      await audit(transaction, call, {
        action: 'draft-pact',
        subjectKind: 'pact',
        subjectId: id,
        detail: { percorso: decision.decided, version: (before?.version ?? 0) + 1 },
      });
    }),
  );
  return (await pactById(call.database, id))!;
}

/** A first wording, to be made the person's own before signing. */
function usualContent(call: Call, targetJob: string): PactContent {
  const italian = call.locale === 'it';
  return {
    targetJob,
    searchActs: italian
      ? 'Almeno due candidature a settimana, aggiornamento del curriculum entro 15 giorni, consultazione settimanale delle offerte sul portale nazionale.'
      : 'At least two applications a week, CV brought up to date within 15 days, offers on the national portal looked through every week.',
    contactEveryDays: 30,
    searchProof: italian
      ? 'Elenco delle candidature con data, azienda ed esito, mostrato al responsabile a ogni contatto.'
      : 'List of applications with date, company and outcome, shown to the responsible operator at each contact.',
    availability: { searchSkills: true, training: true, suitableOffers: true },
  };
}
