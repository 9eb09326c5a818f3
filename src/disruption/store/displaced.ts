import { eq, sql } from 'drizzle-orm';
import type { AppointmentState } from '../../booking/table.ts';
import { appointment } from '../../booking/table.ts';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;

/** The office takes the time away, or calls the appointment off; the caller gives the time back. */
export async function takeAway(
  transaction: Database,
  id: string,
  change: {
    readonly state: Extract<AppointmentState, 'displaced' | 'revoked'>;
    readonly reason: string;
    readonly now: Instant;
  },
): Promise<void> {
  await transaction
    .update(appointment)
    .set({
      state: change.state,
      cancelReason: change.reason,
      updatedAt: change.now,
      version: sql`${appointment.version} + 1`,
    })
    .where(eq(appointment.id, id));
}

/** What was said of why the time went is no longer true. */
export async function forgetReason(transaction: Database, id: string): Promise<void> {
  await transaction.update(appointment).set({ cancelReason: null }).where(eq(appointment.id, id));
}

/**
 * Displaced appointments whose old time somebody of the office has free again, the earliest booked
 * first; of one office, or of all. Whether that somebody is able, or can take the place of one who
 * is, the caller finds out.
 */
export async function restorable(
  database: Database,
  now: Instant,
  officeId?: string,
): Promise<string[]> {
  const during = sql`tstzrange(a.starts_at - make_interval(mins => s.buffer_before_minutes),
    a.ends_at + make_interval(mins => s.buffer_minutes))`;
  const found = await rows<{ id: string }>(
    database,
    sql`select a.id from (
        select distinct appointment_id from disruption_item where outcome = 'displace'
      ) i
      join appointment a on a.id = i.appointment_id and a.state = 'displaced'
      join service s on s.id = a.service_id
      where a.starts_at > ${at(now)}
        ${officeId === undefined ? sql`` : sql`and a.office_id = ${officeId}::uuid`}
        and exists (
          select from free_time f join operator o on o.id = f.operator_id and o.active
          where f.office_id = a.office_id and f.day = (a.starts_at at time zone 'Europe/Rome')::date
            and f.free && ${during}
            and (not a.promised or f.operator_id = a.operator_id))
      order by a.created_at, a.id
      limit 500`,
  );
  return found.map(({ id }) => id);
}
