import { DAY, type IsoDate } from '../../platform/clock.ts';

/** How a weekly series goes on when it is not every week. */
export interface Recurrence {
  /**
   * `weeks`: every nth week, counted from the ISO week of the first day. `month-week`: in the nth
   * row of the month's calendar, whose rows are weeks from Monday and whose first holds the 1st.
   * `month-weekday`: on the nth such weekday of the month, in months that have it.
   */
  readonly rule: 'weeks' | 'month-week' | 'month-weekday';
  /** From 1; -1 is the last of the month. */
  readonly nth: number;
}

/** Days since 1970-01-01. */
const numberOf = (day: IsoDate) => Date.parse(`${day}T00:00:00Z`) / DAY;

/** ISO weekday, 1 Monday … 7 Sunday. 1 January 1970 was a Thursday. */
export const weekdayOf = (day: IsoDate) => ((numberOf(day) + 3) % 7) + 1;

/** The day `count` days after, or before where it is negative. */
export const daysAfter = (day: IsoDate, count: number): IsoDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);

/** The Monday of a day's week. */
export const mondayOf = (day: IsoDate): IsoDate => daysAfter(day, 1 - weekdayOf(day));

/** ISO weeks since the one that holds 1970-01-01. */
const weekOf = (day: IsoDate) => Math.floor((numberOf(day) + 3) / 7);

/** Whether a series that began on `from` takes place in the week of `day`, or in its month's. */
export function recursOn(day: IsoDate, from: IsoDate, { rule, nth }: Recurrence): boolean {
  if (rule === 'weeks') return (weekOf(day) - weekOf(from)) % nth === 0;
  const date = Number(day.slice(8));
  if (rule === 'month-weekday') {
    return nth === -1 ? date + 7 > monthLength(day) : Math.ceil(date / 7) === nth;
  }
  const row = weekOf(day) - weekOf(`${day.slice(0, 8)}01`) + 1;
  return row === (nth === -1 ? lastRow(day) : nth);
}

function monthLength(day: IsoDate): number {
  const [year, month] = day.split('-').map(Number);
  return new Date(Date.UTC(year!, month!, 0)).getUTCDate();
}

const lastRow = (day: IsoDate) =>
  weekOf(`${day.slice(0, 8)}${monthLength(day)}`) - weekOf(`${day.slice(0, 8)}01`) + 1;
