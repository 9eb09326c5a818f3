import { DAY, type Interval, type IsoDate, midnight } from '../platform/clock.ts';
import { fault } from '../platform/faults.ts';
import type { Locale } from '../platform/locale.ts';
import { invalid } from '../platform/problem.ts';

/** Days of one export: a year, also a leap one. Ours. */
const MOST_DAYS = 366;

/** From the first day to the last, included. @throws {Problem} 422 when it ends before it begins, or is too long */
export function exportWindow(from: IsoDate, to: IsoDate, locale: Locale): Interval {
  const days = (Date.parse(to) - Date.parse(from)) / DAY;
  if (days < 0) throw invalid({ errors: [fault('/to', 'backwards', locale)] });
  if (days > MOST_DAYS) throw invalid({ errors: [fault('/to', 'tooLong', locale)] });
  return { start: midnight(from), end: midnight(to, 1) };
}
