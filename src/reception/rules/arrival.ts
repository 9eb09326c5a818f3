import { dayOf, type Instant, MINUTE } from '../../platform/clock.ts';

/** Minutes after the hour booked within which somebody counts as on time. Ours. */
export const GRACE_MINUTES = 10;

export type Arrival = 'on-time' | 'early' | 'late';

/** How an arrival stands to the hour booked: early until it comes, late once the grace is over. */
export function judgeArrival(dueAt: Instant, arrivedAt: Instant): Arrival {
  if (arrivedAt > dueAt + GRACE_MINUTES * MINUTE) return 'late';
  return arrivedAt < dueAt - GRACE_MINUTES * MINUTE ? 'early' : 'on-time';
}

export type CheckIn = 'allowed' | 'another-office' | 'another-day' | 'closed';

/** Whether somebody with this appointment can announce themselves: at its office, on its day. */
export function judgeCheckIn(
  booked: { readonly officeId: string; readonly startsAt: Instant; readonly state: string },
  officeId: string,
  now: Instant,
): CheckIn {
  if (booked.officeId !== officeId) return 'another-office';
  if (dayOf(booked.startsAt) !== dayOf(now)) return 'another-day';
  // Marked absent a moment before they came in: whoever is here is here.
  return booked.state === 'confirmed' || booked.state === 'absent' ? 'allowed' : 'closed';
}
