/** The staff an office's demand asks for, activity by activity and level by level. */
import { type AtLevel, type QualifiedBalance, qualifiedBalance } from './qualification.ts';
import {
  availableWorkingTime,
  categoryAllowanceFactor,
  standardWorkload,
  type WorkingTime,
  wisnDifference,
  wisnRatio,
} from './wisn.ts';

/** How long one unit takes and the lowest level that may do it. */
export interface ActivityStandard {
  readonly code: string;
  readonly minutes: number;
  readonly minLevel: number;
}

/** Work no user asks for: a `share` of everybody's time, or `hoursPerYear` of an office at a level. */
export interface Allowance {
  readonly code: string;
  readonly share: number | null;
  readonly hoursPerYear: number | null;
  readonly minLevel: number;
}

export interface Standards {
  readonly workingTime: WorkingTime;
  readonly activities: readonly ActivityStandard[];
  readonly allowances: readonly Allowance[];
}

interface ActivityNeed extends ActivityStandard {
  readonly volume: number;
  /** Units one post completes in a year. */
  readonly standardWorkload: number;
  /** Posts before allowances. */
  readonly posts: number;
}

export interface OfficeWorkload {
  readonly availableDays: number;
  readonly availableHours: number;
  readonly activities: readonly ActivityNeed[];
  readonly basic: number;
  readonly categoryFactor: number;
  readonly individualFactor: number;
  readonly total: number;
  /** Posts by level, allowances included; they sum to `total`. */
  readonly needs: readonly AtLevel[];
  readonly existing: number;
  readonly difference: number;
  readonly ratio: number | null;
  readonly balance: QualifiedBalance;
}

/**
 * WISN with qualified categories. `volumes` are units a year by activity code; an activity without
 * a volume asks for nobody. An office without any demand keeps its fixed duties.
 */
export function officeWorkload(
  standards: Standards,
  volumes: ReadonlyMap<string, number>,
  staff: readonly AtLevel[],
): OfficeWorkload {
  const available = availableWorkingTime(standards.workingTime);
  const categoryFactor = categoryAllowanceFactor(standards.allowances.map((a) => a.share ?? 0));

  const activities = standards.activities.map((activity) => {
    const volume = volumes.get(activity.code) ?? 0;
    const workload = standardWorkload(available.hours, activity.minutes);
    return { ...activity, volume, standardWorkload: workload, posts: volume / workload };
  });
  const duties = standards.allowances.flatMap(({ hoursPerYear, minLevel }) =>
    hoursPerYear === null ? [] : [{ level: minLevel, posts: hoursPerYear / available.hours }],
  );

  const basic = activities.reduce((sum, { posts }) => sum + posts, 0);
  const individualFactor = duties.reduce((sum, { posts }) => sum + posts, 0);
  const total = basic * categoryFactor + individualFactor;
  const needs = byLevel([
    ...activities.map(({ minLevel, posts }) => ({
      level: minLevel,
      posts: posts * categoryFactor,
    })),
    ...duties,
  ]);
  const existing = staff.reduce((sum, { posts }) => sum + posts, 0);
  return {
    availableDays: available.days,
    availableHours: available.hours,
    activities,
    basic,
    categoryFactor,
    individualFactor,
    total,
    needs,
    existing,
    difference: wisnDifference(existing, total),
    ratio: wisnRatio(existing, total),
    balance: qualifiedBalance(needs, staff),
  };
}

function byLevel(list: readonly AtLevel[]): AtLevel[] {
  const sums = new Map<number, number>();
  for (const { level, posts } of list) sums.set(level, (sums.get(level) ?? 0) + posts);
  return [...sums].map(([level, posts]) => ({ level, posts })).sort((a, b) => a.level - b.level);
}
