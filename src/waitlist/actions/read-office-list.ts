import { authoriseOffice } from '../../identity/authorise.ts';
import { type OfficeSummary, officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import type { Offer, WaitingEntry } from '../entry.ts';
import { inOrder, isUrgent } from '../rules/order.ts';
import { waitingAt } from '../store/entries.ts';
import { type OfferCounts, offerCounts, openOffersAt } from '../store/offers.ts';

export interface OfficeList {
  readonly office: OfficeSummary;
  /** In the order in which they are asked. */
  readonly waiting: readonly {
    readonly entry: WaitingEntry;
    readonly urgent: boolean;
    /** What they are considering, of this office. */
    readonly offer: Offer | undefined;
  }[];
  /** How offers of this office ended in the last {@link STATISTICS_DAYS} days. */
  readonly counts: OfferCounts;
}

/** Days that the figures on offers reach back. */
const STATISTICS_DAYS = 30;

/** Who waits at an office, in order, for its staff. @throws {Problem} 401, 403, 404 */
export async function readOfficeList(call: Call, officeId: string): Promise<OfficeList> {
  authoriseOffice(call.actor, officeId);
  const office = await officeById(call.database, officeId);
  if (!office) throw notFound();
  const now = call.clock.now();
  const [entries, offers, counts] = await Promise.all([
    waitingAt(call.database, officeId),
    openOffersAt(call.database, officeId),
    offerCounts(call.database, officeId, now - STATISTICS_DAYS * DAY),
  ]);
  const considering = new Map(offers.map((offer) => [offer.entryId, offer]));
  return {
    office,
    waiting: inOrder(entries, now).map((entry) => ({
      entry,
      urgent: isUrgent(entry, now),
      offer: considering.get(entry.id),
    })),
    counts,
  };
}
