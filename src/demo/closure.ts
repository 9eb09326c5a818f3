import { sql } from 'drizzle-orm';
import { applyDisruption } from '../disruption/actions/apply-disruption.ts';
import { previewDisruption } from '../disruption/actions/preview-disruption.ts';
import type { Call } from '../platform/call.ts';
import { DAY, dayOf, midnight } from '../platform/clock.ts';
import { rows } from '../platform/database.ts';
import { DEMO_OFFICE } from './logins.ts';

/** Days ahead from which the day of the closure is looked for; ours. */
const AHEAD = 10;

/**
 * A colleague of the demonstration's operator is away for training one day soon: closed, seen to and
 * told by the same action that the desk uses. Needs free time.
 */
export async function closeADay(call: Call): Promise<void> {
  const from = call.clock.now() + AHEAD * DAY;
  const [found] = await rows<{ officeId: string; operatorId: string; day: string }>(
    call.database,
    sql`select a.office_id as "officeId", a.operator_id as "operatorId",
        (a.starts_at at time zone 'Europe/Rome')::date::text as day
      from appointment a join office k on k.id = a.office_id join operator o on o.id = a.operator_id
      where k.code = ${DEMO_OFFICE} and a.state = 'confirmed'
        and a.starts_at >= ${new Date(from).toISOString()}::timestamptz
        and not 'patto' = any(o.skills)
      order by (a.starts_at at time zone 'Europe/Rome')::date, o.staff_number limit 1`,
  );
  if (!found) return;
  const { officeId, operatorId } = found;
  const day = dayOf(midnight(found.day));
  const intent = {
    kind: 'closure' as const,
    officeId,
    operatorId,
    during: { start: midnight(day), end: midnight(day, 1) },
  };
  const { token } = await previewDisruption(call, intent);
  await applyDisruption(call, {
    ...intent,
    token,
    absence: 'training',
    reason: 'formazione del personale (dimostrazione)',
  });
}
