import { type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { AlsoBy } from '../../identity/also-by.ts';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, preparedRows, statement } from '../../platform/database.ts';
import { occupiedTime } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { at } from './instants.ts';
import { freeFor, seenSeconds } from './limits.ts';

/** Which time of whom is wanted. */
export interface Wanted {
  readonly officeId: string;
  readonly service: Pick<
    Service,
    | 'skill'
    | 'operators'
    | 'resourceKind'
    | 'durationMinutes'
    | 'bufferMinutes'
    | 'bufferBeforeMinutes'
  >;
  readonly start: Instant;
  /** Nobody but this operator. */
  readonly operatorId?: string;
  /** This operator if free: nobody changes person without need. */
  readonly preferredId?: string;
  /** A language the operators must speak, ISO 639-1. */
  readonly language?: string;
  /** When the public asks: what is kept for the staff is not theirs. The staff when absent. */
  readonly publicAt?: Instant | undefined;
  /** Of {@link wasteTable}: lets candidates be ordered by how little they break up the day. */
  readonly waste?: readonly number[];
}

/** Values of the shared part of every claim; instants in seconds, as `to_timestamp` takes them. */
export interface WantedValues {
  readonly [name: string]: string | number | null;
}

export function wantedValues(wanted: Wanted): WantedValues {
  const { service, start } = wanted;
  const during = occupiedTime(service, start);
  return {
    skill: service.skill,
    office_id: wanted.officeId,
    operators: service.operators,
    resource_kind: service.resourceKind ?? null,
    start: start / 1000,
    end: start / 1000 + service.durationMinutes * 60,
    taken_from: during.start / 1000,
    taken_until: during.end / 1000,
    only_operator: wanted.operatorId ?? null,
    preferred_operator: wanted.preferredId ?? null,
    language: wanted.language ?? null,
    seen: seenSeconds(wanted.publicAt),
    waste: `{${(wanted.waste ?? []).join(',')}}`,
  };
}

/** What varies in the text of a claim: each shape is planned once per connection. */
interface Shape {
  /** Whether days that another claim is changing are waited for, or passed over. */
  readonly wait: boolean;
  /** Whether a desk or a room is taken as well. */
  readonly resource: boolean;
}

type Value = (name: string) => Placeholder;

const DURING = (value: Value) =>
  sql`tstzrange(to_timestamp(${value('taken_from')}::float8), to_timestamp(${value('taken_until')}::float8))`;

/**
 * The common table expressions of a claim. `candidate`: as many operators as the service needs, who
 * have the time free, can do it and speak the language; the one preferred first, then those whose
 * day loses least by it (see `rules/seating.ts`), then those who can do least else. `room`: a free
 * desk or room; the office's day is read first (`offset 0`): joined freely, PostgreSQL would read the
 * day of every operator there is. `claimed`: the candidates, once the time is taken from their days; nobody at all
 * when anything is missing. `won`: one row that says who receives, if anybody.
 */
function claimed(value: Value, { wait, resource }: Shape): SQL {
  const during = DURING(value);
  const lock = wait ? sql`` : sql`skip locked`;
  const lost = (minutes: SQL) =>
    sql`coalesce((${value('waste')}::smallint[])[1 + floor(extract(epoch from ${minutes}) / 300)::int], 0)`;
  const room = resource
    ? sql`room as (
        select r.id from resource r
        where r.office_id = ${value('office_id')}::uuid and r.kind = ${value('resource_kind')}::text and r.active
          and not exists (select from occupied x where x.resource_id = r.id and x.active and x.during && ${during})
        order by r.id limit 1
        for update of r ${lock}
      ),`
    : sql``;
  const enough = resource ? sql`and exists (select from room)` : sql``;
  return sql`candidate as (
      select f.operator_id, f.day
      from free_time f
      cross join lateral (
        select s from unnest(${freeFor(sql`${value('skill')}::text`, sql`${value('seen')}::float8`)}) as s
        where s @> ${during}
      ) as stretch
      cross join lateral (
        select cardinality(o.skills) as skills from operator o
        where o.id = f.operator_id and o.active and o.skills @> array[${value('skill')}::text]
          and (${value('language')}::text is null or o.languages @> array[${value('language')}::text])
        offset 0
      ) as able
      where f.office_id = ${value('office_id')}::uuid
        and f.day = (to_timestamp(${value('start')}::float8) at time zone 'Europe/Rome')::date
        and f.longest_minutes > 0
        and f.free @> ${during}
        and (${value('only_operator')}::uuid is null or f.operator_id = ${value('only_operator')}::uuid)
      order by f.operator_id is distinct from ${value('preferred_operator')}::uuid,
        ${lost(sql`lower(${during}) - lower(s)`)} + ${lost(sql`upper(s) - upper(${during})`)}
          - ${lost(sql`upper(s) - lower(s)`)},
        able.skills, upper(s) - lower(s), f.operator_id
      limit ${value('operators')}::int
      for update of f ${lock}
    ), ${room}
    claimed as (
      update free_time f set free = f.free - tstzmultirange(${during})
      from candidate c
      where f.operator_id = c.operator_id and f.day = c.day
        and (select count(*) from candidate) = ${value('operators')}::int ${enough}
      returning f.operator_id
    ), won as (
      select (array_agg(operator_id order by operator_id = ${value('preferred_operator')}::uuid desc, operator_id))[1] as operator_id
      from claimed
      having count(*) > 0
    )`;
}

/** The rows of `occupied` for an appointment: one for each operator, one for the room. */
function occupiedRows(value: Value, shape: Shape, appointmentId: SQL, from: SQL): SQL {
  const during = DURING(value);
  const releases = sql`to_timestamp(${value('releases_at')}::float8)`;
  const room = shape.resource
    ? sql`union all select ${appointmentId}, room.id, ${during}, ${releases} from ${from}, room`
    : sql``;
  return sql`insert into occupied (appointment_id, resource_id, during, releases_at)
    select ${appointmentId}, claimed.operator_id, ${during}, ${releases} from ${from}, claimed
    ${room}
    on conflict do nothing
    returning resource_id`;
}

/** Divides by zero, and so undoes the statement, when the exclusion constraint refused a row. */
const agreed = (value: Value, { resource }: Shape) =>
  sql`1 / (case when (select count(*) from taken) = ${value('operators')}::int + ${resource ? 1 : 0} then 1 else 0 end) as agreed`;

/** One statement for each shape, made when first needed. */
function perShape<T extends object, V extends object>(build: (value: Value, shape: Shape) => SQL) {
  const made = new Map<string, (database: Database, values: V) => Promise<T[]>>();
  return (shape: Shape) => {
    const key = `${shape.wait} ${shape.resource}`;
    const known = made.get(key);
    if (known) return known;
    const run = statement<T, V>((value) => build(value as Value, shape));
    made.set(key, run);
    return run;
  };
}

/** The person an appointment is for: written, unless the identity key is known already. */
export interface PersonToWrite {
  readonly id: string;
  readonly identityKey: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  /** A channel they want messages by, besides e-mail. */
  readonly alsoBy?: AlsoBy | undefined;
  readonly taxCodeCipher: string | undefined;
  readonly domicile: string | undefined;
}

/** Everything a claim writes, prepared beforehand so that one statement can write it. */
export interface Claim extends Wanted {
  readonly id: string;
  readonly code: string;
  readonly service: Service;
  readonly note: string | undefined;
  readonly now: Instant;
  readonly locale: string;
  readonly origin: string;
  /** The operator was promised to the person. */
  readonly promised: boolean;
  /** Appointments made together share it. */
  readonly visitId: string | undefined;
  readonly person: PersonToWrite;
  /** Rows in the columns' own names, as `to_jsonb` would give them. */
  readonly auditRows: readonly Record<string, unknown>[];
  readonly outboxRows: readonly Record<string, unknown>[];
}

/** Who was won: the operator, and the person as they were known already or are known now. */
export interface Won {
  readonly operatorId: string;
  readonly operatorName: string;
  readonly person: { readonly id: string; readonly givenName: string; readonly familyName: string };
}

interface WonRow {
  readonly operator_id: string;
  readonly operator_name: string;
  readonly person_id: string;
  readonly given_name: string;
  readonly family_name: string;
}

const claimStatement = perShape<WonRow, WantedValues>((value, shape) => {
  const now = sql`to_timestamp(${value('now')}::float8)`;
  return sql`with ${claimed(value, shape)},
    who as (
      insert into person as p
        (id, identity_key, given_name, family_name, email, phone, tax_code_cipher, domicile, locale, created_at)
      select ${value('person_id')}::uuid, ${value('identity_key')}::text, ${value('given_name')}::text,
        ${value('family_name')}::text, ${value('email')}::text, ${value('phone')}::text,
        ${value('tax_code_cipher')}::text, ${value('domicile')}::text, ${value('locale')}::text, ${now}
      from won
      on conflict (identity_key) do update set identity_key = excluded.identity_key
      returning p.id, p.given_name, p.family_name
    ), booked as (
      insert into appointment (id, code, service_id, office_id, operator_id, person_id, contact_email,
        contact_phone, also_by, starts_at, ends_at, state, locale, origin, note, promised, language, visit_id, created_at, updated_at)
      select ${value('id')}::uuid, ${value('code')}::text, ${value('service_id')}::uuid,
        ${value('office_id')}::uuid, won.operator_id, who.id, ${value('email')}::text,
        ${value('phone')}::text, ${value('also_by')}::text, to_timestamp(${value('start')}::float8), to_timestamp(${value('end')}::float8),
        'confirmed', ${value('locale')}::text, ${value('origin')}::text, ${value('note')}::text,
        ${value('promised')}::boolean, ${value('language')}::text, ${value('visit_id')}::uuid, ${now}, ${now}
      from won, who
      returning id, operator_id, person_id
    ), taken as (
      ${occupiedRows(value, shape, sql`booked.id`, sql`booked`)}
    ), told as (
      insert into outbox
      select filled.* from booked,
        jsonb_populate_recordset(null::outbox, ${value('outbox_rows')}::jsonb) as filled
      returning id
    ), recorded as (
      insert into audit_event
      select filled.* from booked,
        jsonb_populate_recordset(null::audit_event, ${value('audit_rows')}::jsonb) as filled
      returning id
    )
    select operator_id, o.given_name || ' ' || o.family_name as operator_name,
      person_id, who.given_name, who.family_name, ${agreed(value, shape)},
      (select count(*) from told) + (select count(*) from recorded) as written
    from booked join operator o on o.id = operator_id, who`;
});

/**
 * Takes the time of operators who have it free and can do the service, and writes the appointment,
 * the person, the audit and outbox rows: all in one statement, all or nothing.
 *
 * @returns who was won, or undefined when nobody is free
 * @throws whatever PostgreSQL refuses: `appointment_person_service_unique`, `appointment_pkey`;
 *   SQLSTATE 22012 when free time and occupied time disagree, or a room went a moment before
 */
export async function claim(
  database: Database,
  wanted: Claim,
  wait: boolean,
): Promise<Won | undefined> {
  const { service, person } = wanted;
  const run = claimStatement({ wait, resource: service.resourceKind !== undefined });
  const [won] = await run(database, {
    ...wantedValues(wanted),
    id: wanted.id,
    code: wanted.code,
    service_id: service.id,
    now: wanted.now / 1000,
    releases_at: null,
    locale: wanted.locale,
    origin: wanted.origin,
    note: wanted.note ?? null,
    promised: String(wanted.promised),
    visit_id: wanted.visitId ?? null,
    person_id: person.id,
    identity_key: person.identityKey,
    given_name: person.givenName,
    family_name: person.familyName,
    email: person.email ?? null,
    phone: person.phone ?? null,
    also_by: person.alsoBy ?? null,
    tax_code_cipher: person.taxCodeCipher ?? null,
    domicile: person.domicile ?? null,
    outbox_rows: JSON.stringify(wanted.outboxRows),
    audit_rows: JSON.stringify(wanted.auditRows),
  });
  return (
    won && {
      operatorId: won.operator_id,
      operatorName: won.operator_name,
      person: { id: won.person_id, givenName: won.given_name, familyName: won.family_name },
    }
  );
}

/** A start kept for somebody who is not known yet. */
export interface HoldClaim extends Wanted {
  readonly id: string;
  readonly code: string;
  readonly service: Service;
  /** Digest of what its holder keeps. */
  readonly holder: string;
  /** Digest of the network it is kept from; see `appointment.held_from`. */
  readonly heldFrom?: string | undefined;
  readonly expiresAt: Instant;
  /** When the time goes back by itself; later than `expiresAt` where somebody else is asked first. */
  readonly releasesAt: Instant;
  readonly now: Instant;
  readonly locale: string;
  readonly origin: string;
}

const holdStatement = perShape<{ operator_id: string }, WantedValues>((value, shape) => {
  const now = sql`to_timestamp(${value('now')}::float8)`;
  return sql`with ${claimed(value, shape)},
    booked as (
      insert into appointment (id, code, service_id, office_id, operator_id, starts_at, ends_at, state,
        locale, origin, holder, held_from, language, expires_at, created_at, updated_at)
      select ${value('id')}::uuid, ${value('code')}::text, ${value('service_id')}::uuid,
        ${value('office_id')}::uuid, won.operator_id,
        to_timestamp(${value('start')}::float8), to_timestamp(${value('end')}::float8), 'held',
        ${value('locale')}::text, ${value('origin')}::text, ${value('holder')}::text,
        ${value('held_from')}::text, ${value('language')}::text, to_timestamp(${value('expires_at')}::float8), ${now}, ${now}
      from won
      returning id, operator_id
    ), taken as (
      ${occupiedRows(value, shape, sql`booked.id`, sql`booked`)}
    )
    select operator_id, ${agreed(value, shape)} from booked`;
});

/**
 * Keeps a start until `expiresAt`, as {@link claim} takes it.
 * @returns the operator, or undefined when nobody is free
 * @throws as {@link claim}; `appointment_holder_unique` when the holder keeps another start already
 */
export async function claimHold(
  database: Database,
  wanted: HoldClaim,
  wait: boolean,
): Promise<string | undefined> {
  const run = holdStatement({ wait, resource: wanted.service.resourceKind !== undefined });
  const [won] = await run(database, {
    ...wantedValues(wanted),
    id: wanted.id,
    code: wanted.code,
    service_id: wanted.service.id,
    holder: wanted.holder,
    held_from: wanted.heldFrom ?? null,
    now: wanted.now / 1000,
    expires_at: wanted.expiresAt / 1000,
    releases_at: wanted.releasesAt / 1000,
    locale: wanted.locale,
    origin: wanted.origin,
  });
  return won?.operator_id;
}

/** What an appointment is moved to. */
export interface Move extends Wanted {
  readonly id: string;
  readonly now: Instant;
}

const moveStatement = perShape<{ operator_id: string }, WantedValues>((value, shape) => {
  const id = sql`${value('id')}::uuid`;
  return sql`with ${claimed(value, shape)},
    taken as (
      ${occupiedRows(value, shape, id, sql`won`)}
    )
    update appointment a
    set office_id = ${value('office_id')}::uuid, operator_id = won.operator_id,
      starts_at = to_timestamp(${value('start')}::float8), ends_at = to_timestamp(${value('end')}::float8),
      state = 'confirmed', updated_at = to_timestamp(${value('now')}::float8), version = a.version + 1
    from won
    where a.id = ${id}
    returning a.operator_id, ${agreed(value, shape)}`;
});

/**
 * Takes new time for an appointment whose old time was let go in this transaction: the operator it
 * had if free. One that was displaced is confirmed again. @returns whether anybody is free
 */
export async function takeNewTime(transaction: Database, move: Move): Promise<boolean> {
  const run = moveStatement({ wait: true, resource: move.service.resourceKind !== undefined });
  const taken = await run(transaction, {
    ...wantedValues(move),
    id: move.id,
    now: move.now / 1000,
    releases_at: null,
  });
  return taken.length > 0;
}

/** What an appointment occupied: the operators whose days must be derived anew, and when. */
export interface LetGo {
  readonly resourceId: string;
  readonly during: Interval;
}

/**
 * Lets go of the time an appointment holds, inside the transaction that goes on with it. The caller
 * derives the operators' days anew.
 */
export async function releaseTime(transaction: Database, id: string): Promise<LetGo[]> {
  return letGo(
    transaction,
    sql`delete from occupied o where o.appointment_id = ${id}::uuid returning ${LET_GO}`,
  );
}

/**
 * Lets go of whatever was occupied only until `now`; holds among it expire. At most `limit`
 * appointments; those that somebody is changing are passed over.
 */
export async function releaseLapsedTime(
  transaction: Database,
  now: Instant,
  limit: number,
): Promise<LetGo[]> {
  return letGo(
    transaction,
    sql`with due as (
        select a.id from appointment a
        where a.id in (
          select appointment_id from occupied
          where releases_at <= ${at(now)} and active order by releases_at limit ${limit}
        )
        order by a.id
        for update of a skip locked
      ), lapsed as (
        update appointment a set state = 'expired', held_from = null, updated_at = ${at(now)}, version = a.version + 1
        from due where a.id = due.id and a.state = 'held'
      )
      delete from occupied o using due
      where o.appointment_id = due.id and o.releases_at <= ${at(now)} and o.active
      returning ${LET_GO}`,
  );
}

const LET_GO = sql`o.resource_id, o.active,
  (extract(epoch from lower(o.during)) * 1000)::float8 as starts,
  (extract(epoch from upper(o.during)) * 1000)::float8 as ends`;

async function letGo(transaction: Database, deletion: SQL): Promise<LetGo[]> {
  const gone = await preparedRows<{
    resource_id: string;
    active: boolean;
    starts: number;
    ends: number;
  }>(transaction, deletion);
  return gone
    .filter(({ active }) => active)
    .map((row) => ({ resourceId: row.resource_id, during: { start: row.starts, end: row.ends } }));
}

/** Whether anything lapsed that nobody settled yet: one look at a small index. */
export async function anyLapsed(database: Database, now: Instant): Promise<boolean> {
  const [found] = await preparedRows<{ lapsed: boolean }>(
    database,
    // The first alone is looked at: asked whether one exists before an instant that it does not know,
    // PostgreSQL expects a third of all rows and reads them.
    sql`select coalesce(min(releases_at) <= ${at(now)}, false) as lapsed
      from occupied where releases_at is not null and active`,
  );
  return found?.lapsed ?? false;
}
