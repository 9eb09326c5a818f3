import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { endedNotices } from '../notices.ts';
import { endPastWishes, entryById } from '../store/entries.ts';
import { freedToOffer, lapsedOffers, offerById } from '../store/offers.ts';
import { letPass } from './end-offer.ts';
import { offerFreedTime } from './offer-time.ts';

/**
 * Lets unanswered offers lapse and passes their time on, offers time that came free, and ends wishes
 * whose last day has passed. For each half minute; any number of processes may do it at once.
 */
export async function settleWaiting(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  const now = call.clock.now();
  for (const id of await lapsedOffers(call.database, now)) {
    const offer = await offerById(call.database, id);
    if (offer) await letPass(call, offer, 'lapsed');
  }
  for (const id of await freedToOffer(call.database)) {
    await transactionWithRetry(call.database, (transaction) =>
      offerFreedTime(transaction, call, id, true),
    );
  }
  await transactionWithRetry(call.database, async (transaction) => {
    for (const { id } of await endPastWishes(transaction, dayOf(now), now)) {
      const entry = (await entryById(transaction, id))!;
      await enqueue(transaction, call, ...endedNotices(entry));
      await audit(transaction, call, {
        action: 'end-waiting',
        subjectKind: 'waiting-entry',
        subjectId: id,
      });
    }
  });
}
