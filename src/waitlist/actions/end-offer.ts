import { audit } from '../../identity/audit.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import type { Offer } from '../entry.ts';
import { endedNotices, lapsedNotices, withdrawnNotices } from '../notices.ts';
import { MAX_LET_PASS } from '../rules/fit.ts';
import { changeEntry, entryById, lockWaiting } from '../store/entries.ts';
import {
  lockFreed,
  lockOffer,
  offerById,
  openOfferHeldBy,
  settleFreed,
  settleOffer,
} from '../store/offers.ts';
import { letGo, offerFreedTime } from './offer-time.ts';

/** `withdrawn`: the person left the list. */
type LetPass = 'declined' | 'lapsed' | 'withdrawn';
type Ending = Pick<Offer, 'id' | 'entryId' | 'heldBy' | 'freedTimeId'>;

/**
 * Ends an open offer and passes its time on to the next in the same transaction. Who has let pass
 * too many leaves the list. @returns false when the offer was settled already
 */
export function letPass(call: Call, offer: Ending, how: LetPass): Promise<boolean> {
  return transactionWithRetry(call.database, (transaction) =>
    endOffer(transaction, call, offer, how),
  );
}

/** The same inside the caller's transaction. */
export async function endOffer(
  transaction: Database,
  call: Call,
  offer: Ending,
  how: LetPass,
): Promise<boolean> {
  const now = call.clock.now();
  const waits = await lockWaiting(transaction, offer.entryId);
  const locked = await lockOffer(transaction, offer.id);
  if (locked?.state !== 'open') return false;
  if (how === 'lapsed' && locked.expiresAt > now) return false;
  await end(transaction, call, offer, how);
  if (waits && how !== 'withdrawn') await tellWhoLetPass(transaction, call, offer, how);
  const freed =
    offer.freedTimeId === undefined
      ? undefined
      : await lockFreed(transaction, offer.freedTimeId, false);
  if (freed) await offerFreedTime(transaction, call, freed.id, false);
  else await letGo(transaction, offer.heldBy, now);
  return true;
}

/**
 * Ends the offer whose time the office takes away, lets the time go for good and says so to who was
 * considering it; they wait on. @returns whether there was one
 */
export async function takeOfferBack(
  transaction: Database,
  call: Call,
  heldBy: string,
): Promise<boolean> {
  const found = await openOfferHeldBy(transaction, heldBy);
  if (!found) return false;
  const now = call.clock.now();
  const waits = await lockWaiting(transaction, found.entryId);
  const locked = await lockOffer(transaction, found.id);
  if (locked?.state !== 'open') return false;
  await end(transaction, call, found, 'withdrawn');
  if (found.freedTimeId !== undefined) await settleFreed(transaction, found.freedTimeId, now);
  await letGo(transaction, heldBy, now);
  const entry = waits && (await entryById(transaction, found.entryId));
  if (entry) await enqueue(transaction, call, ...withdrawnNotices(entry, found));
  return true;
}

async function end(transaction: Database, call: Call, offer: Ending, how: LetPass): Promise<void> {
  await settleOffer(transaction, offer.id, how, call.clock.now());
  await withdraw(transaction, offer.entryId);
  await audit(transaction, call, {
    action: 'end-offer',
    subjectKind: 'waiting-entry',
    subjectId: offer.entryId,
    detail: { offer: offer.id, how },
  });
}

async function tellWhoLetPass(
  transaction: Database,
  call: Call,
  { id, entryId }: Ending,
  how: 'declined' | 'lapsed',
): Promise<void> {
  const entry = (await entryById(transaction, entryId))!;
  if (entry.letPass >= MAX_LET_PASS) {
    await changeEntry(transaction, entryId, { state: 'ended', updatedAt: call.clock.now() });
    await enqueue(transaction, call, ...endedNotices(entry));
    return;
  }
  const offer = (await offerById(transaction, id))!;
  if (how === 'lapsed') await enqueue(transaction, call, ...lapsedNotices(entry, offer));
}
