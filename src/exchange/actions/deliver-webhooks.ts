import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { webhookSignature } from '../../platform/signature.ts';
import { destinationPolicy } from '../destination-policy.ts';
import { webhookGivenUp } from '../notices.ts';
import type { Post } from '../post.ts';
import { judgeDestination } from '../rules/destination.ts';
import { nextAttempt } from '../rules/retry.ts';
import { type ClaimedDelivery, claimDeliveries, settleDelivery } from '../store/deliveries.ts';
import { giveUp, recordArrival, recordFailure } from '../store/webhooks.ts';

/** Sent side by side. */
const BATCH = 20;
/** Standard Webhooks 1.0.0, "Request timeouts": 15 to 30 seconds. */
const TIMEOUT_MS = 15_000;
/** Longer than any attempt can last: nobody else takes over what is still under way. */
const LEASE_MS = 60_000;
/** Days without any success after which an endpoint is switched off. Ours. */
const GIVE_UP_DAYS = 5;
const GONE = 410;

/**
 * Sends what is owed to other systems, until nothing is due or `until` has come. Any number of
 * processes may do so: each delivery is leased to one of them. A process that dies after sending and
 * before recording sends again later, with the same `webhook-id`. @returns how many attempts
 */
export async function deliverWebhooks(call: Call, post: Post, until?: Instant): Promise<number> {
  authorise(call.actor, 'system');
  let attempts = 0;
  for (;;) {
    const now = call.clock.now();
    if (until !== undefined && now >= until) return attempts;
    const claimed = await claimDeliveries(call.database, {
      now,
      lockedUntil: now + LEASE_MS,
      limit: BATCH,
    });
    await Promise.all(claimed.map((delivery) => deliver(call, post, delivery)));
    attempts += claimed.length;
    if (claimed.length < BATCH) return attempts;
  }
}

async function deliver(call: Call, post: Post, delivery: ClaimedDelivery): Promise<void> {
  const answer = await attempt(call, post, delivery);
  const now = call.clock.now();
  const { status, error } = answer;
  const arrived = status !== null && status >= 200 && status < 300;
  const dueAt = arrived ? undefined : nextAttempt(delivery.attempts, now, chance(delivery));
  await call.database.transaction(async (tx) => {
    const transaction = tx as Database;
    await settleDelivery(transaction, delivery, {
      state: arrived ? 'delivered' : dueAt === undefined ? 'dead' : 'waiting',
      responseStatus: status,
      lastError: arrived ? null : error,
      dueAt,
      settledAt: arrived || dueAt === undefined ? now : null,
    });
    if (arrived) return recordArrival(transaction, delivery.endpointId);
    const since = await recordFailure(transaction, delivery.endpointId, now);
    if (status === GONE || now - since >= GIVE_UP_DAYS * DAY)
      await switchOff(call, transaction, delivery.endpointId, now);
  });
}

async function attempt(
  call: Call,
  post: Post,
  delivery: ClaimedDelivery,
): Promise<{ status: number | null; error: string }> {
  const { url, body, eventId, previousCipher, previousUntil } = delivery;
  const now = call.clock.now();
  const fault = judgeDestination(url, destinationPolicy(call.config));
  if (fault) return { status: null, error: fault };
  const ciphers = [delivery.secretCipher];
  if (previousCipher !== null && previousUntil !== null && now < previousUntil)
    ciphers.push(previousCipher);
  const timestamp = Math.floor(now / 1000);
  // One for each secret: after a rotation a receiver may know only the one before.
  const signatures = await Promise.all(
    ciphers.map(async (cipher) =>
      webhookSignature(await call.secrets.open(cipher), { id: eventId, timestamp, body }),
    ),
  );
  try {
    const status = await post({
      url,
      body,
      timeoutMs: TIMEOUT_MS,
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'Sportello-Webhooks/1',
        'webhook-id': eventId,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatures.join(' '),
      },
    });
    return { status, error: `status ${status}` };
  } catch (error) {
    return { status: null, error: reasonOf(error) };
  }
}

/** A word on why no answer came; what the other side wrote is not repeated. */
function reasonOf(error: unknown): string {
  const { name, code, message } = error as Error & { code?: string };
  const cause = name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : (code ?? message);
  return String(cause).slice(0, 100);
}

async function switchOff(call: Call, transaction: Database, endpointId: string, now: Instant) {
  const off = await giveUp(transaction, endpointId, now);
  if (!off) return;
  await audit(transaction, call, {
    action: 'give-up-webhook-endpoint',
    subjectKind: 'webhook-endpoint',
    subjectId: endpointId,
  });
  const told = webhookGivenUp.to({
    facts: { url: off.url, days: GIVE_UP_DAYS },
    recipient: off.contactEmail,
    locale: 'it',
    subjectId: endpointId,
  });
  await enqueue(transaction, call, told);
}

/** Between 0 and 1, and the same for each attempt of a delivery: from the random end of its id. */
function chance({ eventId }: ClaimedDelivery): number {
  return Number.parseInt(eventId.slice(-6), 16) / 0xffffff;
}
