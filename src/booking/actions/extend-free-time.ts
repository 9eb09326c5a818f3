import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { forgetDaysBefore, lastFreeDay } from '../store/free-time.ts';
import { longestHorizon } from '../store/services.ts';
import { daysAhead, deriveDays } from './rebuild-free-time.ts';

/**
 * Moves the horizon of free time on: derives the days that no search could reach before, and
 * forgets those that ended. Cheap when nothing is missing; runs at every start and once a day.
 */
export async function extendFreeTime(call: Call): Promise<void> {
  authorise(call.actor, 'system', 'administrator');
  const [last, horizon] = await Promise.all([
    lastFreeDay(call.database),
    longestHorizon(call.database),
  ]);
  const missing = daysAhead(call.clock.now(), horizon).filter(
    (day) => last === undefined || day > last,
  );
  await deriveDays(call, { days: missing });
  await forgetDaysBefore(call.database, dayOf(call.clock.now()));
}
