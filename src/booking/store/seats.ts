import { and, eq, sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Reseating, Seated, SeatOperator } from '../rules/reseat.ts';
import { appointment, occupied } from '../table.ts';
import { at, range } from './instants.ts';

/** Who receives at an office on a day, and what each has taken. */
export interface SeatingPlan {
  readonly operators: readonly SeatOperator[];
  readonly seated: readonly Seated[];
}

/**
 * The day of an office as it can be re-seated, its free time locked until the transaction ends.
 * Appointments of several operators, promised ones and those that began stay where they are.
 */
export async function lockSeatingPlan(
  transaction: Database,
  officeId: string,
  instant: Instant,
  now: Instant,
): Promise<SeatingPlan> {
  const day = sql`(${at(instant)} at time zone 'Europe/Rome')::date`;
  const free = await rows<{
    operator_id: string;
    skills: string[];
    languages: string[];
    free: { start: number; end: number }[];
  }>(
    transaction,
    sql`select f.operator_id, to_jsonb(o.skills) as skills, to_jsonb(o.languages) as languages,
        coalesce((select jsonb_agg(jsonb_build_object('start', extract(epoch from lower(s)) * 1000,
            'end', extract(epoch from upper(s)) * 1000) order by lower(s))
          from unnest(f.free) as s), '[]') as free
      from free_time f join operator o on o.id = f.operator_id and o.active
      where f.office_id = ${officeId}::uuid and f.day = ${day}
      order by f.operator_id
      for update of f`,
  );
  const seated = await rows<{
    id: string;
    operator_id: string;
    skill: string;
    language: string | null;
    starts: number;
    ends: number;
    movable: boolean;
  }>(
    transaction,
    sql`select a.id, x.resource_id as operator_id, s.skill, a.language,
        (extract(epoch from lower(x.during)) * 1000)::float8 as starts,
        (extract(epoch from upper(x.during)) * 1000)::float8 as ends,
        (a.state in ('held', 'confirmed') and not a.promised and s.operators = 1
          and a.starts_at > ${at(now)} and x.releases_at is null) as movable
      from appointment a
      join service s on s.id = a.service_id
      join occupied x on x.appointment_id = a.id and x.active
      where a.office_id = ${officeId}::uuid
        and x.during && tstzrange(${day}::timestamp at time zone 'Europe/Rome', (${day} + 1)::timestamp at time zone 'Europe/Rome')
        and x.resource_id in (select operator_id from free_time f where f.office_id = ${officeId}::uuid and f.day = ${day})
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
