import { sql } from 'drizzle-orm';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, preparedRows } from '../../platform/database.ts';
import type { Service } from '../service.ts';
import { at, range } from './instants.ts';

export interface EarliestStart {
  readonly officeId: string;
  readonly start: Instant;
}

/**
 * The first real start of each office in `window`, offices without one left out. One statement: for
 * each office the index is read in order of day, full days stepped over, and reading stops at the
 * first day that has a fitting stretch.
 */
export async function earliestStarts(
  database: Database,
  service: Service,
  officeIds: readonly string[],
  window: Interval,
): Promise<EarliestStart[]> {
  const duration = service.durationMinutes + service.bufferMinutes;
  const grid = service.gridMinutes * 60;
  const found = await preparedRows<{ office_id: string; start: number }>(
    database,
    sql`select wanted.office_id, (extract(epoch from first.start) * 1000)::float8 as start
      from unnest(${sql.param(`{${officeIds.join(',')}}`)}::uuid[]) as wanted (office_id)
      cross join lateral (
        select f.day, slot.start
        from free_time f
        join operator o on o.id = f.operator_id and o.active and o.skills @> array[${service.skill}::text]
        cross join lateral unnest(f.free * tstzmultirange(${range(window)})) as stretch
        cross join lateral (
          select to_timestamp(ceil(extract(epoch from lower(stretch)) / ${grid}::int) * ${grid}::int) as start
        ) slot
        where f.office_id = wanted.office_id
          and f.longest_minutes > 0 and f.longest_minutes >= ${duration}::int
          and f.day >= (${at(window.start)} at time zone 'Europe/Rome')::date
          and f.day <= (${at(window.end)} at time zone 'Europe/Rome')::date
          and slot.start + make_interval(mins => ${duration}::int) <= upper(stretch)
        order by f.day, slot.start
        limit 1
      ) first
      order by first.start, wanted.office_id`,
  );
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
