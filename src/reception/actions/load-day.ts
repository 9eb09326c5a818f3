import { DAY, dayOf, type Instant, midnight } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { OfficeDay } from '../rules/day.ts';
import { expectedOn, operatorsOn } from '../store/day.ts';
import { ticketsOfDay, visitDurations } from '../store/tickets.ts';

/** Days back over which visits are measured. Ours: long enough to have some, short enough to hold. */
const MEASURED_DAYS = 90;

/** What an office's day is like at `now`: who is here, who receives, who is expected. */
export async function loadDay(
  database: Database,
  officeId: string,
  now: Instant,
): Promise<OfficeDay> {
  const day = dayOf(now);
  const tickets = await ticketsOfDay(database, officeId, day);
  const operators = await operatorsOn(database, officeId, day);
  const window = { start: midnight(day), end: midnight(day, 1) };
  const expected = await expectedOn(database, officeId, window);
  const durations = await visitDurations(database, officeId, now - MEASURED_DAYS * DAY);
  const measured = new Map(durations.map((one) => [one.serviceId, one]));
  return { now, tickets, operators, expected, measured };
}
