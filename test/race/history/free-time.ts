import { sql } from 'drizzle-orm';
import type { IsoDate } from '../../../src/platform/clock.ts';
import { type Database, rows } from '../../../src/platform/database.ts';
import type { Span } from './record.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** An operator's day as the service keeps it, and what it should follow from. */
export interface OperatorDay {
  readonly operatorId: string;
  /** `YYYY-MM-DD` in Rome. */
  readonly day: string;
  readonly free: readonly Span[];
  readonly open: readonly Span[];
  readonly closed: readonly Span[];
  readonly occupied: readonly Span[];
}

/**
 * Days whose kept free time is not openings minus closures minus occupied time. Reckoned minute by
 * minute, which knows nothing of ranges: slow, and hard to get wrong.
 */
export function freeTimeFaults(days: readonly OperatorDay[]): string[] {
  return days.flatMap(({ operatorId, day, free, open, closed, occupied }) => {
    const wrong: string[] = [];
    const noon = Date.parse(`${day}T12:00:00Z`);
    for (let minute = noon - DAY; minute < noon + DAY; minute += MINUTE) {
      const within = (spans: readonly Span[]) =>
        spans.some(([from, to]) => from <= minute && minute < to);
      if (within(free) !== (within(open) && !within(closed) && !within(occupied)))
        wrong.push(new Date(minute).toISOString());
    }
    if (wrong.length === 0) return [];
    return [`free time of ${operatorId} on ${day} is wrong in ${wrong.length} min, ${wrong[0]} …`];
  });
}

/**
 * Reads every kept day from one on with the tables it follows from: time that is past is nobody's any
 * more, and not kept right. Weekly hours in Rome's wall time are made instants by PostgreSQL; public
 * holidays are given, as `YYYY-MM-DD`.
 */
export async function operatorDays(
  database: Database,
  holidays: readonly string[],
  from: IsoDate,
): Promise<OperatorDay[]> {
  const spans = (from: ReturnType<typeof sql>, column: ReturnType<typeof sql>) => sql`(
    select coalesce(jsonb_agg(jsonb_build_array(extract(epoch from lower(${column})) * 1000,
      extract(epoch from upper(${column})) * 1000)), '[]') ${from})`;
  const found = await rows<{
    operator_id: string;
    day: string;
    free: Span[];
    open: Span[];
    closed: Span[];
    occupied: Span[];
  }>(
    database,
    sql`select f.operator_id, f.day::text,
        ${spans(sql`from unnest(f.free) as s`, sql`s`)} as free,
        ${spans(
          sql`from opening w, tstzrange((f.day + w.starts) at time zone 'Europe/Rome',
              (f.day + w.ends) at time zone 'Europe/Rome') as s
            where w.office_id = f.office_id and w.weekday = extract(isodow from f.day)
              and w.valid_from <= f.day and (w.valid_to is null or f.day <= w.valid_to)
              and f.day::text <> all (${`{${holidays.join(',')}}`}::text[])
              and case when w.operator_id is null
                then not exists (select from opening own where own.operator_id = f.operator_id)
                else w.operator_id = f.operator_id end`,
          sql`s`,
        )} as open,
        ${spans(
          sql`from closure c where c.office_id = f.office_id
            and (c.operator_id is null or c.operator_id = f.operator_id)
            and c.during && tstzrange(f.day - interval '1 day', f.day + interval '2 days')`,
          sql`c.during`,
        )} as closed,
        ${spans(
          sql`from occupied o where o.resource_id = f.operator_id and o.active
            and o.during && tstzrange(f.day - interval '1 day', f.day + interval '2 days')`,
          sql`o.during`,
        )} as occupied
      from free_time f where f.day >= ${from}::date`,
  );
  return found.map(({ operator_id, ...day }) => ({ operatorId: operator_id, ...day }));
}
