import { sql } from 'drizzle-orm';
import type { Service } from '../../booking/service.ts';
import { FREE_FOR_ALL } from '../../booking/store/limits.ts';
import { toService } from '../../booking/store/services.ts';
import { service } from '../../booking/table.ts';
import { listOffices, type OfficeSummary } from '../../network/store.ts';
import { type Instant, type Interval, MINUTE } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { distanceKm } from '../../reference/distance.ts';
import type { Bench } from '../rules/propose.ts';

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;
const range = ({ start, end }: Interval) => sql`tstzrange(${at(start)}, ${at(end)})`;

/** What time of whom is concerned. */
export interface Scope {
  readonly officeId: string;
  /** Of one operator; of the whole office when absent. */
  readonly operatorId: string | undefined;
  readonly during: Interval;
}

/** An appointment that lies in the time concerned, at least in part. */
export interface Hit {
  readonly id: string;
  readonly state: 'held' | 'confirmed';
  readonly version: number;
  readonly start: Instant;
  readonly end: Instant;
  readonly officeId: string;
  readonly operatorId: string;
  readonly operatorName: string;
  /** Null while a form is filled in. */
  readonly personName: string | null;
  /** Whether a message can reach them. */
  readonly reachable: boolean;
  /** With the appointment's own length. */
  readonly service: Service;
  readonly language: string | undefined;
  readonly promised: boolean;
}

type HitRow = Omit<Hit, 'service' | 'language'> & {
  readonly serviceId: string;
  readonly language: string | null;
};

const HIT = sql`a.id, a.state, a.version,
  (extract(epoch from a.starts_at) * 1000)::float8 as start,
  (extract(epoch from a.ends_at) * 1000)::float8 as end,
  a.office_id as "officeId", a.operator_id as "operatorId",
  o.given_name || ' ' || o.family_name as "operatorName",
  p.given_name || ' ' || p.family_name as "personName",
  a.contact_email is not null as reachable, a.service_id as "serviceId", a.language, a.promised`;

/** Appointments ahead, confirmed or held, that the scope touches; the earliest booked first. */
export async function hitsOf(database: Database, scope: Scope, now: Instant): Promise<Hit[]> {
  const { officeId, operatorId, during } = scope;
  const ofOperator =
    operatorId === undefined
      ? sql``
      : sql`and exists (select from occupied x where x.appointment_id = a.id and x.active
          and x.resource_id = ${operatorId}::uuid)`;
  const found = await rows<HitRow>(
    database,
    sql`select ${HIT}
      from appointment a
      join operator o on o.id = a.operator_id
      left join person p on p.id = a.person_id
      where a.office_id = ${officeId}::uuid and a.state in ('held', 'confirmed')
        and a.starts_at > ${at(now)} and a.starts_at < ${at(during.end)}
        and tstzrange(a.starts_at, a.ends_at) && ${range(during)} ${ofOperator}
      order by a.created_at, a.id`,
  );
  return withServices(database, found);
}

/** Those whom the office owes another time, the earliest booked first; their old time may be past. */
export async function displacedOf(database: Database, officeId: string): Promise<Hit[]> {
  const found = await rows<HitRow>(
    database,
    sql`select ${HIT}
      from appointment a
      join operator o on o.id = a.operator_id
      left join person p on p.id = a.person_id
      where a.office_id = ${officeId}::uuid and a.state = 'displaced'
      order by a.created_at, a.id limit 500`,
  );
  return withServices(database, found);
}

async function withServices(database: Database, found: readonly HitRow[]): Promise<Hit[]> {
  if (found.length === 0) return [];
  const services = new Map((await database.select().from(service)).map((row) => [row.id, row]));
  return found.map(({ serviceId, language, ...row }) => ({
    ...row,
    language: language ?? undefined,
    service: {
      ...toService(services.get(serviceId)!),
      durationMinutes: (row.end - row.start) / MINUTE,
    },
  }));
}

/** Offices looked at besides one's own, and how far away they may be. Ours. */
const NEAR_OFFICES = 3;
const NEAR_KM = 30;

/** The operators of an office and of those near it, with what they have free in `window`. */
export async function benchesAround(
  database: Database,
  office: OfficeSummary,
  window: Interval,
): Promise<Bench[]> {
  const near = (await listOffices(database))
    .map(({ id, point }) => ({ id, km: id === office.id ? 0 : distanceKm(office.point, point) }))
    .filter(({ km }) => km <= NEAR_KM)
    .sort((a, b) => a.km - b.km || a.id.localeCompare(b.id))
    .slice(0, NEAR_OFFICES + 1);
  const away = new Map(near.map(({ id, km }) => [id, km]));
  const found = await rows<Omit<Bench, 'km' | 'free'> & { readonly free: Interval[] }>(
    database,
    sql`select f.operator_id as "operatorId", f.office_id as "officeId",
        to_jsonb(o.skills) as skills, to_jsonb(o.languages) as languages,
        jsonb_agg(jsonb_build_object('start', extract(epoch from lower(stretch)) * 1000,
          'end', extract(epoch from upper(stretch)) * 1000) order by lower(stretch)) as free
      from free_time f
      join operator o on o.id = f.operator_id and o.active
      cross join lateral unnest((${FREE_FOR_ALL}) * tstzmultirange(${range(window)})) as stretch
      where f.office_id in (select unnest(${`{${[...away.keys()].join(',')}}`}::uuid[]))
        and f.longest_minutes > 0
        and f.day >= (${at(window.start)} at time zone 'Europe/Rome')::date
        and f.day <= (${at(window.end)} at time zone 'Europe/Rome')::date
      group by f.operator_id, f.office_id, o.skills, o.languages
      order by f.operator_id`,
  );
  return found.map((bench) => ({ ...bench, km: away.get(bench.officeId)! }));
}

/** Operators of an office, by name, for choosing one. */
export async function operatorsOf(
  database: Database,
  officeId: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  return rows(
    database,
    sql`select id, given_name || ' ' || family_name as name from operator
      where office_id = ${officeId}::uuid and active and bookable
      order by family_name, given_name, id`,
  );
}
