import { DateTime } from 'luxon';
import { DAY, type Instant, MINUTE, ZONE } from '../../../src/platform/clock.ts';

/** What a process of clients is told to do; passed to it as JSON. */
export interface Plan {
  readonly databaseUrl: string;
  /** How many clients there are in all, and which of them are this process's. */
  readonly clients: number;
  readonly mine: readonly number[];
  /** Operations for each client, unless these real milliseconds are over first. */
  readonly operations: number;
  readonly longestMs: number;
  readonly seed: number;
  /** The simulated clock: this instant at this real one, and so many times faster. */
  readonly epoch: Instant;
  readonly began: number;
  readonly speed: number;
  readonly officeIds: readonly string[];
  readonly services: readonly { readonly id: string; readonly minutes: number }[];
  readonly people: number;
  readonly logFolder: string;
}

/** Easter Monday 2027 falls among the days of the histories, as does the start of summer time. */
export const HOLIDAYS = ['2027-03-29'];
export const EPOCH = Date.parse('2027-03-25T08:00:00+01:00');

/** Mornings from 9 to 13 of the days that follow, three of them, on a grid of a quarter of an hour. */
export function startsAhead(now: Instant, length: number): Instant[] {
  const starts: Instant[] = [];
  for (let day = now, days = 0; days < 3; day += DAY) {
    const at = DateTime.fromMillis(day, { zone: ZONE });
    if (at.weekday > 5 || HOLIDAYS.includes(at.toISODate() ?? '')) continue;
    const from = at.set({ hour: 9, minute: 0, second: 0, millisecond: 0 }).toMillis();
    for (let start = from; start + length <= from + 240 * MINUTE; start += 15 * MINUTE)
      if (start > now) starts.push(start);
    days += 1;
  }
  return starts;
}

export function simulatedNow(plan: Plan): Instant {
  return plan.epoch + Math.floor((Date.now() - plan.began) * plan.speed);
}
