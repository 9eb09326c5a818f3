import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { deleteEndpoint } from '../store/webhooks.ts';

/** Removes an endpoint with its log; nothing more is sent there. @throws {Problem} 401, 403, 404 */
export async function removeEndpoint(call: Call, id: string): Promise<void> {
  authorise(call.actor, 'administrator');
  await call.database.transaction(async (tx) => {
    const transaction = tx as Database;
    if (!(await deleteEndpoint(transaction, id))) throw notFound();
    await audit(transaction, call, {
      action: 'remove-webhook-endpoint',
      subjectKind: 'webhook-endpoint',
      subjectId: id,
    });
  });
}
