import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { newWebhookSecret } from '../../platform/signature.ts';
import { replaceSecret } from '../store/webhooks.ts';

/** Days that the old secret signs beside the new one. Ours: time to change it on the other side. */
const BOTH_DAYS = 2;

/**
 * Gives an endpoint a new secret. Until `oldUntil` each request is signed with both.
 * @returns the secret, shown this once @throws {Problem} 401, 403, 404
 */
export async function rotateSecret(
  call: Call,
  id: string,
): Promise<{ secret: string; oldUntil: Instant }> {
  authorise(call.actor, 'administrator');
  const secret = newWebhookSecret();
  const cipher = await call.secrets.seal(secret);
  const oldUntil = call.clock.now() + BOTH_DAYS * DAY;
  await call.database.transaction(async (tx) => {
    const transaction = tx as Database;
    if (!(await replaceSecret(transaction, id, cipher, oldUntil))) throw notFound();
    await audit(transaction, call, {
      action: 'rotate-webhook-secret',
      subjectKind: 'webhook-endpoint',
      subjectId: id,
    });
  });
  return { secret, oldUntil };
}
