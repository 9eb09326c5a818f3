import { sql } from 'drizzle-orm';
import { type Instant, type Interval, MINUTE } from '../../platform/clock.ts';
import { type Database, preparedRows, statement } from '../../platform/database.ts';
import { finestGrid } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { at, range } from './instants.ts';
import { freeFor, seenSeconds } from './limits.ts';

export interface EarliestStart {
  readonly officeId: string;
  readonly start: Instant;
}

/** Whose free time is asked for, besides having the service's skill. */
export interface Among {
  /** Nobody but this operator. */
  readonly operatorId?: string;
  /** ISO 639-1; the operator must speak it. */
  readonly language?: string;
  /** When the public asks: what is kept for the staff is not theirs. The staff when absent. */
  readonly publicAt?: Instant | undefined;
  /** Of {@link wasteTable}: only starts that break days up least, where the service wants it. */
  readonly compactBy?: readonly number[] | undefined;
  /** An appointment or a hold of the asker's own: the time it takes counts as free for them. */
  readonly yielding?: string;
}

/** Instants in seconds, as `to_timestamp` takes them; duration and grid in minutes. */
interface EarliestValues {
  readonly office_ids: string;
  readonly skill: string;
  readonly from: number;
  readonly until: number;
  readonly grid: number;
  readonly before: number;
  readonly rest: number;
  readonly operator_id: string | null;
  readonly language: string | null;
  readonly seen: number;
}

const earliestStatement = statement<{ office_id: string; start: number }, EarliestValues>(
  (value) => {
    const from = sql`to_timestamp(${value('from')}::float8)`;
    const until = sql`to_timestamp(${value('until')}::float8)`;
    const before = sql`${value('before')}::int`;
    const rest = sql`${value('rest')}::int`;
    const step = sql`make_interval(mins => ${value('grid')}::int)`;
    const mine = freeFor(sql`${value('skill')}::text`, sql`${value('seen')}::float8`);
    const stretches = sql`unnest(${mine}) as stretch`;
    // The next on the grid, in whole microseconds: an epoch is a numeric, and twice as slow.
    const ready = sql`greatest(lower(stretch) + make_interval(mins => ${before}), ${from})`;
    const start = sql`date_bin(${step}, ${ready} - interval '1 microsecond', timestamptz '2000-01-01 00:00Z') + ${step}`;
    const fits = sql`${start} + make_interval(mins => ${rest}) <= upper(stretch) and ${start} < ${until}`;
    // A subquery rather than a join: the server's plan for any values must not read all the
    // operators of the region for each office.
    const able = sql`(select o.active and o.skills @> array[${value('skill')}::text]
        and (${value('language')}::text is null or o.languages @> array[${value('language')}::text])
      from operator o where o.id = f.operator_id)
      and (${value('operator_id')}::uuid is null or f.operator_id = ${value('operator_id')}::uuid)`;
    const long = sql`f.longest_minutes > 0 and f.longest_minutes >= ${before} + ${rest}`;
    return sql`select wanted.office_id, (extract(epoch from earliest.start) * 1000)::float8 as start
      from unnest(${value('office_ids')}::uuid[]) as wanted (office_id)
      cross join lateral (
        select f.day
        from free_time f
        where f.office_id = wanted.office_id and ${long}
          and f.day >= (${from} at time zone 'Europe/Rome')::date
          and f.day <= (${until} at time zone 'Europe/Rome')::date
          and ${able} and exists (select from ${stretches} where ${fits})
        order by f.day
        limit 1
      ) opens
      cross join lateral (
        select min(${start}) as start
        from free_time f cross join lateral ${stretches}
        where f.office_id = wanted.office_id and f.day = opens.day and ${long} and ${able} and ${fits}
      ) earliest
      order by earliest.start, wanted.office_id`;
  },
);

/**
 * The first real start of each office in `window`, offices without one left out. One statement: for
 * each office the index is read in order of day, full days stepped over, and reading stops at the
 * first day that has a fitting stretch; only the stretches of that day are then compared. Of
 * services that take one operator and no room; for the others see `joint-starts`.
 */
export async function earliestStarts(
  database: Database,
  service: Service,
  officeIds: readonly string[],
  window: Interval,
  among: Among = {},
): Promise<EarliestStart[]> {
  const found = await earliestStatement(database, {
    office_ids: `{${officeIds.join(',')}}`,
    skill: service.skill,
    from: window.start / 1000,
    until: window.end / 1000,
    grid: finestGrid(service),
    before: service.bufferBeforeMinutes,
    rest: service.durationMinutes + service.bufferMinutes,
    operator_id: among.operatorId ?? null,
    language: among.language ?? null,
    seen: seenSeconds(among.publicAt),
  });
  return found.map((row) => ({ officeId: row.office_id, start: row.start }));
}

/**
 * The free stretches of each operator of an office who can do the service, that starts inside
 * `window` may need: those include the buffer before the first and all of the last.
 */
export async function freeStretches(
  database: Database,
  service: Service,
  officeId: string,
  window: Interval,
  among: Among = {},
): Promise<Map<string, Interval[]>> {
  const needed = {
    start: window.start - service.bufferBeforeMinutes * MINUTE,
    end: window.end + (service.durationMinutes + service.bufferMinutes) * MINUTE,
  };
  const { yielding } = among;
  const free =
    yielding === undefined
      ? sql`f.free`
      : sql`(f.free + coalesce((select range_agg(x.during) from occupied x
          where x.appointment_id = ${yielding}::uuid and x.resource_id = f.operator_id and x.active), '{}'))`;
  const mine = freeFor(
    sql`${service.skill}::text`,
    sql`${seenSeconds(among.publicAt)}::float8`,
    free,
  );
  const open = yielding === undefined ? sql`f.longest_minutes > 0` : sql`true`;
  const found = await preparedRows<{ operator_id: string; starts: number; ends: number }>(
    database,
    sql`select f.operator_id,
        (extract(epoch from lower(stretch)) * 1000)::float8 as starts,
        (extract(epoch from upper(stretch)) * 1000)::float8 as ends
      from free_time f
      cross join lateral unnest((${mine}) * tstzmultirange(${range(needed)})) as stretch
      where f.office_id = ${officeId}::uuid and ${open}
        and (select o.active and o.skills @> array[${service.skill}::text]
            and (${among.language ?? null}::text is null or o.languages @> array[${among.language ?? null}::text])
          from operator o where o.id = f.operator_id)
        and f.day >= (${at(needed.start)} at time zone 'Europe/Rome')::date
        and f.day <= (${at(needed.end)} at time zone 'Europe/Rome')::date
        and (${among.operatorId ?? null}::uuid is null or f.operator_id = ${among.operatorId ?? null}::uuid)
      order by f.day, f.operator_id`,
  );
  return byKey(found.map((row) => [row.operator_id, { start: row.starts, end: row.ends }]));
}

/** When each desk or room of a kind is taken, at one office, inside `window`; those wholly free too. */
export async function takenRooms(
  database: Database,
  kind: string,
  officeId: string,
  window: Interval,
  { yielding }: Among = {},
): Promise<Map<string, Interval[]>> {
  const found = await preparedRows<{ id: string; starts: number | null; ends: number | null }>(
    database,
    sql`select r.id,
        (extract(epoch from lower(o.during)) * 1000)::float8 as starts,
        (extract(epoch from upper(o.during)) * 1000)::float8 as ends
      from resource r
      left join occupied o on o.resource_id = r.id and o.active and o.during && ${range(window)}
        and o.appointment_id is distinct from ${yielding ?? null}::uuid
      where r.office_id = ${officeId}::uuid and r.kind = ${kind} and r.active
      order by r.id, lower(o.during)`,
  );
  return byKey(
    found.map((row) => [
      row.id,
      row.starts === null || row.ends === null ? undefined : { start: row.starts, end: row.ends },
    ]),
  );
}

function byKey(
  found: readonly (readonly [string, Interval | undefined])[],
): Map<string, Interval[]> {
  const gathered = new Map<string, Interval[]>();
  for (const [key, interval] of found) {
    const list = gathered.get(key) ?? [];
    if (interval) list.push(interval);
    gathered.set(key, list);
  }
  return gathered;
}
