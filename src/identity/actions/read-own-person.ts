import type { Call } from '../../platform/call.ts';
import { forbidden } from '../../platform/problem.ts';
import { authorise } from '../authorise.ts';
import { type KnownPerson, personById } from '../store.ts';

/** The signed-in jobseeker's own record. @throws {Problem} 401, 403 */
export async function readOwnPerson(call: Call): Promise<KnownPerson> {
  const { actor } = call;
  authorise(actor, 'jobseeker');
  const found = await personById(call.database, actor.personId);
  if (!found) throw forbidden();
  return found;
}
