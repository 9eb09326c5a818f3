import { sql } from 'drizzle-orm';
import { hoursOf } from '../../network/rules/openings.ts';
import type { Owner } from '../../network/series-store.ts';
import { receivingOperators } from '../../network/store.ts';
import { DAY, dayOf, type Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';

export interface Seated {
  readonly id: string;
  readonly officeId: string;
  readonly operatorId: string;
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * Appointments ahead, confirmed or held, whose operator does not receive at their office then: hours
 * changed, a day was dropped, or the operator went elsewhere. Buffers may lie outside the hours.
 * @param wanted appointments of owners, or one appointment
 */
export async function straysOf(
  database: Database,
  wanted: readonly Owner[] | { readonly appointmentId: string },
  now: Instant,
): Promise<Set<string>> {
  return outsideHours(database, await seatedAhead(database, wanted, now));
}

/** Which of them lie, in part at least, outside the hours that the operator keeps at the office. */
export async function outsideHours(
  database: Database,
  seated: readonly Seated[],
): Promise<Set<string>> {
  const strays = new Set<string>();
  if (seated.length === 0) return strays;
  const operatorIds = [...new Set(seated.map(({ operatorId }) => operatorId))];
  const starts = seated.map(({ start }) => start);
  const schedules = await receivingOperators(
    database,
    { start: Math.min(...starts) - DAY, end: Math.max(...starts) + 2 * DAY },
    operatorIds,
  );
  const openOf = new Map(
    schedules.map((one) => [`${one.operatorId} ${one.officeId}`, hoursOf(one)]),
  );
  for (const { id, operatorId, officeId, start, end } of seated) {
    const open = openOf.get(`${operatorId} ${officeId}`)?.(dayOf(start)) ?? [];
    if (!open.some((one) => one.start <= start && end <= one.end)) strays.add(id);
  }
  return strays;
}

async function seatedAhead(
  database: Database,
  wanted: readonly Owner[] | { readonly appointmentId: string },
  now: Instant,
): Promise<Seated[]> {
  const whose =
    'appointmentId' in wanted
      ? sql`a.id = ${wanted.appointmentId}::uuid`
      : sql`exists (
          select from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
            as w("officeId" uuid, "operatorId" uuid)
          where w."officeId" = a.office_id
            and (w."operatorId" is null or w."operatorId" = x.resource_id))`;
  return rows<Seated>(
    database,
    sql`select a.id, a.office_id as "officeId", x.resource_id as "operatorId",
        (extract(epoch from a.starts_at) * 1000)::float8 as start,
        (extract(epoch from a.ends_at) * 1000)::float8 as end
      from appointment a
      join occupied x on x.appointment_id = a.id and x.active
      join operator o on o.id = x.resource_id
      where a.state in ('held', 'confirmed') and a.starts_at > to_timestamp(${now / 1000}::float8)
        and ${whose}`,
  );
}
