import { sql } from 'drizzle-orm';
import type { Call } from '../platform/call.ts';
import { dayOf, MINUTE } from '../platform/clock.ts';
import { rows } from '../platform/database.ts';
import { changeTicket, insertTicket } from '../reception/store/tickets.ts';
import { DEMO_OFFICE } from './logins.ts';

/** Minutes ago that each came in, and until when they were received; the last ones still wait. */
const VISITS = [
  { arrived: 95, called: 90, ended: 72 },
  { arrived: 80, called: 71, ended: 49 },
  { arrived: 64, called: 48, ended: 30 },
  { arrived: 41, called: 12 },
  { arrived: 27 },
  { arrived: 19 },
  { arrived: 14 },
  { arrived: 8 },
  { arrived: 3 },
] as const;

/** A queue of today at the demonstration's office: some were received, one is, some wait. */
export async function writeQueue(call: Call, services: ReadonlyMap<string, string>): Promise<void> {
  const now = call.clock.now();
  const serviceId = services.get('informazioni')!;
  const [place] = await rows<{ office_id: string; operator_id: string }>(
    call.database,
    sql`select k.id as office_id, o.id as operator_id
      from office k join operator o on o.office_id = k.id and o.bookable
      where k.code = ${DEMO_OFFICE} and 'accoglienza' = any(o.skills) and not 'patto' = any(o.skills)
      order by o.staff_number limit 1`,
  );
  if (!place) return;
  for (const visit of VISITS) {
    const id = call.ids();
    const arrivedAt = now - visit.arrived * MINUTE;
    await insertTicket(call.database, {
      id,
      officeId: place.office_id,
      serviceId,
      day: dayOf(now),
      priority: false,
      arrivedAt,
      rankAt: arrivedAt,
      locale: 'it',
      demo: true,
    });
    if (!('called' in visit)) continue;
    const calledAt = now - visit.called * MINUTE;
    await changeTicket(call.database, id, {
      calledAt,
      servedAt: calledAt,
      operatorId: place.operator_id,
      desk: 'Sportello 2',
      calls: 1,
      ...('ended' in visit
        ? { state: 'finished', endedAt: now - visit.ended * MINUTE }
        : { state: 'serving' }),
    });
  }
}
