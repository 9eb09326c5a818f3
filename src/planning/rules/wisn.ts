import { sum } from 'simple-statistics';

/**
 * Workload Indicators of Staffing Need: how many posts a workload asks for.
 *
 * The method is that of the World Health Organization (WISN user's manual, 2010, ISBN
 * 978 92 4 150019 7). Days and hours are those of one full-time post in one year.
 */

/** Days in a year, by what becomes of them, and the hours of a working day. */
export interface WorkingTime {
  readonly possibleDays: number;
  readonly leaveDays: number;
  readonly holidayDays: number;
  readonly sickDays: number;
  readonly otherDays: number;
  readonly hoursPerDay: number;
}

/** Available working time of one post: AWT = A − (B + C + D + E) days, times hours a day. */
export function availableWorkingTime(time: WorkingTime): { days: number; hours: number } {
  const days =
    time.possibleDays - (time.leaveDays + time.holidayDays + time.sickDays + time.otherDays);
  if (!(days > 0) || !(time.hoursPerDay > 0))
    throw new RangeError('a post must have some working time left');
  return { days, hours: days * time.hoursPerDay };
}

/** Units of an activity that one post completes in a year if it does nothing else. */
export function standardWorkload(availableHours: number, minutesPerUnit: number): number {
  return (availableHours * 60) / minutesPerUnit;
}

/**
 * Category allowance factor: what everybody spends on work that no user asks for. `shares` are parts
 * of the working time, in [0, 1) together.
 */
export function categoryAllowanceFactor(shares: readonly number[]): number {
  const share = sum([...shares]);
  if (!(share >= 0 && share < 1))
    throw new RangeError('allowances must leave some time for the users');
  return 1 / (1 - share);
}

/** Individual allowance factor: posts taken by the yearly hours of duties that only some have. */
export function individualAllowanceFactor(
  hoursPerYear: readonly number[],
  availableHours: number,
): number {
  return sum([...hoursPerYear]) / availableHours;
}

export interface Activity {
  /** Units asked for in a year. */
  readonly volume: number;
  readonly minutesPerUnit: number;
}

export interface StaffingNeed {
  /** Posts of each activity, in the order given, before any allowance. */
  readonly perActivity: readonly number[];
  readonly basic: number;
  readonly categoryFactor: number;
  readonly individualFactor: number;
  /** Total = basic × CAF + IAF. Never rounded here: see {@link roundPosts}. */
  readonly total: number;
}

export function staffingNeed(
  activities: readonly Activity[],
  availableHours: number,
  allowances: { readonly shares: readonly number[]; readonly hoursPerYear: readonly number[] },
): StaffingNeed {
  const perActivity = activities.map(
    ({ volume, minutesPerUnit }) => volume / standardWorkload(availableHours, minutesPerUnit),
  );
  const basic = sum(perActivity);
  const categoryFactor = categoryAllowanceFactor(allowances.shares);
  const individualFactor = individualAllowanceFactor(allowances.hoursPerYear, availableHours);
  return {
    perActivity,
    basic,
    categoryFactor,
    individualFactor,
    total: basic * categoryFactor + individualFactor,
  };
}

/** Existing minus required posts: negative where staff is missing. */
export function wisnDifference(existing: number, required: number): number {
  return existing - required;
}

/** Existing over required posts: below 1 the staff is under pressure. Null where nothing is required. */
export function wisnRatio(existing: number, required: number): number | null {
  return required > 0 ? existing / required : null;
}

/**
 * Whole posts, once for an office and never for each activity: the sum of rounded parts overstates
 * the need. The manual rounds down what each present post can absorb with a tenth more work (1.1, 2.2
 * … 5.5) and up beyond. At five posts the tenth has become a half, so larger needs go to the nearest
 * whole, halves down.
 */
export function roundPosts(posts: number): number {
  const whole = Math.floor(posts);
  const absorbed = Math.min(whole / 10, 0.5);
  // The margin keeps 3.3, which floating point puts a hair above 3 + 0.3, where it belongs.
  return posts - whole <= absorbed + 1e-9 ? whole : whole + 1;
}
