import { sql } from 'drizzle-orm';
import { at } from '../../booking/store/instants.ts';
import type { Interval } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Bilingual } from '../../platform/problem.ts';

/** How appointments ended, of one office, service and month. */
export interface Counted {
  readonly officeId: string;
  readonly officeName: string;
  readonly serviceId: string;
  readonly serviceName: Bilingual;
  /** `YYYY-MM`. */
  readonly month: string;
  readonly seen: number;
  readonly late: number;
  readonly absent: number;
  readonly excused: number;
  /** Ended without anybody saying how: in no rate. */
  readonly unrecorded: number;
}

const IN_REACH = (window: Interval, officeIds: readonly string[] | undefined) => sql`
  a.starts_at >= ${at(window.start)} and a.starts_at < ${at(window.end)}
  ${officeIds ? sql`and a.office_id = any(${`{${officeIds.join(',')}}`}::uuid[])` : sql``}`;

/** Rows by office, service and month; what the office took away is in none. */
export async function countOutcomes(
  database: Database,
  window: Interval,
  officeIds: readonly string[] | undefined,
): Promise<Counted[]> {
  return rows<Counted>(
    database,
    sql`select o.id as "officeId", o.name as "officeName", s.id as "serviceId", s.name as "serviceName",
        to_char(a.starts_at at time zone 'Europe/Rome', 'YYYY-MM') as month,
        (count(*) filter (where a.state = 'seen'))::int as seen,
        (count(*) filter (where a.state = 'late'))::int as late,
        (count(*) filter (where a.state = 'absent'))::int as absent,
        (count(*) filter (where a.state = 'excused'))::int as excused,
        (count(*) filter (where a.state = 'confirmed'))::int as unrecorded
      from appointment a
      join office o on o.id = a.office_id
      join service s on s.id = a.service_id
      where ${IN_REACH(window, officeIds)}
        and a.state in ('seen', 'late', 'absent', 'excused', 'confirmed')
      group by o.id, s.id, month
      order by o.name, s.position, s.id, month
      limit 20000`,
  );
}

export interface LeadCount {
  /** Index of the first bound that the days from booking to appointment stay under. */
  readonly bucket: number;
  readonly n: number;
  readonly notCome: number;
}

/** How many did not come, by days between booking and appointment; `bounds` in days, ascending. */
export async function countByLead(
  database: Database,
  window: Interval,
  officeIds: readonly string[] | undefined,
  bounds: readonly number[],
): Promise<LeadCount[]> {
  return rows<LeadCount>(
    database,
    sql`select width_bucket(extract(epoch from a.starts_at - a.created_at)::float8 / 86400,
          ${`{${bounds.join(',')}}`}::float8[]) as bucket,
        count(*)::int as n,
        (count(*) filter (where a.state in ('absent', 'excused')))::int as "notCome"
      from appointment a
      where ${IN_REACH(window, officeIds)} and a.state in ('seen', 'late', 'absent', 'excused')
      group by bucket order by bucket`,
  );
}
