/** The wait, read off the real calendar. */
import { DateTime } from 'luxon';
import { type Instant, type Interval, MINUTE, ZONE } from '../../platform/clock.ts';

export interface SlotShape {
  readonly durationMinutes: number;
  readonly bufferMinutes: number;
  /** Starts lie on this grid from midnight on the wall clock of Rome. */
  readonly gridMinutes: number;
}

/**
 * Starts of appointments that fit one after another into free stretches, earliest first, not before
 * `from`. Overlapping choices of one stretch are one appointment, not several: only those that could
 * all be kept are counted.
 */
export function startsWithin(
  stretches: readonly Interval[],
  shape: SlotShape,
  from: Instant,
): Instant[] {
  const length = (shape.durationMinutes + shape.bufferMinutes) * MINUTE;
  const starts: Instant[] = [];
  for (const { start, end } of stretches) {
    let at = onGrid(Math.max(start, from), shape.gridMinutes);
    while (at + length <= end) {
      starts.push(at);
      at = onGrid(at + length, shape.gridMinutes);
    }
  }
  return starts.sort((a, b) => a - b);
}

/** The grid point at or after an instant, counted on the wall clock so that it survives clock changes. */
function onGrid(at: Instant, gridMinutes: number): Instant {
  const wall = DateTime.fromMillis(at, { zone: ZONE });
  const seconds = wall.second + wall.millisecond / 1000;
  const minutes = wall.hour * 60 + wall.minute + seconds / 60;
  return at + (Math.ceil(minutes / gridMinutes) * gridMinutes - minutes) * MINUTE;
}

/**
 * Third next available appointment: the third free start, because the first two are often chance
 * cancellations. Null when fewer than three are free.
 */
export function thirdNextAvailable(starts: readonly Instant[]): Instant | null {
  return [...starts].sort((a, b) => a - b)[2] ?? null;
}

/** Calendar days of Rome from the day of `now` to the day of `at`. */
export function daysUntil(at: Instant, now: Instant): number {
  const day = (instant: Instant) => DateTime.fromMillis(instant, { zone: ZONE }).startOf('day');
  return Math.round(day(at).diff(day(now), 'days').days);
}
