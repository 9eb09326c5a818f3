import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type DeliveryState, deliveriesOf, type WebhookDelivery } from '../store/deliveries.ts';
import { endpointById, listEndpoints, type WebhookEndpoint } from '../store/webhooks.ts';

/** Every endpoint, the oldest first. @throws {Problem} 401, 403 */
export async function listWebhookEndpoints(call: Call): Promise<WebhookEndpoint[]> {
  authorise(call.actor, 'administrator');
  return listEndpoints(call.database);
}

/** One endpoint. @throws {Problem} 401, 403, 404 */
export async function readWebhookEndpoint(call: Call, id: string): Promise<WebhookEndpoint> {
  authorise(call.actor, 'administrator');
  const found = await endpointById(call.database, id);
  if (!found) throw notFound();
  return found;
}

/**
 * What an endpoint is owed and was sent, the newest first, a page at a time.
 * @throws {Problem} 401, 403, 404
 */
export async function listDeliveries(
  call: Call,
  endpointId: string,
  wanted: { readonly limit: number; readonly cursor?: number; readonly state?: DeliveryState },
): Promise<WebhookDelivery[]> {
  await readWebhookEndpoint(call, endpointId);
  return deliveriesOf(call.database, endpointId, wanted);
}
