import { DAY, type Instant, MINUTE, wall } from '../../platform/clock.ts';

/** Nobody has to answer at night: hours on the wall between which an offer's clock runs. Ours. */
const QUIET_UNTIL = 8;
const QUIET_FROM = 21;

/** Shorter than this nobody can be expected to read and answer. Ours. */
const SHORTEST = 15 * MINUTE;

/** The waking hours of the day of `instant`. */
function wakingHours(instant: Instant) {
  const day = wall(instant).startOf('day');
  return {
    start: day.set({ hour: QUIET_UNTIL }).toMillis(),
    end: day.set({ hour: QUIET_FROM }).toMillis(),
  };
}

/** The first instant of the day after, as the wall calendar counts days. */
function nextDay(instant: Instant): Instant {
  return wall(instant).startOf('day').plus({ days: 1 }).toMillis();
}

/** Waking time between two instants, in milliseconds. */
export function wakingTime(from: Instant, to: Instant): number {
  let sum = 0;
  for (let day = from; day < to; day = nextDay(day)) {
    const { start, end } = wakingHours(day);
    sum += Math.max(0, Math.min(end, to) - Math.max(start, day));
  }
  return sum;
}

/** The instant at which `length` milliseconds of waking time have passed since `from`. */
function afterWakingTime(from: Instant, length: number): Instant {
  let left = length;
  for (let day = from; ; day = nextDay(day)) {
    const { start, end } = wakingHours(day);
    const begins = Math.max(start, day);
    if (left <= end - begins) return begins + left;
    left -= Math.max(0, end - begins);
  }
}

/**
 * Until when an offer made at `now` stands. It stands for `longest` of waking time, or a third of
 * what is left until `latest` when that is less, so that two more can be asked; never past `latest`,
 * the last instant at which an answer still serves, and never running out during the night. Ours.
 * @returns undefined when too little time is left to ask anybody
 */
export function offerExpiry(now: Instant, latest: Instant, longest: number): Instant | undefined {
  const left = latest - now > 60 * DAY ? longest * 3 : wakingTime(now, latest);
  if (left < SHORTEST) return undefined;
  return afterWakingTime(now, Math.min(longest, Math.max(SHORTEST, left / 3)));
}
