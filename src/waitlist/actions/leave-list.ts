import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Pass } from '../../identity/pass.ts';
import { withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { changeEntry, lockWaiting } from '../store/entries.ts';
import { openOfferTo } from '../store/offers.ts';
import { endOffer } from './end-offer.ts';
import { entryToChange, type OpenedEntry } from './look-up-entry.ts';

/**
 * Takes a person off the list; an open offer goes to the next. Repeating it changes nothing.
 * @throws {Problem} 404 unknown or not theirs
 */
export async function leaveList(
  call: Call,
  wanted: { readonly id: string; readonly pass?: Pass },
): Promise<OpenedEntry> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const { entry } = await entryToChange(call, wanted);
  await transactionWithRetry(call.database, async (transaction) => {
    if (!(await lockWaiting(transaction, entry.id))) return;
    await changeEntry(transaction, entry.id, { state: 'left', updatedAt: call.clock.now() });
    await withdraw(transaction, entry.id);
    await audit(transaction, call, {
      action: 'leave-waiting-list',
      subjectKind: 'waiting-entry',
      subjectId: entry.id,
    });
    // Looked for only now that nobody can make them another.
    const offer = await openOfferTo(transaction, entry.id);
    if (offer) await endOffer(transaction, call, offer, 'withdrawn');
  });
  return entryToChange(call, wanted);
}
