import { DateTime } from 'luxon';
import { authorise } from '../../identity/authorise.ts';
import { holdsOn, hoursOf, limitedHoursOf } from '../../network/rules/openings.ts';
import { type ReceivingOperator, receivingOperators } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import {
  DAY,
  dayOf,
  type Instant,
  type Interval,
  type IsoDate,
  ZONE,
} from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { forgetDaysBefore, type Hours, lockDays, rebuildHours } from '../store/free-time.ts';

/**
 * Derives free time anew from openings, closures and occupied time, for the days from today to
 * `days` ahead. Idempotent; for after a change of openings. `onProgress` is told the share done.
 */
export async function rebuildFreeTime(
  call: Call,
  range: {
    readonly days: number;
    readonly operatorIds?: readonly string[];
    readonly onProgress?: (share: number) => void;
  },
): Promise<void> {
  authorise(call.actor, 'system', 'administrator');
  await deriveDays(call, { ...range, days: daysAhead(call.clock.now(), range.days) });
  if (range.operatorIds === undefined)
    await forgetDaysBefore(call.database, dayOf(call.clock.now()));
}

/** Groups of operators a transaction: each reads occupied time once, and holds its rows briefly. */
const AT_ONCE = 40;

/** Derives the given days, those who keep the same hours together. */
export async function deriveDays(
  call: Call,
  wanted: {
    readonly days: readonly IsoDate[];
    readonly operatorIds?: readonly string[];
    readonly onProgress?: (share: number) => void;
  },
): Promise<void> {
  const [first, last] = [wanted.days[0], wanted.days.at(-1)];
  if (first === undefined || last === undefined) return;
  const window = { start: Date.parse(first) - DAY, end: Date.parse(last) + 2 * DAY };
  const operators = await receivingOperators(call.database, window, wanted.operatorIds);
  const shared = sharedHours(operators, wanted.days);
  for (let from = 0; from < shared.length; from += AT_ONCE) {
    const ids = shared
      .slice(from, from + AT_ONCE)
      .flatMap((hours) => hours.operators.map(({ operatorId }) => operatorId));
    await call.database.transaction(async (part) => {
      const transaction = part as Database;
      await lockDays(transaction, ids, wanted.days);
      // Read anew: a closure that was being made a moment ago is there by now.
      const current = await receivingOperators(transaction, window, ids);
      await rebuildHours(transaction, sharedHours(current, wanted.days));
    });
    wanted.onProgress?.(Math.min(1, (from + AT_ONCE) / shared.length));
  }
}

/** Derives one operator's day anew, inside the transaction that changed it. */
export async function rebuildOperatorDay(
  transaction: Database,
  operatorId: string,
  instant: Instant,
): Promise<void> {
  const days = [dayOf(instant)];
  await lockDays(transaction, [operatorId], days);
  const operators = await receivingOperators(transaction, around(instant), [operatorId]);
  await rebuildHours(transaction, sharedHours(operators, days));
}

/** When operators receive at all on the day of `instant`, whatever is booked. */
export async function openHours(
  database: Database,
  operatorIds: readonly string[],
  instant: Instant,
): Promise<ReadonlyMap<string, readonly Interval[]>> {
  const operators = await receivingOperators(database, around(instant), operatorIds);
  const day = dayOf(instant);
  return new Map(operators.map((one) => [one.operatorId, hoursOf(one)(day)]));
}

const around = (instant: Instant) => ({ start: instant - 2 * DAY, end: instant + 2 * DAY });

/** Today and the `count` days after it. */
export function daysAhead(now: Instant, count: number): IsoDate[] {
  const today = DateTime.fromMillis(now, { zone: ZONE }).startOf('day');
  return Array.from(
    { length: count + 1 },
    (_, offset) => today.plus({ days: offset }).toISODate() as IsoDate,
  );
}

/** Most operators keep their office's hours: those who share them are worked out together. */
function sharedHours(operators: readonly ReceivingOperator[], days: readonly IsoDate[]): Hours[] {
  const groups = new Map<string, ReceivingOperator[]>();
  for (const operator of operators) {
    const { operatorId: _, officeId: __, ...schedule } = operator;
    const key = JSON.stringify(schedule);
    const group = groups.get(key);
    if (group) group.push(operator);
    else groups.set(key, [operator]);
  }
  return [...groups.values()].map((members) => {
    const openOn = hoursOf(members[0]!);
    const limitedOn = limitedHoursOf(members[0]!);
    const held = days.filter((day) => holdsOn(members[0]!, day));
    return {
      operators: members,
      days: held.map((day) => ({ day, open: openOn(day), limits: limitedOn(day) })),
    };
  });
}
