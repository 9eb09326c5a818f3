import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { type FeedPassword, passwordsOf } from '../store/passwords.ts';

/** The application passwords of the operator who asks. @throws {Problem} 401, 403 */
export async function listFeedPasswords(call: Call): Promise<FeedPassword[]> {
  const { actor } = call;
  authorise(actor, 'operator');
  return passwordsOf(call.database, actor.operatorId);
}
