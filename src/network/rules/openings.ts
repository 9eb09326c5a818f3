import { DateTime } from 'luxon';
import {
  DAY,
  type Instant,
  type Interval,
  type IsoDate,
  MINUTE,
  ZONE,
} from '../../platform/clock.ts';
import { isHoliday, type YearlyDay } from '../../reference/holidays.ts';

/** `extra` is added to whatever else is open, `pause` is taken away from it. */
export type OpeningKind = 'ordinary' | 'extra' | 'pause';

/** A weekly opening in local wall time. */
export interface WeeklyOpening {
  /** ISO weekday, 1 Monday … 7 Sunday. */
  readonly weekday: number;
  /** `HH:MM` or `HH:MM:SS`, from 00:00 to 24:00. */
  readonly starts: string;
  readonly ends: string;
  readonly validFrom: IsoDate;
  /** Last day it holds, included; null while open-ended. */
  readonly validTo: IsoDate | null;
}

/** All that decides when an office, or one operator, receives. */
export interface Schedule {
  readonly openings: readonly WeeklyOpening[];
  readonly closures: readonly Interval[];
  /** The feast of the comune's patron saint, when the office is closed. */
  readonly patron?: YearlyDay;
}

export interface OpenDay {
  readonly day: IsoDate;
  /** Disjoint, in order, never empty. */
  readonly open: readonly Interval[];
}

/**
 * When a schedule is open between two days, both included: weekly openings on the days they hold,
 * none on national and patron's holidays, less the closures. Days that are closed are left out.
 */
export function openDays(schedule: Schedule, from: IsoDate, to: IsoDate): OpenDay[] {
  const days: OpenDay[] = [];
  const closures = merge(schedule.closures);
  const closed = (day: IsoDate) => isHoliday(day, schedule.patron);
  for (let day = from; day <= to; day = nextDay(day)) {
    const open = openIntervals(day, schedule.openings, closed, closures);
    if (open.length > 0) days.push({ day, open });
  }
  return days;
}

/**
 * The same for one day: the windows that hold on it, none when it is `closed`, less the closures.
 */
export function openIntervals(
  day: IsoDate,
  openings: readonly WeeklyOpening[],
  closed: (day: IsoDate) => boolean,
  closures: readonly Interval[] = [],
): Interval[] {
  const weekday = weekdayOf(day);
  const windows = openings.filter(
    (opening) =>
      opening.weekday === weekday &&
      opening.validFrom <= day &&
      (opening.validTo === null || day <= opening.validTo),
  );
  if (windows.length === 0 || closed(day)) return [];
  const open = windows.map(({ starts, ends }) => ({
    start: instantAt(day, starts, 'first'),
    end: instantAt(day, ends, 'last'),
  }));
  return subtract(merge(open), merge(closures));
}

/**
 * The instant at which clocks on the wall show a time. In spring an hour is skipped: times within
 * it stand for the moment of the change. In autumn an hour is lived twice: `which` says whether its
 * first or its last passage is meant.
 */
export function instantAt(day: IsoDate, time: string, which: 'first' | 'last'): Instant {
  const minutes = minutesOf(time);
  const { midnight, nextMidnight } = boundsOf(day);
  // All but two days of the year are as long as they should be.
  if (nextMidnight - midnight === DAY) return midnight + minutes * MINUTE;
  const earlier = offsetAt(midnight);
  const later = offsetAt(nextMidnight);
  const wall = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE;
  const asBefore = wall - earlier * MINUTE;
  const asAfter = wall - later * MINUTE;
  const holdsBefore = offsetAt(asBefore) === earlier;
  const holdsAfter = offsetAt(asAfter) === later;
  if (holdsBefore && holdsAfter) return which === 'first' ? asBefore : asAfter;
  if (holdsBefore) return asBefore;
  if (holdsAfter) return asAfter;
  return changeBetween(midnight, nextMidnight);
}

/** Sorts intervals, joins those that touch or overlap, and drops the empty ones. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const joined: { start: Instant; end: Instant }[] = [];
  for (const { start, end } of [...intervals].sort((a, b) => a.start - b.start)) {
    if (end <= start) continue;
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** What no interval of `taken` covers; both lists disjoint and in order, as {@link merge} leaves them. */
export function subtract(from: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  for (const interval of from) {
    let start = interval.start;
    for (const hole of taken) {
      if (hole.end <= start) continue;
      if (hole.start >= interval.end) break;
      if (hole.start > start) left.push({ start, end: hole.start });
      start = Math.max(start, hole.end);
    }
    if (start < interval.end) left.push({ start, end: interval.end });
  }
  return left;
}

function nextDay(day: IsoDate): IsoDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}

function weekdayOf(day: IsoDate): number {
  // 1 January 1970 was a Thursday, ISO weekday 4.
  return ((Date.parse(`${day}T00:00:00Z`) / DAY + 3) % 7) + 1;
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

// Reading the zone's rules costs microseconds, and a search asks for the same days over and over.
const bounds = new Map<IsoDate, { midnight: Instant; nextMidnight: Instant }>();

function boundsOf(day: IsoDate): { midnight: Instant; nextMidnight: Instant } {
  let found = bounds.get(day);
  if (!found) {
    const start = DateTime.fromISO(day, { zone: ZONE });
    found = { midnight: start.toMillis(), nextMidnight: start.plus({ days: 1 }).toMillis() };
    if (bounds.size > 5000) bounds.clear();
    bounds.set(day, found);
  }
  return found;
}

/** Minutes that the wall clock is ahead of UTC. */
function offsetAt(instant: Instant): number {
  return DateTime.fromMillis(instant, { zone: ZONE }).offset;
}

/** The moment, to the minute, at which the offset changes between two instants. */
function changeBetween(before: Instant, after: Instant): Instant {
  const first = offsetAt(before);
  let low = before;
  let high = after;
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / MINUTE / 2) * MINUTE;
    if (offsetAt(middle) === first) low = middle;
    else high = middle;
  }
  return high;
}
