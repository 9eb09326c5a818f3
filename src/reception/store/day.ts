import { sql } from 'drizzle-orm';
import { at } from '../../booking/store/instants.ts';
import { hoursOf } from '../../network/rules/openings.ts';
import { receivingOperators } from '../../network/store.ts';
import { DAY, type Instant, type Interval, type IsoDate, midnight } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';

/** An operator of an office on a day: what they can do and when they receive. */
export interface DutyOperator {
  readonly operatorId: string;
  readonly name: string;
  readonly skills: readonly string[];
  readonly open: readonly Interval[];
}

/** Who receives at an office on a day. */
export async function operatorsOn(
  database: Database,
  officeId: string,
  day: IsoDate,
): Promise<DutyOperator[]> {
  const staff = await rows<{ id: string; name: string; skills: string[] }>(
    database,
    sql`select id, given_name || ' ' || family_name as name, skills from operator
      where office_id = ${officeId}::uuid and active and bookable order by id`,
  );
  if (staff.length === 0) return [];
  const start = midnight(day);
  const schedules = await receivingOperators(
    database,
    { start: start - DAY, end: start + 2 * DAY },
    staff.map(({ id }) => id),
  );
  const here = schedules.filter((one) => one.officeId === officeId);
  const byId = new Map(here.map((one) => [one.operatorId, one]));
  return staff.flatMap(({ id, name, skills }) => {
    const schedule = byId.get(id);
    return schedule ? [{ operatorId: id, name, skills, open: hoursOf(schedule)(day) }] : [];
  });
}

/** An appointment of the day that somebody is still expected for. */
export interface Expected {
  readonly id: string;
  readonly operatorId: string;
  readonly during: Interval;
}

/**
 * Time of a day's operators that is taken for somebody who has not been received yet: bookings and
 * starts being booked. What walk-ins take is told by their tickets.
 */
export async function expectedOn(
  database: Database,
  officeId: string,
  window: { readonly start: Instant; readonly end: Instant },
): Promise<Expected[]> {
  const found = await rows<{ id: string; operator_id: string; starts: number; ends: number }>(
    database,
    sql`select a.id, o.resource_id as operator_id,
        (extract(epoch from a.starts_at) * 1000)::float8 as starts,
        (extract(epoch from upper(o.during)) * 1000)::float8 as ends
      from appointment a
      join occupied o on o.appointment_id = a.id and o.active
      join operator p on p.id = o.resource_id
      where a.office_id = ${officeId}::uuid and a.state in ('confirmed', 'held')
        and a.origin <> 'walk-in'
        and a.starts_at >= ${at(window.start)} and a.starts_at < ${at(window.end)}
      order by a.starts_at`,
  );
  return found.map((row) => ({
    id: row.id,
    operatorId: row.operator_id,
    during: { start: row.starts, end: row.ends },
  }));
}
