import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { deletePassword } from '../store/passwords.ts';

/** Takes an own application password back: programs that use it are refused from now on. @throws {Problem} 401, 403, 404 */
export async function revokeFeedPassword(call: Call, id: string): Promise<void> {
  const { actor } = call;
  authorise(actor, 'operator');
  await call.database.transaction(async (tx) => {
    const transaction = tx as Database;
    if (!(await deletePassword(transaction, actor.operatorId, id))) throw notFound();
    await audit(transaction, call, {
      action: 'revoke-feed-password',
      subjectKind: 'operator',
      subjectId: actor.operatorId,
      detail: { feed_password: id },
    });
  });
}
