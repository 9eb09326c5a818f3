import { and, asc, eq, sql } from 'drizzle-orm';
import { person } from '../identity/table.ts';
import { office, operator } from '../network/table.ts';
import type { Instant, Interval, IsoDate } from '../platform/clock.ts';
import { type Database, preparedRows, rows } from '../platform/database.ts';
import { isLocale, type Locale } from '../platform/locale.ts';
import { occupiedTime } from './rules/starts.ts';
import type { Service, ServiceAudience, ServiceMode } from './service.ts';
import { type AppointmentState, appointment, occupied, service } from './table.ts';

/** Seconds, for `to_timestamp`. */
const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;
const range = (interval: Interval) => sql`tstzrange(${at(interval.start)}, ${at(interval.end)})`;

function toService(row: typeof service.$inferSelect): Service {
  return {
    ...row,
    mode: row.mode as ServiceMode,
    audience: row.audience as ServiceAudience,
    lep: row.lep ?? undefined,
  };
}

/** Services on offer, in the order an office lists them. */
export async function listServices(database: Database): Promise<Service[]> {
  const found = await database
    .select()
    .from(service)
    .where(eq(service.active, true))
    .orderBy(asc(service.position), asc(service.code));
  return found.map(toService);
}

export async function serviceById(database: Database, id: string): Promise<Service | undefined> {
  const [found] = await database
    .select()
    .from(service)
    .where(and(eq(service.id, id), eq(service.active, true)));
  return found && toService(found);
}

export async function serviceByCode(
  database: Database,
  code: string,
): Promise<Service | undefined> {
  const [found] = await database
    .select()
    .from(service)
    .where(and(eq(service.code, code), eq(service.active, true)));
  return found && toService(found);
}

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

/** Everything a claim writes, prepared beforehand so that one statement can write it. */
export interface Claim {
  readonly id: string;
  readonly code: string;
  readonly service: Service;
  readonly officeId: string;
  readonly start: Instant;
  readonly note: string | undefined;
  readonly now: Instant;
  readonly locale: string;
  readonly origin: string;
  readonly person: {
    readonly id: string;
    readonly identityKey: string;
    readonly givenName: string;
    readonly familyName: string;
    readonly email: string | undefined;
    readonly phone: string | undefined;
    readonly taxCodeCipher: string | undefined;
    readonly domicile: string | undefined;
  };
  /** Rows in the columns' own names, as `to_jsonb` would give them. */
  readonly auditRows: readonly Record<string, unknown>[];
  readonly outboxRows: readonly Record<string, unknown>[];
}

/**
 * Takes the time of one operator who has it free and can do the service, and writes the
 * appointment, the person, the audit and outbox rows: all in one statement, all or nothing.
 * Among the operators free it takes the one whose stretch fits tightest, so that long stretches
 * stay whole. With `wait` false, operators whose day another claim is changing are passed over.
 *
 * @returns the operator, or undefined when nobody is free
 * @throws whatever PostgreSQL refuses: `appointment_person_service_unique`, `appointment_pkey`;
 *   SQLSTATE 22012 when free time and occupied time disagree, which must never be
 */
export async function claim(
  database: Database,
  wanted: Claim,
  wait: boolean,
): Promise<string | undefined> {
  const { service, start, person } = wanted;
  const during = range(occupiedTime(service, start));
  const end = start + service.durationMinutes * 60_000;
  const [claimed] = await preparedRows<{ operator_id: string }>(
    database,
    sql`with candidate as (
        select f.operator_id, f.day
        from free_time f
        join operator o on o.id = f.operator_id and o.active and o.skills @> array[${service.skill}::text]
        where f.office_id = ${wanted.officeId}::uuid
          and f.day = (${at(start)} at time zone 'Europe/Rome')::date
          and f.longest_minutes > 0
          and f.free @> ${during}
        order by (
            select upper(stretch) - lower(stretch) from unnest(f.free) as stretch where stretch @> ${during}
          ), f.operator_id
        limit 1
        for update of f ${wait ? sql`` : sql`skip locked`}
      ), claimed as (
        update free_time f set free = f.free - tstzmultirange(${during})
        from candidate c
        where f.operator_id = c.operator_id and f.day = c.day
        returning f.operator_id
      ), who as (
        insert into person as p
          (id, identity_key, given_name, family_name, email, phone, tax_code_cipher, domicile, locale, created_at)
        select ${person.id}::uuid, ${person.identityKey}::text, ${person.givenName}::text, ${person.familyName}::text,
          ${person.email ?? null}::text, ${person.phone ?? null}::text, ${person.taxCodeCipher ?? null}::text,
          ${person.domicile ?? null}::text, ${wanted.locale}::text, ${at(wanted.now)}
        from claimed
        on conflict (identity_key) do update set identity_key = excluded.identity_key
        returning p.id
      ), booked as (
        insert into appointment (id, code, service_id, office_id, operator_id, person_id, contact_email,
          contact_phone, starts_at, ends_at, state, locale, origin, note, created_at, updated_at)
        select ${wanted.id}::uuid, ${wanted.code}::text, ${service.id}::uuid, ${wanted.officeId}::uuid,
          claimed.operator_id, who.id, ${person.email ?? null}::text, ${person.phone ?? null}::text,
          ${at(start)}, ${at(end)}, 'confirmed', ${wanted.locale}::text, ${wanted.origin}::text, ${wanted.note ?? null}::text,
          ${at(wanted.now)}, ${at(wanted.now)}
        from claimed, who
        returning id, operator_id
      ), taken as (
        insert into occupied (appointment_id, resource_id, during)
        select id, operator_id, ${during} from booked
        on conflict do nothing
        returning appointment_id
      ), told as (
        insert into outbox
        select filled.* from booked,
          jsonb_populate_recordset(null::outbox, ${JSON.stringify(wanted.outboxRows)}::jsonb) as filled
        returning id
      ), recorded as (
        insert into audit_event
        select filled.* from booked,
          jsonb_populate_recordset(null::audit_event, ${JSON.stringify(wanted.auditRows)}::jsonb) as filled
        returning id
      )
      select operator_id, 1 / (select count(*) from taken) as agreed,
        (select count(*) from told) + (select count(*) from recorded) as written
      from booked`,
  );
  return claimed?.operator_id;
}

/** An appointment with what every view of it needs. */
export interface AppointmentView {
  readonly id: string;
  readonly code: string;
  readonly state: AppointmentState;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly locale: Locale;
  readonly note: string | undefined;
  readonly cancelReason: string | undefined;
  readonly late: boolean;
  readonly version: number;
  readonly createdAt: Instant;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly contactEmail: string | undefined;
  readonly contactPhone: string | undefined;
  readonly service: Service;
  readonly office: {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly address: string | undefined;
    readonly phone: string | undefined;
    readonly latitude: number;
    readonly longitude: number;
  };
  readonly person:
    | { readonly id: string; readonly givenName: string; readonly familyName: string }
    | undefined;
}

function selectAppointments(database: Database) {
  return database
    .select({ appointment, service, office, operator, person })
    .from(appointment)
    .innerJoin(service, eq(service.id, appointment.serviceId))
    .innerJoin(office, eq(office.id, appointment.officeId))
    .innerJoin(operator, eq(operator.id, appointment.operatorId))
    .leftJoin(person, eq(person.id, appointment.personId));
}

type Joined = Awaited<ReturnType<typeof selectAppointments>>[number];

function toView(row: Joined): AppointmentView {
  const { appointment: a, office: o, person: p } = row;
  return {
    id: a.id,
    code: a.code,
    state: a.state,
    startsAt: a.startsAt,
    endsAt: a.endsAt,
    locale: isLocale(a.locale) ? a.locale : 'it',
    note: a.note ?? undefined,
    cancelReason: a.cancelReason ?? undefined,
    late: a.late,
    version: a.version,
    createdAt: a.createdAt,
    operatorId: a.operatorId,
    operatorName: `${row.operator.givenName} ${row.operator.familyName}`,
    contactEmail: a.contactEmail ?? undefined,
    contactPhone: a.contactPhone ?? undefined,
    service: toService(row.service),
    office: {
      id: o.id,
      code: o.code,
      name: o.name,
      address: o.address ?? undefined,
      phone: o.phone ?? undefined,
      latitude: o.latitude,
      longitude: o.longitude,
    },
    person: p ? { id: p.id, givenName: p.givenName, familyName: p.familyName } : undefined,
  };
}

export async function appointmentById(
  database: Database,
  id: string,
): Promise<AppointmentView | undefined> {
  const [found] = await selectAppointments(database).where(eq(appointment.id, id));
  return found && toView(found);
}

export async function appointmentByCode(
  database: Database,
  code: string,
): Promise<AppointmentView | undefined> {
  const [found] = await selectAppointments(database).where(eq(appointment.code, code));
  return found && toView(found);
}

/** A person's appointments, the latest first. */
export async function appointmentsOfPerson(
  database: Database,
  personId: string,
  limit = 50,
): Promise<AppointmentView[]> {
  const found = await selectAppointments(database)
    .where(eq(appointment.personId, personId))
    .orderBy(sql`${appointment.startsAt} desc`)
    .limit(limit);
  return found.map(toView);
}

/** An office's appointments that begin inside `window`, in order; of one operator when named. */
export async function appointmentsOfOffice(
  database: Database,
  officeId: string,
  window: Interval,
  operatorId?: string,
): Promise<AppointmentView[]> {
  const found = await selectAppointments(database)
    .where(
      and(
        eq(appointment.officeId, officeId),
        sql`${appointment.startsAt} >= ${at(window.start)} and ${appointment.startsAt} < ${at(window.end)}`,
        operatorId === undefined ? undefined : eq(appointment.operatorId, operatorId),
      ),
    )
    .orderBy(asc(appointment.startsAt), asc(appointment.id))
    .limit(2000);
  return found.map(toView);
}

/** When the first open appointment of an office, or of one operator of it, begins after `instant`. */
export async function firstAppointmentAfter(
  database: Database,
  officeId: string,
  instant: Instant,
  operatorId?: string,
): Promise<Instant | undefined> {
  const [found] = await database
    .select({ startsAt: appointment.startsAt })
    .from(appointment)
    .where(
      and(
        eq(appointment.officeId, officeId),
        eq(appointment.state, 'confirmed'),
        sql`${appointment.startsAt} >= ${at(instant)}`,
        operatorId === undefined ? undefined : eq(appointment.operatorId, operatorId),
      ),
    )
    .orderBy(asc(appointment.startsAt))
    .limit(1);
  return found?.startsAt;
}

/** Locks the appointment's row until the transaction ends. */
export async function lockAppointment(transaction: Database, id: string) {
  const [found] = await transaction
    .select({
      state: appointment.state,
      startsAt: appointment.startsAt,
      operatorId: appointment.operatorId,
      version: appointment.version,
    })
    .from(appointment)
    .where(eq(appointment.id, id))
    .for('update');
  return found;
}

export async function recordCancellation(
  transaction: Database,
  id: string,
  change: { readonly reason: string | undefined; readonly late: boolean; readonly now: Instant },
): Promise<void> {
  await transaction
    .update(appointment)
    .set({
      state: 'cancelled',
      cancelReason: change.reason ?? null,
      late: change.late,
      updatedAt: change.now,
      version: sql`${appointment.version} + 1`,
    })
    .where(eq(appointment.id, id));
  await transaction.update(occupied).set({ active: false }).where(eq(occupied.appointmentId, id));
}

/** Operators who keep the same hours, and when those are, before what is occupied is taken. */
export interface Hours {
  readonly operators: readonly { readonly operatorId: string; readonly officeId: string }[];
  readonly days: readonly { readonly day: IsoDate; readonly open: readonly Interval[] }[];
}

/**
 * Derives free time anew for each operator and day: what is open minus what is occupied. Rows are
 * locked in the order of operator and day before occupied time is read, so that a claim under way
 * is either counted or waits. Call inside a transaction.
 */
export async function rebuildHours(transaction: Database, groups: readonly Hours[]): Promise<void> {
  const operators = JSON.stringify(
    groups.flatMap(({ operators }, hours) =>
      operators.map((o) => ({ operator_id: o.operatorId, office_id: o.officeId, hours })),
    ),
  );
  const days = JSON.stringify(
    groups.flatMap(({ days }, hours) =>
      days.map(({ day, open }) => ({ hours, day, open: multirangeText(open) })),
    ),
  );
  const wanted = sql`(
      select o.operator_id, o.office_id, d.day, d.open
      from jsonb_to_recordset(${operators}::jsonb) as o (operator_id uuid, office_id uuid, hours integer)
      join jsonb_to_recordset(${days}::jsonb) as d (hours integer, day date, open tstzmultirange) using (hours)
    )`;
  await transaction.execute(sql`
    select 1 from (
      select f.operator_id, f.day from free_time f join ${wanted} w using (operator_id, day)
      order by f.operator_id, f.day
      for update of f
    ) locked`);
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
    insert into free_time as f (operator_id, day, office_id, free)
    select w.operator_id, w.day, w.office_id, w.open - coalesce(b.taken, '{}'::tstzmultirange)
    from wanted w
    left join busy b using (operator_id, day)
    left join free_time kept using (operator_id, day)
    where not isempty(w.open) or kept.operator_id is not null
    order by w.operator_id, w.day
    on conflict (operator_id, day) do update set free = excluded.free, office_id = excluded.office_id
      where f.free <> excluded.free or f.office_id <> excluded.office_id`);
}

function multirangeText(intervals: readonly Interval[]): string {
  const ranges = intervals.map(
    ({ start, end }) => `[${new Date(start).toISOString()},${new Date(end).toISOString()})`,
  );
  return `{${ranges.join(',')}}`;
}

/** The last day that free time is kept for. */
export async function lastFreeDay(database: Database): Promise<IsoDate | undefined> {
  const [found] = await rows<{ day: IsoDate | null }>(
    database,
    sql`select max(day)::text as day from free_time`,
  );
  return found?.day ?? undefined;
}

/** Days ahead that the service with the farthest horizon can be booked; 0 without services. */
export async function longestHorizon(database: Database): Promise<number> {
  const [found] = await rows<{ days: number | null }>(
    database,
    sql`select max(horizon_days)::int as days from service where active`,
  );
  return found?.days ?? 0;
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
