import { DateTime } from 'luxon';

/** An instant: milliseconds since 1970-01-01T00:00Z. The only time that is stored or compared. */
export type Instant = number;

/** A calendar day without a time, `YYYY-MM-DD`, always read on the wall calendar of {@link ZONE}. */
export type IsoDate = string;

/** Half-open: `start` belongs to the interval, `end` does not. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

export interface Clock {
  now(): Instant;
}

/** Every Cpi keeps the wall clock of Rome; instants are turned into it only at the edges. */
export const ZONE = 'Europe/Rome';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

export const systemClock: Clock = { now: () => Date.now() };

/** The wall-clock time of an instant. */
export function wall(instant: Instant): DateTime {
  return DateTime.fromMillis(instant, { zone: ZONE });
}

export function dayOf(instant: Instant): IsoDate {
  return wall(instant).toISODate() as IsoDate;
}

/** RFC 3339 in UTC with `Z`, the form of the wire. */
export function toRfc3339(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** Midnight on the wall at the start of a day, or of the day `later` days after it. */
export function midnight(day: IsoDate, later = 0): Instant {
  return DateTime.fromISO(day, { zone: ZONE }).plus({ days: later }).toMillis();
}

/**
 * The instants at which the clock on the wall shows a local time, given as if it were UTC: one; none
 * in the hour that spring skips; two, in order, in the hour that autumn lives twice.
 */
export function instantsOnWall(local: number): readonly Instant[] {
  const shown = (instant: Instant) => instant + wall(instant).offset * MINUTE;
  // The clocks change once in months: the offsets half a day away on both sides are all there are.
  const offsets = new Set([local - DAY / 2, local + DAY / 2].map((near) => wall(near).offset));
  return [...offsets]
    .map((offset) => local - offset * MINUTE)
    .filter((instant) => shown(instant) === local)
    .sort((a, b) => a - b);
}
