import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { readPerson } from '../../profiling/actions/person.ts';
import { type Pact, pactById, pactsOf } from '../store.ts';

/**
 * A version of a patto. Jobseekers see their own from the moment the operator signed it.
 * @throws {Problem} 401, 403, 404
 */
export async function readPact(call: Call, pactId: string): Promise<Pact> {
  authorise(call.actor, 'operator', 'jobseeker');
  const found = await pactById(call.database, pactId);
  if (!found) throw notFound();
  await readPerson(call, found.personId);
  if (call.actor.kind === 'jobseeker' && found.state === 'draft') throw notFound();
  return found;
}

/** Versions of a person's patto that the caller may see, newest first. @throws {Problem} 404 */
export async function listPacts(call: Call, personId: string): Promise<Pact[]> {
  authorise(call.actor, 'operator', 'jobseeker');
  await readPerson(call, personId);
  const found = await pactsOf(call.database, personId);
  return call.actor.kind === 'jobseeker' ? found.filter((p) => p.state !== 'draft') : found;
}
