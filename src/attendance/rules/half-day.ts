import { DateTime } from 'luxon';
import { type Interval, type IsoDate, midnight, ZONE } from '../../platform/clock.ts';

/** Parts of a day in which people who come find somebody free. */
export const HALVES = ['morning', 'afternoon'] as const;
export type Half = (typeof HALVES)[number];

/** Hour on the wall clock at which the afternoon begins. Ours. */
const NOON = 14;

/** A half of a day, on the wall clock. */
export function halfDay(day: IsoDate, half: Half): Interval {
  const noon = DateTime.fromISO(day, { zone: ZONE }).set({ hour: NOON }).toMillis();
  return half === 'morning'
    ? { start: midnight(day), end: noon }
    : { start: noon, end: midnight(day, 1) };
}

/** What two stretches have in common; starts after its end when they have nothing. */
export function within(a: Interval, b: Interval): Interval {
  return { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
}
