import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type IsoDate } from '../../platform/clock.ts';
import { type AssessmentFile, readAssessment } from '../../profiling/actions/read-assessment.ts';
import { type Deadline, deadlinesOf } from '../rules/deadlines.ts';
import { type Did, openDid, type Pact } from '../store.ts';
import { listPacts } from './read-pact.ts';

export interface PersonFile extends AssessmentFile {
  readonly today: IsoDate;
  readonly did: Did | undefined;
  readonly pacts: readonly Pact[];
  readonly deadlines: readonly Deadline[];
}

/** All an office knows of a person: assessment, Did, patto, and the clocks of the law. */
export async function readPersonFile(call: Call, personId: string): Promise<PersonFile> {
  authorise(call.actor, 'operator', 'jobseeker');
  const assessment = await readAssessment(call, personId);
  const did = await openDid(call.database, assessment.person.id);
  const pacts = await listPacts(call, assessment.person.id);
  const today = dayOf(call.clock.now());
  const signed = pacts.find((version) => version.personSignedAt !== null);
  const first = assessment.profiles.at(-1);
  const deadlines = deadlinesOf(
    {
      declaredOn: did?.declaredOn,
      benefit: did?.benefit ?? 'none',
      benefitClaimedOn: did?.benefitClaimedOn ?? undefined,
      contactedOn: did?.contactedOn ?? (first ? dayOf(first.computedAt) : undefined),
      profiledOn: assessment.profiles[0] && dayOf(assessment.profiles[0].computedAt),
      pactSignedOn: signed?.personSignedAt ? dayOf(signed.personSignedAt) : undefined,
    },
    today,
  );
  return { ...assessment, today, did, pacts, deadlines };
}
