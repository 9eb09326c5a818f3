import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { newWebhookSecret } from '../../platform/signature.ts';
import { destinationPolicy } from '../destination-policy.ts';
import { destinationRefused } from '../problems.ts';
import { judgeDestination } from '../rules/destination.ts';
import type { EventKind } from '../rules/events.ts';
import { insertEndpoint, type WebhookEndpoint } from '../store/webhooks.ts';

export interface EndpointDetails {
  readonly url: string;
  readonly contactEmail: string;
  readonly kinds: readonly EventKind[];
}

/**
 * Registers where another system wants to be told of events, from now on.
 * @returns it, with the secret that signs what is sent: it is shown this once
 * @throws {Problem} 401, 403; 422 the address is not allowed
 */
export async function registerEndpoint(
  call: Call,
  details: EndpointDetails,
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  authorise(call.actor, 'administrator');
  if (judgeDestination(details.url, destinationPolicy(call.config))) throw destinationRefused();
  const secret = newWebhookSecret();
  const secretCipher = await call.secrets.seal(secret);
  const made = { ...details, id: call.ids(), createdAt: call.clock.now() };
  await call.database.transaction(async (tx) => {
    const transaction = tx as Database;
    await insertEndpoint(transaction, { ...made, secretCipher });
    await audit(transaction, call, {
      action: 'register-webhook-endpoint',
      subjectKind: 'webhook-endpoint',
      subjectId: made.id,
      detail: { kinds: details.kinds },
    });
  });
  return { endpoint: { ...made, active: true, failingSince: null, givenUpAt: null }, secret };
}
