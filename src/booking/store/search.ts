import { sql } from 'drizzle-orm';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, preparedRows, statement } from '../../platform/database.ts';
import type { Service } from '../service.ts';
import { at, range } from './instants.ts';

export interface EarliestStart {
  readonly officeId: string;
  readonly start: Instant;
}

/** Instants in seconds, as `to_timestamp` takes them; durations in minutes, the grid in seconds. */
interface EarliestValues {
  readonly office_ids: string;
  readonly skill: string;
  readonly from: number;
  readonly until: number;
  readonly grid: number;
  readonly duration: number;
}

const earliestStatement = statement<{ office_id: string; start: number }, EarliestValues>(
  (value) => {
    const from = sql`to_timestamp(${value('from')}::float8)`;
    const until = sql`to_timestamp(${value('until')}::float8)`;
    const duration = sql`${value('duration')}::int`;
    const grid = sql`${value('grid')}::int`;
    const stretches = sql`unnest(f.free * tstzmultirange(tstzrange(${from}, ${until}))) as stretch`;
    const start = sql`to_timestamp(ceil(extract(epoch from lower(stretch))::float8 / ${grid}) * ${grid})`;
    const fits = sql`${start} + make_interval(mins => ${duration}) <= upper(stretch)`;
    // A subquery rather than a join: the server's plan for any values must not read all the
    // operators of the region for each office.
    const able = sql`(select o.active and o.skills @> array[${value('skill')}::text]
      from operator o where o.id = f.operator_id)`;
    return sql`select wanted.office_id, (extract(epoch from earliest.start) * 1000)::float8 as start
      from unnest(${value('office_ids')}::uuid[]) as wanted (office_id)
      cross join lateral (
        select f.day
        from free_time f
        where f.office_id = wanted.office_id
          and f.longest_minutes > 0 and f.longest_minutes >= ${duration}
          and f.day >= (${from} at time zone 'Europe/Rome')::date
          and f.day <= (${until} at time zone 'Europe/Rome')::date
          and ${able} and exists (select from ${stretches} where ${fits})
        order by f.day
        limit 1
      ) opens
      cross join lateral (
        select min(${start}) as start
        from free_time f cross join lateral ${stretches}
        where f.office_id = wanted.office_id and f.day = opens.day
          and f.longest_minutes > 0 and f.longest_minutes >= ${duration}
          and ${able} and ${fits}
      ) earliest
      order by earliest.start, wanted.office_id`;
  },
);

/**
 * The first real start of each office in `window`, offices without one left out. One statement: for
 * each office the index is read in order of day, full days stepped over, and reading stops at the
 * first day that has a fitting stretch; only the stretches of that day are then compared.
 */
export async function earliestStarts(
  database: Database,
  service: Service,
  officeIds: readonly string[],
  window: Interval,
): Promise<EarliestStart[]> {
  const found = await earliestStatement(database, {
    office_ids: `{${officeIds.join(',')}}`,
    skill: service.skill,
    from: window.start / 1000,
    until: window.end / 1000,
    grid: service.gridMinutes * 60,
    duration: service.durationMinutes + service.bufferMinutes,
  });
  return found.map((row) => ({ officeId: row.office_id, start: row.start }));
}

/** The free stretches of each operator of an office who can do the service, inside `window`. */
export async function freeStretches(
  database: Database,
  service: Service,
  officeId: string,
  window: Interval,
): Promise<Map<string, Interval[]>> {
  const found = await preparedRows<{ operator_id: string; starts: number; ends: number }>(
    database,
    sql`select f.operator_id,
        (extract(epoch from lower(stretch)) * 1000)::float8 as starts,
        (extract(epoch from upper(stretch)) * 1000)::float8 as ends
      from free_time f
      join operator o on o.id = f.operator_id and o.active and o.skills @> array[${service.skill}::text]
      cross join lateral unnest(f.free * tstzmultirange(${range(window)})) as stretch
      where f.office_id = ${officeId}::uuid and f.longest_minutes > 0
        and f.day >= (${at(window.start)} at time zone 'Europe/Rome')::date
        and f.day <= (${at(window.end)} at time zone 'Europe/Rome')::date
      order by f.day, f.operator_id`,
  );
  const byOperator = new Map<string, Interval[]>();
  for (const row of found) {
    const stretches = byOperator.get(row.operator_id) ?? [];
    stretches.push({ start: row.starts, end: row.ends });
    byOperator.set(row.operator_id, stretches);
  }
  return byOperator;
}
