import { type SQL, sql } from 'drizzle-orm';
import { at } from '../../booking/store/instants.ts';
import type { Interval } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Bilingual } from '../../platform/problem.ts';
import type { Grouping } from '../rules/grouping.ts';

/** What became of the appointments that began in a stretch of time, or of one service. */
export interface Appointments {
  /** A service's id, or the first day of the stretch. */
  readonly key: string;
  readonly booked: number;
  readonly served: number;
  readonly late: number;
  readonly absent: number;
  readonly excused: number;
  readonly unrecorded: number;
  readonly cancelled: number;
  /** Cancelled or displaced by the office. */
  readonly byOffice: number;
  /** Median days from booking to appointment, of those that were not cancelled. */
  readonly leadDays: number | null;
  /** Minutes of appointments that were not cancelled. */
  readonly minutes: number;
}

/** What became of those who were at the office. */
export interface Visits {
  readonly key: string;
  readonly visits: number;
  readonly withoutBooking: number;
  /** Went away, or did not come when called. */
  readonly gone: number;
  /** Minutes from arrival to being received. */
  readonly waitMedian: number | null;
  readonly waitNinth: number | null;
  /** Minutes from the booked hour, or the arrival after it, to being received. */
  readonly delayMedian: number | null;
  /** Operators who received somebody. */
  readonly operators: number;
}

const dayOf = (column: SQL) => sql`(${column} at time zone 'Europe/Rome')`;

/** Everything in one row where nothing is said. */
const keyOf = (by: Grouping | undefined, service: SQL, start: SQL) => {
  if (by === undefined) return sql`'total'`;
  return by === 'service'
    ? sql`${service}::text`
    : sql`date_trunc(${by}::text, ${dayOf(start)})::date::text`;
};

export async function countAppointments(
  database: Database,
  officeId: string,
  window: Interval,
  by?: Grouping,
): Promise<Appointments[]> {
  return rows<Appointments>(
    database,
    sql`select ${keyOf(by, sql`a.service_id`, sql`a.starts_at`)} as key,
        count(*)::int as booked,
        (count(*) filter (where a.state in ('seen', 'late')))::int as served,
        (count(*) filter (where a.state = 'late'))::int as late,
        (count(*) filter (where a.state = 'absent'))::int as absent,
        (count(*) filter (where a.state = 'excused'))::int as excused,
        (count(*) filter (where a.state = 'confirmed'))::int as unrecorded,
        (count(*) filter (where a.state = 'cancelled'))::int as cancelled,
        (count(*) filter (where a.state in ('revoked', 'displaced')))::int as "byOffice",
        (percentile_cont(0.5) within group (order by extract(epoch from a.starts_at - a.created_at))
          filter (where a.state not in ('cancelled', 'revoked', 'displaced')) / 86400)::float8 as "leadDays",
        coalesce(sum(extract(epoch from a.ends_at - a.starts_at) / 60)
          filter (where a.state not in ('cancelled', 'revoked', 'displaced')), 0)::float8 as minutes
      from appointment a
      where a.office_id = ${officeId}::uuid and a.starts_at >= ${at(window.start)}
        and a.starts_at < ${at(window.end)} and a.state not in ('held', 'expired')
        and a.origin <> 'walk-in'
      group by 1 order by 1`,
  );
}

export async function countVisits(
  database: Database,
  officeId: string,
  window: Interval,
  by?: Grouping,
): Promise<Visits[]> {
  const minutes = (from: SQL) => sql`extract(epoch from t.served_at - ${from}) / 60`;
  const quantile = (share: number, of: SQL, where: SQL) =>
    sql`(percentile_cont(${share}::float8) within group (order by ${of}) filter (where ${where}))::float8`;
  const received = sql`t.served_at is not null`;
  return rows<Visits>(
    database,
    sql`select ${keyOf(by, sql`t.service_id`, sql`t.arrived_at`)} as key, count(*)::int as visits,
        (count(*) filter (where t.series = 'A'))::int as "withoutBooking",
        (count(*) filter (where t.state in ('skipped', 'left')))::int as gone,
        ${quantile(0.5, minutes(sql`t.arrived_at`), received)} as "waitMedian",
        ${quantile(0.9, minutes(sql`t.arrived_at`), received)} as "waitNinth",
        ${quantile(0.5, minutes(sql`greatest(t.due_at, t.arrived_at)`), sql`${received} and t.due_at is not null`)} as "delayMedian",
        (count(distinct t.operator_id) filter (where ${received}))::int as operators
      from ticket t
      where t.office_id = ${officeId}::uuid and t.arrived_at >= ${at(window.start)}
        and t.arrived_at < ${at(window.end)}
      group by 1 order by 1`,
  );
}

export async function servicesByKey(database: Database): Promise<Map<string, Bilingual>> {
  const found = await rows<{ id: string; name: Bilingual }>(
    database,
    sql`select id, name from service`,
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** Operators who receive by appointment at an office. */
export async function receiversOf(database: Database, officeId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    database,
    sql`select id from operator where office_id = ${officeId}::uuid and active and bookable`,
  );
  return found.map(({ id }) => id);
}
