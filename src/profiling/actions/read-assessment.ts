import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import {
  type DataForm,
  decisionsOf,
  type Interview,
  latestDataForm,
  latestInterview,
  type PercorsoDecision,
  type PersonSummary,
  type Profile,
  profilesOf,
} from '../store.ts';
import { readPerson } from './person.ts';

/** Everything this room knows of a person, newest first. */
export interface AssessmentFile {
  readonly person: PersonSummary;
  readonly dataForm: DataForm | undefined;
  readonly profiles: readonly Profile[];
  /** Not for the person's own eyes here: it holds the operator's working notes. */
  readonly interview: Interview | undefined;
  readonly decisions: readonly PercorsoDecision[];
}

/** @throws {Problem} 401, 403, 404 */
export async function readAssessment(call: Call, personId: string): Promise<AssessmentFile> {
  authorise(call.actor, 'operator', 'jobseeker');
  const person = await readPerson(call, personId);
  const own = call.actor.kind === 'jobseeker';
  return {
    person,
    dataForm: await latestDataForm(call.database, person.id),
    profiles: await profilesOf(call.database, person.id),
    interview: own ? undefined : await latestInterview(call.database, person.id),
    decisions: await decisionsOf(call.database, person.id),
  };
}
