import { type Instant, type Interval, MINUTE } from '../../platform/clock.ts';
import { mayReceive } from './order.ts';

/** Minutes a service takes: the quick, the usual and the slow. */
export interface Length {
  readonly quick: number;
  readonly usual: number;
  readonly slow: number;
  /** Finished visits it was measured on; 0 when it is what the service plans. */
  readonly measuredOn: number;
}

/** Finished visits from which measured minutes are used. Ours. */
const ENOUGH_VISITS = 20;
/** How far visits stray from the minutes planned, as a share, until they are measured. Ours. */
const SPREAD = 0.25;

/** Lengths from finished visits (quartiles, in minutes), or from the plan while they are few. */
export function lengthOf(
  planned: number,
  measured:
    | { readonly count: number; readonly p25: number; readonly p50: number; readonly p75: number }
    | undefined,
): Length {
  if (measured && measured.count >= ENOUGH_VISITS) {
    const usual = Math.max(1, measured.p50);
    return {
      quick: Math.min(usual, Math.max(1, measured.p25)),
      usual,
      slow: Math.max(usual, measured.p75),
      measuredOn: measured.count,
    };
  }
  return {
    quick: planned * (1 - SPREAD),
    usual: planned,
    slow: planned * (1 + SPREAD),
    measuredOn: 0,
  };
}

/** An operator on duty: when they receive, and what is already promised or under way. */
export interface OnDuty {
  readonly operatorId: string;
  readonly skills: readonly string[];
  /** Openings of the day without closures. */
  readonly open: readonly Interval[];
  /** Times kept for those who booked: fixed, whoever waits. */
  readonly kept: readonly Interval[];
  /** Since when they receive the person in front of them, and how long that takes. */
  readonly serving?: { readonly since: Instant; readonly length: Length };
}

/** Somebody without an hour of their own, in the order in which they are called. */
export interface InLine {
  readonly id: string;
  readonly boundTo: string | undefined;
  readonly service: { readonly skill: string };
  readonly length: Length;
}

type Pace = 'quick' | 'usual' | 'slow';

/** When each of those in line begins, one pace for all; whoever cannot today is absent. */
export function playDay(
  operators: readonly OnDuty[],
  line: readonly InLine[],
  now: Instant,
  pace: Pace,
): Map<string, Instant> {
  const free = new Map(operators.map((one) => [one.operatorId, freeFrom(one, now, pace)]));
  const begins = new Map<string, Instant>();
  for (const one of line) {
    const length = one.length[pace] * MINUTE;
    const first = operators
      .filter((operator) => mayReceive(one, operator))
      .flatMap(({ operatorId, skills }) => {
        const gap = free.get(operatorId)!.find(({ start, end }) => start + length <= end);
        return gap ? [{ operatorId, skills: skills.length, start: gap.start }] : [];
      })
      .sort(
        (a, b) =>
          a.start - b.start || a.skills - b.skills || (a.operatorId < b.operatorId ? -1 : 1),
      )[0];
    if (!first) continue;
    begins.set(one.id, first.start);
    const taken = { start: first.start, end: first.start + length };
    free.set(first.operatorId, without(free.get(first.operatorId)!, taken));
  }
  return begins;
}

/** When the person in front of an operator is expected to be gone; `now` when nobody is. */
function freeAgain({ serving }: OnDuty, now: Instant, pace: Pace): Instant {
  // Who takes longer than expected is expected to be done any moment: nothing is known that is better.
  return serving ? Math.max(now, serving.since + serving.length[pace] * MINUTE) : now;
}

/**
 * The times kept by an operator as they will come about: when the one before takes longer, those who
 * booked follow in turn. They wait, but nobody passes them.
 */
function turnsOf(operator: OnDuty, now: Instant, pace: Pace): { kept: Interval; real: Interval }[] {
  let cursor = freeAgain(operator, now, pace);
  return [...operator.kept]
    .sort((a, b) => a.start - b.start)
    .map((kept) => {
      const start = Math.max(kept.start, cursor);
      cursor = start + (kept.end - kept.start);
      return { kept, real: { start, end: cursor } };
    });
}

/** What an operator has left of the day. */
function freeFrom(operator: OnDuty, now: Instant, pace: Pace): Interval[] {
  const past = { start: Number.NEGATIVE_INFINITY, end: freeAgain(operator, now, pace) };
  const taken = [past, ...turnsOf(operator, now, pace).map(({ real }) => real)];
  return taken
    .reduce<Interval[]>(without, [...operator.open])
    .sort((one, other) => one.start - other.start);
}

function without(free: readonly Interval[], taken: Interval): Interval[] {
  return free.flatMap(({ start, end }) =>
    taken.end <= start || end <= taken.start
      ? [{ start, end }]
      : [
          { start, end: Math.min(end, taken.start) },
          { start: Math.max(start, taken.end), end },
        ].filter((rest) => rest.start < rest.end),
  );
}

/** How long somebody waits, in whole minutes from `now`; `today` false when it is too late for that. */
export type Estimate =
  | {
      readonly today: true;
      readonly fromMinutes: number;
      readonly toMinutes: number;
      /** Whether it may fail to fit before closing, should visits take long. */
      readonly sure: boolean;
    }
  | { readonly today: false };

/** Estimates are rounded to these minutes: finer would promise what nobody knows. Ours. */
const ROUNDING_MINUTES = 5;

/**
 * The wait of the one called `id`, from the day played at three paces. Whoever comes later for the
 * same service never waits less, since what those ahead take is no longer free.
 */
export function estimateFor(
  id: string,
  operators: readonly OnDuty[],
  line: readonly InLine[],
  now: Instant,
): Estimate {
  const usual = playDay(operators, line, now, 'usual').get(id);
  if (usual === undefined) return { today: false };
  const quick = playDay(operators, line, now, 'quick').get(id) ?? usual;
  const slow = playDay(operators, line, now, 'slow').get(id);
  const closing = Math.max(...operators.flatMap(({ open }) => open.map(({ end }) => end)));
  const minutes = (instant: Instant) => Math.max(0, instant - now) / MINUTE;
  return {
    today: true,
    fromMinutes: floorTo(minutes(Math.min(quick, usual)), ROUNDING_MINUTES),
    toMinutes: ceilTo(minutes(Math.max(slow ?? closing, usual)), ROUNDING_MINUTES),
    sure: slow !== undefined,
  };
}

/** The wait of somebody who booked: until their hour, or longer where those before them take long. */
export function estimateForBooked(operator: OnDuty, dueAt: Instant, now: Instant): Estimate {
  const turn = (pace: Pace) =>
    turnsOf(operator, now, pace).find(({ kept }) => kept.start === dueAt)?.real.start ??
    Math.max(now, dueAt);
  const minutes = (pace: Pace) => Math.max(0, turn(pace) - now) / MINUTE;
  return {
    today: true,
    fromMinutes: floorTo(minutes('quick'), ROUNDING_MINUTES),
    toMinutes: ceilTo(minutes('slow'), ROUNDING_MINUTES),
    sure: true,
  };
}

const floorTo = (value: number, step: number) => Math.floor(value / step) * step;
const ceilTo = (value: number, step: number) => Math.ceil(value / step) * step;
