/** The wait, read off the real calendar. */
import { occupiedMinutes, onGrid } from '../../booking/rules/starts.ts';
import type { Service } from '../../booking/service.ts';
import { DAY, dayOf, type Instant, type Interval, MINUTE } from '../../platform/clock.ts';

export type Timing = Pick<
  Service,
  | 'durationMinutes'
  | 'bufferMinutes'
  | 'bufferBeforeMinutes'
  | 'gridMinutes'
  | 'gridAnchor'
  | 'minNoticeMinutes'
  | 'horizonDays'
>;

/**
 * Starts of appointments that fit one after another into free stretches, earliest first, not before
 * `from`. Overlapping choices of one stretch are one appointment, not several: only those that could
 * all be kept are counted.
 */
export function startsInTurn(
  service: Timing,
  stretches: readonly Interval[],
  from: Instant,
): Instant[] {
  const length = occupiedMinutes(service) * MINUTE;
  const before = service.bufferBeforeMinutes * MINUTE;
  const starts: Instant[] = [];
  for (const { start, end } of stretches) {
    let at = onGrid(service, Math.max(start + before, from));
    while (at - before + length <= end) {
      starts.push(at);
      at = onGrid(service, at + length);
    }
  }
  return starts.sort((a, b) => a - b);
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
  // Days without a time are all 24 hours long in UTC.
  return Math.round((Date.parse(dayOf(at)) - Date.parse(dayOf(now))) / DAY);
}
