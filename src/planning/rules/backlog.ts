/**
 * The appointment book as a fluid: people flow in, appointments flow out, what is in between waits.
 * Rates are per unit of time of the caller's choice (week, day); waits are in the same unit.
 */

/** Access time: how long a newcomer waits behind `backlog` at `capacity` appointments kept per unit. */
export function accessTime(backlog: number, capacity: number): number {
  return backlog / capacity;
}

/** People waiting when the wait is `wait` at `capacity`. */
export function backlogOf(wait: number, capacity: number): number {
  return wait * capacity;
}

/** Capacity that brings the wait to `target` after `horizon`: μ′ ≥ (B₀ + λT) / (T + w*). */
export function catchUpCapacity(
  backlog: number,
  arrivals: number,
  horizon: number,
  target = 0,
): number {
  return (backlog + arrivals * horizon) / (horizon + target);
}

/**
 * Share of appointments nobody comes to, growing with the wait (Green & Savin, Operations Research
 * 56(6), 2008): γ(w) = γmax − (γmax − γ0)·e^(−w/C), with w and C in days.
 */
export interface NoShowCurve {
  readonly atOnce: number;
  readonly atMost: number;
  readonly days: number;
}

/** The curve of that paper, from a clinic; no Italian one is published (to be verified). */
const GREEN_SAVIN: NoShowCurve = { atOnce: 0.01, atMost: 0.31, days: 50 };

export function noShowShare(waitDays: number, curve: NoShowCurve = GREEN_SAVIN): number {
  return curve.atMost - (curve.atMost - curve.atOnce) * Math.exp(-waitDays / curve.days);
}

/** Slots needed to see `arrivals` people when those who miss theirs book again: λ / (1 − γ(w)). */
export function slotsNeeded(
  arrivals: number,
  waitDays: number,
  curve: NoShowCurve = GREEN_SAVIN,
): number {
  return arrivals / (1 - noShowShare(waitDays, curve));
}

/**
 * The wait in days past which absences eat so many slots that the queue feeds itself. Infinite when
 * no wait gets there, 0 when the slots do not suffice even without a wait.
 */
export function criticalWait(
  arrivals: number,
  slots: number,
  curve: NoShowCurve = GREEN_SAVIN,
): number {
  const bearable = 1 - arrivals / slots;
  if (bearable < curve.atOnce) return 0;
  if (bearable >= curve.atMost) return Number.POSITIVE_INFINITY;
  return -curve.days * Math.log((curve.atMost - bearable) / (curve.atMost - curve.atOnce));
}

export interface WaitOutlook {
  /** Wait in days at the end of each week from the first; entry 0 is now. */
  readonly waitDays: readonly number[];
  /** Weeks until the wait is at most the target; null if not within the horizon. */
  readonly weeksToTarget: number | null;
}

/**
 * Follows the book week by week. `backlog` people (or hours of work) wait; `arrivals` and `slots` are
 * per week in the same unit. A share of the slots that grows with the wait is lost to absences, and
 * those people come back: the backlog falls by what was kept, never below nothing. `least` days are
 * waited even behind nobody: notice, and days that fill unevenly.
 */
export function followWait(
  start: {
    readonly backlog: number;
    readonly arrivals: number;
    readonly slots: number;
    readonly least?: number;
  },
  options: { readonly weeks: number; readonly targetDays: number; readonly curve?: NoShowCurve },
): WaitOutlook {
  const { arrivals, slots, least = 0 } = start;
  let backlog = start.backlog;
  const waitDays = [least + waitOf(backlog, slots, options.curve)];
  for (let week = 1; week <= options.weeks; week++) {
    const kept = slots > 0 ? slots * (1 - noShowShare(waitDays[week - 1]!, options.curve)) : 0;
    backlog = Math.max(0, backlog + arrivals - kept);
    waitDays.push(least + waitOf(backlog, slots, options.curve));
  }
  const reached = waitDays.findIndex((days) => days <= options.targetDays);
  return { waitDays, weeksToTarget: reached < 0 ? null : reached };
}

/**
 * The wait behind a backlog when absences grow with that very wait: w = B / (s·(1 − γ(w))), by
 * iteration; γ is bounded below 1 and the map increases from below, so it settles.
 */
function waitOf(backlog: number, slots: number, curve?: NoShowCurve): number {
  if (backlog <= 0) return 0;
  if (slots <= 0) return Number.POSITIVE_INFINITY;
  let days = 0;
  for (let i = 0; i < 200; i++) {
    const next = 7 * accessTime(backlog, slots * (1 - noShowShare(days, curve)));
    if (Math.abs(next - days) < 1e-9) return next;
    days = next;
  }
  return days;
}
