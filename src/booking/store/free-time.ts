import { sql } from 'drizzle-orm';
import type { LimitedStretch } from '../../network/rules/openings.ts';
import type { Interval, IsoDate } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { multirangeText } from './instants.ts';
import { limitsJson } from './limits.ts';

/** Operators who keep the same hours, and when those are, before what is occupied is taken. */
export interface Hours {
  readonly operators: readonly { readonly operatorId: string; readonly officeId: string }[];
  readonly days: readonly {
    readonly day: IsoDate;
    readonly open: readonly Interval[];
    readonly limits: readonly LimitedStretch[];
  }[];
}

/**
 * Locks days of operators, in the order in which everybody locks them. Before hours and occupied time
 * are read: whoever is changing them is either done and seen, or waits.
 */
export async function lockDays(
  transaction: Database,
  operatorIds: readonly string[],
  days: readonly IsoDate[],
): Promise<void> {
  await rows(
    transaction,
    sql`select 1 from free_time f
      where f.operator_id in (select unnest(${`{${operatorIds.join(',')}}`}::uuid[]))
        and f.day in (select unnest(${`{${days.join(',')}}`}::date[]))
      order by f.operator_id, f.day
      for update of f`,
  );
}

/**
 * Derives free time anew for each operator and day: what is open minus what is occupied. The caller
 * has locked the days before it read the hours.
 */
export async function rebuildHours(transaction: Database, groups: readonly Hours[]): Promise<void> {
  const operators = JSON.stringify(
    groups.flatMap(({ operators }, hours) =>
      operators.map((o) => ({ operator_id: o.operatorId, office_id: o.officeId, hours })),
    ),
  );
  const days = JSON.stringify(
    groups.flatMap(({ days }, hours) =>
      days.map(({ day, open, limits }) => ({
        hours,
        day,
        open: multirangeText(open),
        limits: limitsJson(limits),
      })),
    ),
  );
  const wanted = sql`(
      select o.operator_id, o.office_id, d.day, d.open, nullif(d.limits, 'null'::jsonb) as limits
      from jsonb_to_recordset(${operators}::jsonb) as o (operator_id uuid, office_id uuid, hours integer)
      join jsonb_to_recordset(${days}::jsonb) as d (hours integer, day date, open tstzmultirange, limits jsonb) using (hours)
    )`;
  await transaction.execute(sql`
    with wanted as materialized ${wanted},
    span as (
      select tstzrange(
        min(day)::timestamp at time zone 'Europe/Rome',
        (max(day) + 1)::timestamp at time zone 'Europe/Rome'
      ) as whole
      from wanted
    ),
    busy as materialized (
      select o.resource_id as operator_id, (lower(o.during) at time zone 'Europe/Rome')::date as day,
        range_agg(o.during) as taken
      from occupied o, span
      where o.active and o.during && span.whole
        and o.resource_id in (select operator_id from wanted)
      group by 1, 2
    )
    insert into free_time as f (operator_id, day, office_id, free, limits)
    select w.operator_id, w.day, w.office_id, w.open - coalesce(b.taken, '{}'::tstzmultirange), w.limits
    from wanted w
    left join busy b using (operator_id, day)
    left join free_time kept using (operator_id, day)
    where not isempty(w.open) or kept.operator_id is not null
    order by w.operator_id, w.day
    on conflict (operator_id, day) do update set free = excluded.free, office_id = excluded.office_id,
        limits = excluded.limits
      where f.free <> excluded.free or f.office_id <> excluded.office_id
        or f.limits is distinct from excluded.limits`);
}

/** The last day that free time is kept for. */
export async function lastFreeDay(database: Database): Promise<IsoDate | undefined> {
  const [found] = await rows<{ day: IsoDate | null }>(
    database,
    sql`select max(day)::text as day from free_time`,
  );
  return found?.day ?? undefined;
}

/** Days that free time is kept for but that ended: nobody can book them any more. */
export async function forgetDaysBefore(database: Database, day: IsoDate): Promise<void> {
  await rows(database, sql`delete from free_time where day < ${day}::date`);
}

/** Free time of operators, or of whole offices, that no longer receive by appointment. */
export async function forgetThoseWhoDoNotReceive(database: Database): Promise<void> {
  await rows(
    database,
    sql`delete from free_time f using operator o, office k
      where o.id = f.operator_id and k.id = o.office_id
        and not (o.active and o.bookable and k.active)`,
  );
}
