import { DateTime } from 'luxon';
import { DAY, type Instant, MINUTE, ZONE } from '../../../src/platform/clock.ts';

/** What a process of clients is told to do; passed to it as JSON. */
export interface Plan {
  readonly databaseUrl: string;
  /** Which process this is, and how many took its place before. */
  readonly process: number;
  readonly generation: number;
  /** How many clients there are in all, and which are this process's, each with so many to ask yet. */
  readonly clients: number;
  readonly mine: readonly { readonly number: number; readonly operations: number }[];
  /** Real instant after which nobody asks any more. */
  readonly until: number;
  readonly seed: number;
  /** The simulated clock: this instant at this real one, and so many times faster. */
  readonly epoch: Instant;
  readonly began: number;
  readonly speed: number;
  readonly offices: readonly { readonly id: string; readonly operatorIds: readonly string[] }[];
  readonly services: readonly {
    readonly id: string;
    readonly minutes: number;
    readonly waitingList: boolean;
  }[];
  readonly people: number;
  readonly logFolder: string;
}

/** Public holidays on working days between {@link EPOCH} and the end of June 2027. */
export const HOLIDAYS = ['2027-03-29', '2027-06-02'];
/** The next days hold a weekend, Easter and the start of summer time. */
export const EPOCH = Date.parse('2027-03-25T08:00:00+01:00');
/** Days from then for which free time is kept. */
export const DAYS_KEPT = 90;

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

export function simulatedNow(plan: Pick<Plan, 'epoch' | 'began' | 'speed'>): Instant {
  return plan.epoch + Math.floor((Date.now() - plan.began) * plan.speed);
}

/** The process and generation that made it are told apart from clients by their numbers. */
export const TICKERS = 0x1000;

const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');

/**
 * The id of a client's nth operation, and of the `made`th thing that it made: whoever finds a row
 * knows who is to blame.
 */
export function idOf(client: number, operation: number, made = 0): string {
  const [high, low] = [Math.floor(made / 0x1000), made % 0x1000];
  return `01900000-${hex(client, 4)}-7${hex(high, 3)}-8${hex(low, 3)}-${hex(operation, 12)}`;
}

/** The operation that made what bears this id. */
export function makerOf(id: string): string {
  return `${id.slice(0, 14)}7000-8000${id.slice(23)}`;
}

/** Clients that took the place of killed ones go on far from where those were. */
export function firstOperation(generation: number): number {
  return generation * 0x1000000;
}
