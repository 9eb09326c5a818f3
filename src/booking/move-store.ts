import { eq, sql } from 'drizzle-orm';
import type { Instant, Interval } from '../platform/clock.ts';
import { type Database, rows } from '../platform/database.ts';
import { appointment, occupied } from './table.ts';

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;
const range = (interval: Interval) => sql`tstzrange(${at(interval.start)}, ${at(interval.end)})`;

/** What an appointment is moved to. */
export interface Move {
  readonly id: string;
  readonly officeId: string;
  readonly skill: string;
  readonly during: Interval;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Keeps the appointment when free: nobody changes person without need. */
  readonly operatorId: string;
  readonly now: Instant;
}

/** Lets go of the time an appointment holds, inside the transaction that finds it another. */
export async function releaseTime(transaction: Database, id: string): Promise<void> {
  await transaction.delete(occupied).where(eq(occupied.appointmentId, id));
}

/**
 * Takes new time for an appointment whose old time was let go in this transaction: the operator it
 * had if free, else the one whose stretch fits tightest. @returns whether anybody is free
 */
export async function takeNewTime(transaction: Database, move: Move): Promise<boolean> {
  const during = range(move.during);
  const [taken] = await rows<{ operator_id: string }>(
    transaction,
    sql`with candidate as (
        select f.operator_id, f.day
        from free_time f
        join operator o on o.id = f.operator_id and o.active and o.skills @> array[${move.skill}::text]
        where f.office_id = ${move.officeId}::uuid
          and f.day = (${at(move.during.start)} at time zone 'Europe/Rome')::date
          and f.longest_minutes > 0
          and f.free @> ${during}
        order by f.operator_id <> ${move.operatorId}::uuid, (
            select upper(stretch) - lower(stretch) from unnest(f.free) as stretch where stretch @> ${during}
          ), f.operator_id
        limit 1
        for update of f
      ), claimed as (
        update free_time f set free = f.free - tstzmultirange(${during})
        from candidate c
        where f.operator_id = c.operator_id and f.day = c.day
        returning f.operator_id
      )
      insert into occupied (appointment_id, resource_id, during)
      select ${move.id}::uuid, operator_id, ${during} from claimed
      on conflict do nothing
      returning resource_id as operator_id`,
  );
  if (!taken) return false;
  await transaction
    .update(appointment)
    .set({
      officeId: move.officeId,
      operatorId: taken.operator_id,
      startsAt: move.startsAt,
      endsAt: move.endsAt,
      updatedAt: move.now,
      version: sql`${appointment.version} + 1`,
    })
    .where(eq(appointment.id, move.id));
  return true;
}
