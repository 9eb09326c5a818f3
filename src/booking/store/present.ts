import { eq, sql } from 'drizzle-orm';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { appointment } from '../table.ts';
import { at, range } from './instants.ts';

const ENDS = sql`(extract(epoch from upper(s)) * 1000)::float8 as ends`;

/** Somebody received now, without having booked. */
export interface ReceivedNow {
  readonly id: string;
  readonly code: string;
  readonly serviceId: string;
  readonly officeId: string;
  readonly operatorId: string;
  readonly during: Interval;
  readonly locale: string;
}

/**
 * Takes what the operator has free from now on, at most `during`, for somebody who is received at
 * once: time promised to others stays theirs. @returns whether there was any free time to take
 */
export async function takeFromNow(transaction: Database, taken: ReceivedNow): Promise<boolean> {
  const { start } = taken.during;
  const day = sql`f.operator_id = ${taken.operatorId}::uuid
    and f.day = (${at(start)} at time zone 'Europe/Rome')::date`;
  // Locked by itself: what is read in the same statement could be from before the wait.
  await transaction.execute(sql`select 1 from free_time f where ${day} for update`);
  const [stretch] = await rows<{ ends: number }>(
    transaction,
    sql`select ${ENDS} from free_time f, unnest(f.free * tstzmultirange(${range(taken.during)})) as s
      where ${day} and lower(s) <= ${at(start)}`,
  );
  if (!stretch) return false;
  const during = { start, end: stretch.ends };
  await transaction.insert(appointment).values({
    id: taken.id,
    code: taken.code,
    serviceId: taken.serviceId,
    officeId: taken.officeId,
    operatorId: taken.operatorId,
    startsAt: during.start,
    endsAt: during.end,
    state: 'confirmed',
    locale: taken.locale,
    origin: 'walk-in',
    promised: true,
    createdAt: start,
    updatedAt: start,
  });
  const won = await rows(
    transaction,
    sql`insert into occupied (appointment_id, resource_id, during)
      values (${taken.id}::uuid, ${taken.operatorId}::uuid, ${range(during)})
      on conflict do nothing returning 1`,
  );
  if (won.length === 0) throw new Error('free time disagreed with occupied time');
  await transaction.execute(
    sql`update free_time f set free = f.free - tstzmultirange(${range(during)}) where ${day}`,
  );
  return true;
}

/**
 * Ends an appointment's time at `end`, where it would last longer. The caller derives the days of
 * those returned anew.
 */
export async function endTimeAt(
  transaction: Database,
  appointmentId: string,
  end: Instant,
): Promise<string[]> {
  await transaction.execute(sql`update appointment
    set ends_at = least(ends_at, greatest(${at(end)}, starts_at + interval '1 minute')), updated_at = ${at(end)}
    where id = ${appointmentId}::uuid`);
  const given = await rows<{ resource_id: string }>(
    transaction,
    sql`update occupied
      set during = tstzrange(lower(during), greatest(${at(end)}, lower(during) + interval '1 minute'))
      where appointment_id = ${appointmentId}::uuid and active
        and upper(during) > greatest(${at(end)}, lower(during) + interval '1 minute')
      returning resource_id`,
  );
  return given.map(({ resource_id }) => resource_id);
}

/**
 * Makes an appointment `minutes` longer. @returns whether the time after it was free for all who
 * receive; if not, the caller must let the transaction fail
 */
export async function extendTime(
  transaction: Database,
  appointmentId: string,
  minutes: number,
): Promise<boolean> {
  const held = await rows<{ resource_id: string }>(
    transaction,
    sql`select resource_id from occupied where appointment_id = ${appointmentId}::uuid and active
      order by resource_id for update`,
  );
  const longer = sql`tstzrange(upper(o.during), upper(o.during) + make_interval(mins => ${minutes}))`;
  const taken = await rows(
    transaction,
    sql`update free_time f set free = f.free - tstzmultirange(${longer})
      from occupied o
      where o.appointment_id = ${appointmentId}::uuid and o.active and f.operator_id = o.resource_id
        and f.day = (lower(o.during) at time zone 'Europe/Rome')::date and f.free @> ${longer}
      returning 1`,
  );
  const operators = await rows(
    transaction,
    sql`select 1 from operator where id = any(${`{${held.map((one) => one.resource_id).join(',')}}`}::uuid[])`,
  );
  if (operators.length === 0 || taken.length < operators.length) return false;
  await transaction.execute(sql`update occupied o
    set during = tstzrange(lower(o.during), upper(o.during) + make_interval(mins => ${minutes}))
    where o.appointment_id = ${appointmentId}::uuid and o.active`);
  await transaction.execute(sql`update appointment
    set ends_at = ends_at + make_interval(mins => ${minutes}), version = version + 1
    where id = ${appointmentId}::uuid`);
  return true;
}

/** Forgets an appointment that nobody was ever told of. */
export async function deleteAppointment(transaction: Database, id: string): Promise<void> {
  await transaction.delete(appointment).where(eq(appointment.id, id));
}
