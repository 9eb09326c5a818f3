import { dayOf, type Instant, type IsoDate, midnight, wall } from '../../platform/clock.ts';
import type { Wish } from '../entry.ts';

/** `morning`: begins before 13:00 on the wall; `afternoon`: from then on. */
export const DAY_PARTS = ['morning', 'afternoon'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

const NOON_HOUR = 13;

/** Offers that one may let pass before the place in the list ends. Ours. */
export const MAX_LET_PASS = 3;

/** Whether any day that is still to come is one of the weekdays wished for. */
export function hasSuchDay(
  { fromDay, toDay, weekdays }: Pick<Wish, 'fromDay' | 'toDay' | 'weekdays'>,
  today: IsoDate,
): boolean {
  const first = fromDay < today ? today : fromDay;
  return Array.from({ length: 7 }, (_, later) => midnight(first, later)).some(
    (day) => dayOf(day) <= toDay && weekdays.includes(wall(day).weekday),
  );
}

/**
 * Whether time at an office suits one who waits. Somebody who has an appointment waits for an
 * earlier one only, unless the office took its time away.
 */
export function suits(
  entry: {
    readonly wish: Wish;
    readonly current: { readonly startsAt: Instant | undefined } | undefined;
  },
  time: { readonly officeId: string; readonly startsAt: Instant },
): boolean {
  const { wish, current } = entry;
  const day = dayOf(time.startsAt);
  const { weekday, hour } = wall(time.startsAt);
  return (
    wish.officeIds.includes(time.officeId) &&
    wish.fromDay <= day &&
    day <= wish.toDay &&
    wish.weekdays.includes(weekday) &&
    wish.parts.includes(hour < NOON_HOUR ? 'morning' : 'afternoon') &&
    (current?.startsAt === undefined || time.startsAt < current.startsAt)
  );
}
