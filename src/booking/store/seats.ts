import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import { type Database, preparedRows, rows } from '../../platform/database.ts';
import type { Reseating, Seated, SeatOperator } from '../rules/reseat.ts';
import { appointment, occupied } from '../table.ts';
import { at, range } from './instants.ts';
import { FREE_FOR_ALL } from './limits.ts';

/** Who receives at an office on a day, and what each has taken. */
export interface SeatingPlan {
  readonly operators: readonly SeatOperator[];
  readonly seated: readonly Seated[];
}

/** The day of an office as it stands, nothing locked: good enough to tell that nothing can be done. */
export function readSeatingPlan(
  database: Database,
  officeId: string,
  instant: Instant,
  now: Instant,
): Promise<SeatingPlan> {
  return seatingPlan(database, { officeId, instant, now, lock: sql``, movable: sql`true` });
}

/**
 * The same with its rows locked until the transaction ends. First the appointments, passing over
 * those that somebody is changing: they stay where they are. Then free time, in the order in which
 * everybody locks it. So nobody waits for an appointment while holding free time.
 */
export async function lockSeatingPlan(
  transaction: Database,
  officeId: string,
  instant: Instant,
  now: Instant,
): Promise<SeatingPlan> {
  const locked = await rows<{ id: string }>(
    transaction,
    sql`select a.id from appointment a
      where a.office_id = ${officeId}::uuid and a.state = 'confirmed'
        and a.starts_at >= ${DAY_START(instant)} and a.starts_at < ${DAY_END(instant)}
      order by a.id
      for update of a skip locked`,
  );
  const ids = `{${locked.map(({ id }) => id).join(',')}}`;
  return seatingPlan(transaction, {
    officeId,
    instant,
    now,
    lock: sql`for update of f`,
    movable: sql`a.id = any (${ids}::uuid[])`,
  });
}

const DAY_START = (instant: Instant) =>
  sql`((${at(instant)} at time zone 'Europe/Rome')::date)::timestamp at time zone 'Europe/Rome'`;
const DAY_END = (instant: Instant) =>
  sql`((${at(instant)} at time zone 'Europe/Rome')::date + 1)::timestamp at time zone 'Europe/Rome'`;

async function seatingPlan(
  database: Database,
  wanted: {
    readonly officeId: string;
    readonly instant: Instant;
    readonly now: Instant;
    readonly lock: SQL;
    readonly movable: SQL;
  },
): Promise<SeatingPlan> {
  const { officeId, instant, now } = wanted;
  const day = sql`(${at(instant)} at time zone 'Europe/Rome')::date`;
  const free = await rows<{
    operator_id: string;
    skills: string[];
    languages: string[];
    free: { start: number; end: number }[];
  }>(
    database,
    sql`select f.operator_id, to_jsonb(o.skills) as skills, to_jsonb(o.languages) as languages,
        coalesce((select jsonb_agg(jsonb_build_object('start', extract(epoch from lower(s)) * 1000,
            'end', extract(epoch from upper(s)) * 1000) order by lower(s))
          from unnest(${FREE_FOR_ALL}) as s), '[]') as free
      from free_time f join operator o on o.id = f.operator_id and o.active
      where f.office_id = ${officeId}::uuid and f.day = ${day}
      order by f.operator_id
      ${wanted.lock}`,
  );
  // Appointments of several operators, promised ones and those that began stay where they are. None
  // is longer than eight hours, with buffers of two: those that reach into the day begin near it.
  const seated = await rows<{
    id: string;
    operator_id: string;
    skill: string;
    language: string | null;
    starts: number;
    ends: number;
    movable: boolean;
  }>(
    database,
    sql`select a.id, x.resource_id as operator_id, s.skill, a.language,
        (extract(epoch from lower(x.during)) * 1000)::float8 as starts,
        (extract(epoch from upper(x.during)) * 1000)::float8 as ends,
        (a.state = 'confirmed' and not a.promised and s.operators = 1
          and a.starts_at > ${at(now)} and x.releases_at is null and ${wanted.movable}) as movable
      from appointment a
      join service s on s.id = a.service_id
      join occupied x on x.appointment_id = a.id and x.active
      join operator o on o.id = x.resource_id
      where a.office_id = ${officeId}::uuid
        and a.starts_at >= ${DAY_START(instant)} - interval '10 hours'
        and a.starts_at <= ${DAY_END(instant)} + interval '2 hours'
        and x.during && tstzrange(${DAY_START(instant)}, ${DAY_END(instant)})
      order by a.id`,
  );
  return {
    operators: free.map((row) => ({
      id: row.operator_id,
      skills: row.skills,
      languages: row.languages,
      free: row.free,
    })),
    seated: seated.map((row) => ({
      id: row.id,
      operatorId: row.operator_id,
      skill: row.skill,
      language: row.language ?? undefined,
      during: { start: row.starts, end: row.ends },
      movable: row.movable,
    })),
  };
}

/**
 * Locks every row of free time that a move may touch, the day it leaves and the office's day it goes
 * to, in the order of operator and day: two moves that cross wait, and never for each other.
 */
export async function lockDaysOfMove(
  transaction: Database,
  move: {
    readonly operatorId: string;
    readonly from: Instant;
    readonly officeId: string;
    readonly to: Instant;
  },
): Promise<void> {
  await preparedRows(
    transaction,
    sql`select 1 from free_time f
      where (f.operator_id = ${move.operatorId}::uuid
          and f.day = (${at(move.from)} at time zone 'Europe/Rome')::date)
        or (f.office_id = ${move.officeId}::uuid
          and f.day = (${at(move.to)} at time zone 'Europe/Rome')::date)
      order by f.operator_id, f.day
      for update of f`,
  );
}

/**
 * Gives appointments to other operators at the same hour. The caller derives the days anew. The
 * version stays: nothing that the person was told changes.
 */
export async function changeSeats(
  transaction: Database,
  moves: Reseating['moves'],
  plan: SeatingPlan,
): Promise<void> {
  for (const { id, from } of moves) {
    await transaction
      .delete(occupied)
      .where(and(eq(occupied.appointmentId, id), eq(occupied.resourceId, from)));
  }
  const seats = new Map(plan.seated.map((one) => [one.id, one.during]));
  await transaction.insert(occupied).values(
    moves.map(({ id, to }) => ({
      appointmentId: id,
      resourceId: to,
      during: range(seats.get(id)!),
    })),
  );
  for (const { id, to } of moves) {
    await transaction.update(appointment).set({ operatorId: to }).where(eq(appointment.id, id));
  }
}
