import { releaseLapsed } from '../../booking/actions/release-lapsed.ts';
import { noticeFor } from '../../booking/actions/who-comes.ts';
import { isOfferable } from '../../booking/rules/starts.ts';
import { serviceById } from '../../booking/store/services.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { notWaiting, offerNotPossible } from '../problems.ts';
import { entryById, lockWaiting } from '../store/entries.ts';
import { hasOpenOffer } from '../store/offers.ts';
import { entryToChange, type OpenedEntry } from './look-up-entry.ts';
import { makeOffer, standsUntil } from './offer-time.ts';

/**
 * Keeps free time of an office for one who waits, chosen by the staff: whatever the order, and
 * whatever suits the person, who may decline.
 * @throws {Problem} 401, 403; 404; 409 not free, too near, or something else is offered already
 */
export async function offerByHand(
  call: Call,
  wanted: { readonly entryId: string; readonly officeId: string; readonly startsAt: Instant },
): Promise<OpenedEntry> {
  authorise(call.actor, 'operator', 'administrator');
  authoriseOffice(call.actor, wanted.officeId);
  const entry = await entryById(call.database, wanted.entryId);
  if (!entry?.wish.officeIds.includes(wanted.officeId)) throw notFound();
  const service = await serviceById(call.database, entry.service.id);
  if (!service) throw notFound();
  const now = call.clock.now();
  const expiresAt = standsUntil(service, wanted.startsAt, now);
  if (expiresAt === undefined || !isOfferable(noticeFor(call, service), wanted.startsAt, now)) {
    throw offerNotPossible();
  }
  await releaseLapsed(call);
  try {
    await transactionWithRetry(call.database, async (transaction) => {
      if (!(await lockWaiting(transaction, entry.id))) throw notWaiting();
      if (await hasOpenOffer(transaction, entry.id)) throw offerNotPossible();
      const made = await makeOffer(transaction, call, {
        entry,
        service,
        officeId: wanted.officeId,
        startsAt: wanted.startsAt,
        now,
        expiresAt,
      });
      if (made === undefined) throw offerNotPossible();
    });
  } catch (error) {
    // Free time that a constraint refuses is not free.
    if (postgresFault(error)?.code === '22012') throw offerNotPossible();
    throw error;
  }
  return entryToChange(call, { id: entry.id });
}
