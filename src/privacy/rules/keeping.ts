/**
 * Why something about a person stays. `recent`: newer than the administration keeps; `open`: ahead of
 * them, or under a procedure that is not over; `final`: an act of law (what is signed, computed,
 * decided or declared), which other rules on archives govern and no task of ours touches.
 */
export const KEEPING_REASONS = ['recent', 'open', 'final'] as const;
export type KeepingReason = (typeof KEEPING_REASONS)[number];

/** What stands against erasing at a person's own request: that it is recent does not. */
export function standsAgainstErasure(reason: KeepingReason): boolean {
  return reason !== 'recent';
}
