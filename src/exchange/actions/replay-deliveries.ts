import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Interval } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { fault } from '../../platform/faults.ts';
import { invalid, notFound } from '../../platform/problem.ts';
import { replayOne, replayPeriod } from '../store/deliveries.ts';
import { readWebhookEndpoint } from './list-endpoints.ts';

/** Days of events that may be repeated at once. Ours. */
const MOST_DAYS = 31;

/**
 * Owes one event again, or all of a period: with the ids they had, so that a receiver who has them
 * already can tell. @returns how many @throws {Problem} 401, 403, 404; 422 period empty or too long
 */
export async function replayDeliveries(
  call: Call,
  endpointId: string,
  wanted: { readonly eventId: string } | { readonly period: Interval },
): Promise<number> {
  authorise(call.actor, 'administrator');
  await readWebhookEndpoint(call, endpointId);
  if ('period' in wanted) {
    const { start, end } = wanted.period;
    const wrong =
      end <= start ? 'backwards' : end - start > MOST_DAYS * DAY ? 'tooLong' : undefined;
    if (wrong) throw invalid({ errors: [fault('/to', wrong, call.locale)] });
  }
  const now = call.clock.now();
  return call.database.transaction(async (tx) => {
    const transaction = tx as Database;
    const again =
      'period' in wanted
        ? await replayPeriod(transaction, endpointId, wanted.period, now)
        : Number(await replayOne(transaction, endpointId, wanted.eventId, now));
    if ('eventId' in wanted && again === 0) throw notFound();
    await audit(transaction, call, {
      action: 'replay-webhooks',
      subjectKind: 'webhook-endpoint',
      subjectId: endpointId,
      detail: { events: again },
    });
    return again;
  });
}
