import type { Instant, Interval } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { GroupSession } from '../../workshops/session.ts';
import { sessionsWithin } from '../../workshops/store/sessions.ts';

/** Group sessions of an office that would begin in `window` and still stand. */
export async function sessionsAhead(
  database: Database,
  officeId: string,
  window: Interval,
  now: Instant,
): Promise<GroupSession[]> {
  const found = await sessionsWithin(database, { officeId, window, drafts: true });
  return found.filter(({ state, startsAt }) => state !== 'cancelled' && startsAt > now);
}
