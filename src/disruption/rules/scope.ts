import { DateTime } from 'luxon';
import { instantAt } from '../../network/rules/openings.ts';
import { type Instant, type Interval, type IsoDate, ZONE } from '../../platform/clock.ts';

/** Months that one closure may last at most. Ours, after what other public systems allow. */
const MOST_MONTHS = 3;

export type ScopeFault = 'backwards' | 'past' | 'too-long';

/** Why an office cannot be closed in that time, if it cannot. */
export function judgeScope({ start, end }: Interval, now: Instant): ScopeFault | undefined {
  if (end <= start) return 'backwards';
  if (end <= now) return 'past';
  const latest = DateTime.fromMillis(start, { zone: ZONE }).plus({ months: MOST_MONTHS });
  return end > latest.toMillis() ? 'too-long' : undefined;
}

/**
 * The instants between two times on the wall, for a closure: an hour that is lived twice is closed
 * both times. Undefined when a clock never shows one of the times, as when an hour is skipped.
 */
export function wallInterval(
  from: { readonly day: IsoDate; readonly time: string },
  to: { readonly day: IsoDate; readonly time: string },
): Interval | undefined {
  const start = instantAt(from.day, from.time, 'first');
  const end = instantAt(to.day, to.time, 'last');
  return shows(start, from) && shows(end, to) ? { start, end } : undefined;
}

function shows(instant: Instant, { day, time }: { day: IsoDate; time: string }): boolean {
  const wall = DateTime.fromMillis(instant, { zone: ZONE });
  return wall.toFormat('yyyy-LL-dd') === day && wall.toFormat('HH:mm') === time;
}
