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
  const profiled = assessment.profiles.map((profile) => dayOf(profile.computedAt));
  const signed = pacts.flatMap(({ personSignedAt }) => personSignedAt ?? []).map(dayOf);
  const deadlines = deadlinesOf(
    {
      declaredOn: did?.declaredOn,
      benefit: did?.benefit ?? 'none',
      benefitClaimedOn: did?.benefitClaimedOn ?? undefined,
      metOn: [...(did?.contactedOn ? [did.contactedOn] : []), ...profiled, ...signed],
      lastProfiledOn: profiled[0],
    },
    today,
  );
  return { ...assessment, today, did, pacts, deadlines };
}
