import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { destinationPolicy } from '../destination-policy.ts';
import { destinationRefused } from '../problems.ts';
import { judgeDestination } from '../rules/destination.ts';
import { endpointById, updateEndpoint, type WebhookEndpoint } from '../store/webhooks.ts';
import type { EndpointDetails } from './register-endpoint.ts';

/**
 * Changes an endpoint, or switches it off and on. What happens while it is off is not sent by
 * itself: it can be replayed. @throws {Problem} 401, 403, 404; 422 the address is not allowed
 */
export async function changeEndpoint(
  call: Call,
  id: string,
  change: Partial<EndpointDetails> & { readonly active?: boolean },
): Promise<WebhookEndpoint> {
  authorise(call.actor, 'administrator');
  const { url } = change;
  if (url !== undefined && judgeDestination(url, destinationPolicy(call.config)))
    throw destinationRefused();
  await call.database.transaction(async (tx) => {
    const transaction = tx as Database;
    if (!(await updateEndpoint(transaction, id, change))) throw notFound();
    await audit(transaction, call, {
      action: 'change-webhook-endpoint',
      subjectKind: 'webhook-endpoint',
      subjectId: id,
      detail: { changed: Object.keys(change), active: change.active },
    });
  });
  return (await endpointById(call.database, id))!;
}
