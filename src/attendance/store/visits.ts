import { type SQL, sql } from 'drizzle-orm';
import { at } from '../../booking/store/instants.ts';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Observation } from '../rules/fit-model.ts';
import type { Tally } from '../rules/predict.ts';
import type { Visit } from '../rules/visit.ts';

/** Facts of appointment `a` of service `s`, in the names of {@link Visit}, but for the history. */
const FACTS = sql`
  (extract(epoch from a.starts_at - a.created_at) / 86400)::float8 as "leadDays",
  extract(hour from a.starts_at at time zone 'Europe/Rome')::int as hour,
  extract(isodow from a.starts_at at time zone 'Europe/Rome')::int as weekday,
  s.code as service, a.origin`;

/**
 * How the newest `limit` appointments inside `window` went, oldest first. An absence that was excused
 * is one for the office's day, and none in the person's history.
 */
export async function observationsIn(
  database: Database,
  window: Interval,
  limit: number,
): Promise<Observation[]> {
  const found = await rows<Observation>(
    database,
    sql`with newest as (
        select * from appointment
        where state in ('seen', 'late', 'absent', 'excused')
          and starts_at >= ${at(window.start)} and starts_at < ${at(window.end)}
        order by starts_at desc, id desc limit ${limit}
      )
      select ${FACTS}, a.state in ('seen', 'late') as came,
        coalesce(past.absences, 0) as absences, coalesce(past.attendances, 0) as attendances
      from newest a
      join service s on s.id = a.service_id
      left join lateral (${history(sql`a.person_id`, sql`a.starts_at`)}) past on true
      order by a.starts_at, a.id`,
  );
  return found;
}

/** How often a person came, and did not, before an instant. */
function history(person: SQL, before: SQL): SQL {
  return sql`select (count(*) filter (where h.state = 'absent'))::int as absences,
      (count(*) filter (where h.state in ('seen', 'late')))::int as attendances
    from appointment h
    where h.person_id = ${person} and h.starts_at < ${before}
      and h.state in ('seen', 'late', 'absent')`;
}

export async function historyOf(
  database: Database,
  personId: string,
  before: Instant,
): Promise<Pick<Visit, 'absences' | 'attendances'>> {
  const [found] = await rows<Pick<Visit, 'absences' | 'attendances'>>(
    database,
    history(sql`${personId}::uuid`, at(before)),
  );
  return found!;
}

/** An appointment that people may or may not come to. */
export interface Expected extends Visit {
  readonly id: string;
  readonly officeId: string;
  readonly serviceId: string;
  readonly operatorId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly code: string;
  readonly familyName: string | null;
  readonly givenName: string | null;
  readonly personId: string | null;
  /** Came already. */
  readonly received: boolean;
  /** Booked beyond the places, and holding no time. */
  readonly beyond: boolean;
  /** Whose predicted absence it counts on, when it is. */
  readonly besideId: string | null;
}

/** Open appointments, and those already received, of an office and service inside `window`. */
export async function expectedIn(
  database: Database,
  where: { readonly officeId: string; readonly serviceId?: string; readonly window: Interval },
): Promise<Expected[]> {
  const { officeId, serviceId, window } = where;
  return rows<Expected>(
    database,
    expected(sql`a.office_id = ${officeId}::uuid
      ${serviceId === undefined ? sql`` : sql`and a.service_id = ${serviceId}::uuid`}
      and a.state in ('confirmed', 'seen', 'late')
      and a.starts_at >= ${at(window.start)} and a.starts_at < ${at(window.end)}`),
  );
}

export async function expectedById(database: Database, id: string): Promise<Expected | undefined> {
  const [found] = await rows<Expected>(database, expected(sql`a.id = ${id}::uuid`));
  return found;
}

function expected(where: SQL): SQL {
  return sql`select a.id, a.office_id as "officeId", a.service_id as "serviceId",
      a.operator_id as "operatorId", (extract(epoch from a.starts_at) * 1000)::float8 as "startsAt",
      (extract(epoch from a.ends_at) * 1000)::float8 as "endsAt", a.code,
      p.family_name as "familyName", p.given_name as "givenName", p.id as "personId", ${FACTS},
      coalesce(past.absences, 0) as absences, coalesce(past.attendances, 0) as attendances,
      a.state in ('seen', 'late') as received, b.beside_id as "besideId",
      b.appointment_id is not null
        and not exists (select from occupied x where x.appointment_id = a.id and x.active) as beyond
    from appointment a
    join service s on s.id = a.service_id
    left join person p on p.id = a.person_id
    left join overbooked b on b.appointment_id = a.id
    left join lateral (${history(sql`a.person_id`, sql`a.starts_at`)}) past on true
    where ${where}
    order by a.starts_at, a.id
    limit 2000`;
}

/** Shares of absence since `from`: of an office's service, of the service anywhere, of all. */
export async function tallies(
  database: Database,
  where: { readonly officeId: string; readonly serviceId: string; readonly from: Instant },
): Promise<{ own: Tally; service: Tally; all: Tally }> {
  const { officeId, serviceId, from } = where;
  const [found] = await rows<Record<'own' | 'service' | 'all', Tally>>(
    database,
    sql`select ${tally(sql`office_id = ${officeId}::uuid and service_id = ${serviceId}::uuid`)} as own,
        ${tally(sql`service_id = ${serviceId}::uuid`)} as service, ${tally(sql`true`)} as "all"
      from appointment
      where state in ('seen', 'late', 'absent', 'excused') and starts_at >= ${at(from)}`,
  );
  return found!;
}

const tally = (of: SQL) => sql`jsonb_build_object('n', count(*) filter (where ${of}),
  'notCome', count(*) filter (where ${of} and state in ('absent', 'excused')))`;
