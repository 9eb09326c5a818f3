import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { type ErasureRequest, latestRequestOf } from '../store/requests.ts';

/** The signed-in jobseeker’s latest request for erasure. @throws {Problem} 401, 403 */
export async function readOwnRequest(call: Call): Promise<ErasureRequest | undefined> {
  authorise(call.actor, 'jobseeker');
  return latestRequestOf(call.database, call.actor.personId);
}
