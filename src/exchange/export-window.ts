import { DAY, type Interval, type IsoDate, midnight } from '../platform/clock.ts';
import { invalid } from '../platform/problem.ts';

/** Days of one export: a year, also a leap one. Ours. */
const MOST_DAYS = 366;

/** From the first day to the last, included. @throws {Problem} 422 when it ends before it begins, or is too long */
export function exportWindow(from: IsoDate, to: IsoDate): Interval {
  const days = (Date.parse(to) - Date.parse(from)) / DAY;
  if (days < 0 || days > MOST_DAYS) throw invalid();
  return { start: midnight(from), end: midnight(to, 1) };
}
