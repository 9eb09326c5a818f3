import { DateTime } from 'luxon';
import {
  DAY,
  type Instant,
  type Interval,
  type IsoDate,
  instantsOnWall,
  MINUTE,
  ZONE,
} from '../../platform/clock.ts';
import { isHoliday, type YearlyDay } from '../../reference/holidays.ts';
import { type Recurrence, recursOn, weekdayOf } from './recurrence.ts';

/** `extra` is added to whatever else is open, `pause` is taken away from it. */
export type OpeningKind = 'ordinary' | 'extra' | 'pause';

/** Two times on the wall clock of one day, `HH:MM` or `HH:MM:SS`, from 00:00 to 24:00. */
export interface WallHours {
  readonly starts: string;
  readonly ends: string;
}

/** What an opening is not for. Without limits it is for every service and everybody. */
export interface OpeningLimits {
  /** Only services that ask for one of these skills; all of them when absent. */
  readonly skills?: readonly string[];
  /** Kept for the staff: the public neither sees nor books it. */
  readonly staffOnly?: boolean;
  /** Of one kept for the staff: hours before it begins from which the public may have it. */
  readonly publicHoursBefore?: number;
}

/** A part of a day that is open, though not for everything or everybody. */
export interface LimitedStretch {
  readonly during: Interval;
  readonly skills: readonly string[] | undefined;
  /** From when the public may have it; undefined when it always may, infinite when never. */
  readonly publicFrom: Instant | undefined;
}

/** A weekly opening in local wall time. */
export interface WeeklyOpening extends WallHours {
  /** ISO weekday, 1 Monday … 7 Sunday. */
  readonly weekday: number;
  readonly validFrom: IsoDate;
  /** Last day it holds, included; null while open-ended. */
  readonly validTo: IsoDate | null;
  /** Absent: every week. */
  readonly recurrence?: Recurrence;
  readonly limits?: OpeningLimits;
  /** Days of the series that differ: dropped (null), or with other hours. */
  readonly exceptions?: readonly { readonly day: IsoDate; readonly hours: WallHours | null }[];
}

/** Days, both ends included, whose hours stand in place of the ordinary week. */
export interface HoursPeriod {
  readonly validFrom: IsoDate;
  readonly validTo: IsoDate;
  readonly openings: readonly WeeklyOpening[];
}

/** All that decides when an office, or one operator, receives. */
export interface Schedule {
  /** The ordinary week. */
  readonly openings: readonly WeeklyOpening[];
  /** Where two hold on a day, the first decides. */
  readonly periods?: readonly HoursPeriod[];
  readonly extras?: readonly WeeklyOpening[];
  readonly pauses?: readonly WeeklyOpening[];
  readonly closures: readonly Interval[];
  /** The feast of the comune's patron saint, when the office is closed. */
  readonly patron?: YearlyDay;
  readonly openOnHolidays?: boolean;
  /** First day it holds at all, as for who comes from another office. */
  readonly from?: IsoDate;
  /** Last day it holds at all, included. */
  readonly until?: IsoDate;
}

/** Whether a schedule holds on a day at all. */
export const holdsOn = ({ from, until }: Pick<Schedule, 'from' | 'until'>, day: IsoDate) =>
  (from === undefined || from <= day) && (until === undefined || day <= until);

export interface OpenDay {
  readonly day: IsoDate;
  /** Disjoint, in order, never empty. */
  readonly open: readonly Interval[];
}

/** When a schedule is open between two days, both included. Days that are closed are left out. */
export function openDays(schedule: Schedule, from: IsoDate, to: IsoDate): OpenDay[] {
  const openOn = hoursOf(schedule);
  const days: OpenDay[] = [];
  for (let day = from; day <= to; day = nextDay(day)) {
    const open = openOn(day);
    if (open.length > 0) days.push({ day, open });
  }
  return days;
}

/**
 * What a schedule is open on a day: the hours of the period that holds, else those of the ordinary
 * week, with the extra ones, less pauses and closures. On holidays nothing is open but an extra
 * opening made for that very day. Disjoint and in order.
 */
export function hoursOf(schedule: Schedule): (day: IsoDate) => Interval[] {
  const openOn = windowsOf(schedule);
  return (day) => {
    const { open, taken } = openOn(day);
    return subtract(merge(open.map((window) => intervalOn(day, window))), taken);
  };
}

const HOUR = 60 * MINUTE;

/**
 * The parts of a day that are open with limits, where no opening without any holds at the same time.
 * Where two of them meet, each gives what it allows.
 */
export function limitedHoursOf(schedule: Schedule): (day: IsoDate) => LimitedStretch[] {
  const { openings, periods = [], extras = [] } = schedule;
  const all = [...openings, ...periods.flatMap((period) => period.openings), ...extras];
  // Most have none, and are spared the work.
  if (!all.some(({ limits }) => limits)) return () => [];
  const openOn = windowsOf(schedule);
  return (day) => {
    const { open, taken } = openOn(day);
    const free = open.filter(({ of }) => !of.limits).map((window) => intervalOn(day, window));
    const apart = merge([...free, ...taken]);
    return open.flatMap((window) => {
      const { limits } = window.of;
      if (!limits) return [];
      return subtract([intervalOn(day, window)], apart).map((during) => ({
        during,
        skills: limits.skills,
        publicFrom: publicFrom(limits, during.start),
      }));
    });
  };
}

function publicFrom({ staffOnly, publicHoursBefore }: OpeningLimits, start: Instant) {
  if (!staffOnly) return undefined;
  return publicHoursBefore === undefined
    ? Number.POSITIVE_INFINITY
    : start - publicHoursBefore * HOUR;
}

/** The openings that hold on a day, as windows, and what is taken from them; both may overlap. */
function windowsOf(schedule: Schedule) {
  const { openings, periods = [], extras = [], pauses = [], patron } = schedule;
  const closures = merge(schedule.closures);
  const ordinary = byWeekday(openings);
  const resting = byWeekday(pauses);
  const added = byWeekday(extras);
  const special = periods.map(({ validFrom, validTo, openings }) => ({
    validFrom,
    validTo,
    week: byWeekday(openings),
  }));
  const none: { open: Window[]; taken: Interval[] } = { open: [], taken: [] };
  return (day: IsoDate) => {
    if (!holdsOn(schedule, day)) return none;
    const weekday = weekdayOf(day);
    const period = special.find(({ validFrom, validTo }) => validFrom <= day && day <= validTo);
    const windows = windowsOn(day, (period?.week ?? ordinary)[weekday]);
    const more = windowsOn(day, added[weekday]);
    if (windows.length === 0 && more.length === 0) return none;
    const holiday = !schedule.openOnHolidays && isHoliday(day, patron);
    const open = holiday ? more.filter(isFor(day)) : [...windows, ...more];
    const rest = windowsOn(day, resting[weekday]).map((pause) => intervalOn(day, pause));
    const taken = rest.length === 0 ? closures : merge([...closures, ...rest]);
    return { open, taken };
  };
}

type ByWeekday = readonly (readonly WeeklyOpening[] | undefined)[];

function byWeekday(openings: readonly WeeklyOpening[]): ByWeekday {
  const week: WeeklyOpening[][] = [];
  for (const opening of openings) {
    const sameDay = week[opening.weekday];
    if (sameDay) sameDay.push(opening);
    else week[opening.weekday] = [opening];
  }
  return week;
}

type Window = WallHours & { readonly of: WeeklyOpening };

/** Occurrences on a day of series that all fall on its weekday. */
function windowsOn(day: IsoDate, openings: readonly WeeklyOpening[] = []): Window[] {
  const windows: Window[] = [];
  for (const of of openings) {
    const { validFrom, validTo, recurrence, exceptions } = of;
    if (day < validFrom || (validTo !== null && validTo < day)) continue;
    if (recurrence && !recursOn(day, validFrom, recurrence)) continue;
    const differs = exceptions?.find((one) => one.day === day);
    const hours = differs ? differs.hours : of;
    if (hours) windows.push({ starts: hours.starts, ends: hours.ends, of });
  }
  return windows;
}

const isFor =
  (day: IsoDate) =>
  ({ of }: Window) =>
    of.validFrom === day && of.validTo === day;

const intervalOn = (day: IsoDate, { starts, ends }: WallHours): Interval => ({
  start: instantAt(day, starts, 'first'),
  end: instantAt(day, ends, 'last'),
});

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
  const found = instantsOnWall(Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE);
  const chosen = which === 'first' ? found[0] : found.at(-1);
  return chosen ?? changeBetween(midnight, nextMidnight);
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
