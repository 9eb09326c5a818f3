import { eq, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, rows, statement } from '../../platform/database.ts';
import { occupiedTime } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { appointment, occupied } from '../table.ts';
import { range } from './instants.ts';

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
 * Two common table expressions. `candidate`: of the operators who have the time free and can do the
 * service, the one preferred if free, else the one whose stretch fits tightest, so that long
 * stretches stay whole. `claimed`: the same operator, once the time is taken from their day. With
 * `wait` false, days that another claim is changing are passed over.
 */
function claimed(wanted: {
  readonly officeId: string | Placeholder;
  readonly skill: string | Placeholder;
  readonly during: SQL;
  readonly wait: boolean;
  readonly operatorId?: string;
}): SQL {
  const { during } = wanted;
  return sql`candidate as (
      select f.operator_id, f.day
      from free_time f
      join operator o on o.id = f.operator_id and o.active and o.skills @> array[${wanted.skill}::text]
      where f.office_id = ${wanted.officeId}::uuid
        and f.day = (lower(${during}) at time zone 'Europe/Rome')::date
        and f.longest_minutes > 0
        and f.free @> ${during}
      order by f.operator_id is distinct from ${wanted.operatorId ?? null}::uuid, (
          select upper(stretch) - lower(stretch) from unnest(f.free) as stretch where stretch @> ${during}
        ), f.operator_id
      limit 1
      for update of f ${wanted.wait ? sql`` : sql`skip locked`}
    ), claimed as (
      update free_time f set free = f.free - tstzmultirange(${during})
      from candidate c
      where f.operator_id = c.operator_id and f.day = c.day
      returning f.operator_id
    )`;
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

/** The values of {@link claimStatement}; instants in seconds, as `to_timestamp` takes them. */
interface ClaimValues {
  readonly [name: string]: string | number | null;
}

function claimStatement(wait: boolean) {
  return statement<WonRow, ClaimValues>((value) => {
    const during = sql`tstzrange(to_timestamp(${value('start')}::float8), to_timestamp(${value('free_again')}::float8))`;
    const now = sql`to_timestamp(${value('now')}::float8)`;
    return sql`with ${claimed({ skill: value('skill'), officeId: value('office_id'), during, wait })},
      who as (
        insert into person as p
          (id, identity_key, given_name, family_name, email, phone, tax_code_cipher, domicile, locale, created_at)
        select ${value('person_id')}::uuid, ${value('identity_key')}::text, ${value('given_name')}::text,
          ${value('family_name')}::text, ${value('email')}::text, ${value('phone')}::text,
          ${value('tax_code_cipher')}::text, ${value('domicile')}::text, ${value('locale')}::text, ${now}
        from claimed
        on conflict (identity_key) do update set identity_key = excluded.identity_key
        returning p.id, p.given_name, p.family_name
      ), booked as (
        insert into appointment (id, code, service_id, office_id, operator_id, person_id, contact_email,
          contact_phone, starts_at, ends_at, state, locale, origin, note, created_at, updated_at)
        select ${value('id')}::uuid, ${value('code')}::text, ${value('service_id')}::uuid,
          ${value('office_id')}::uuid, claimed.operator_id, who.id, ${value('email')}::text,
          ${value('phone')}::text, to_timestamp(${value('start')}::float8), to_timestamp(${value('end')}::float8),
          'confirmed', ${value('locale')}::text, ${value('origin')}::text, ${value('note')}::text, ${now}, ${now}
        from claimed, who
        returning id, operator_id, person_id
      ), taken as (
        insert into occupied (appointment_id, resource_id, during)
        select id, operator_id, ${during} from booked
        on conflict do nothing
        returning appointment_id
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
        person_id, who.given_name, who.family_name,
        1 / (select count(*) from taken) as agreed,
        (select count(*) from told) + (select count(*) from recorded) as written
      from booked join operator o on o.id = operator_id, who`;
  });
}

const claimWaiting = claimStatement(true);
const claimPassing = claimStatement(false);

/**
 * Takes the time of one operator who has it free and can do the service, and writes the
 * appointment, the person, the audit and outbox rows: all in one statement, all or nothing.
 *
 * @returns who was won, or undefined when nobody is free
 * @throws whatever PostgreSQL refuses: `appointment_person_service_unique`, `appointment_pkey`;
 *   SQLSTATE 22012 when free time and occupied time disagree, which must never be
 */
export async function claim(
  database: Database,
  wanted: Claim,
  wait: boolean,
): Promise<Won | undefined> {
  const { service, start, person } = wanted;
  const run = wait ? claimWaiting : claimPassing;
  const [won] = await run(database, {
    id: wanted.id,
    code: wanted.code,
    skill: service.skill,
    service_id: service.id,
    office_id: wanted.officeId,
    start: start / 1000,
    end: start / 1000 + service.durationMinutes * 60,
    free_again: occupiedTime(service, start).end / 1000,
    now: wanted.now / 1000,
    locale: wanted.locale,
    origin: wanted.origin,
    note: wanted.note ?? null,
    person_id: person.id,
    identity_key: person.identityKey,
    given_name: person.givenName,
    family_name: person.familyName,
    email: person.email ?? null,
    phone: person.phone ?? null,
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

/** What an appointment is moved to. */
export interface Move {
  readonly id: string;
  readonly officeId: string;
  readonly skill: string;
  readonly during: Interval;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Keeps the appointment when free: nobody changes person without need. */
  readonly operatorId: string;
  readonly now: Instant;
}

/** Lets go of the time an appointment holds, inside the transaction that finds it another. */
export async function releaseTime(transaction: Database, id: string): Promise<void> {
  await transaction.delete(occupied).where(eq(occupied.appointmentId, id));
}

/**
 * Takes new time for an appointment whose old time was let go in this transaction: the operator it
 * had if free, else the one whose stretch fits tightest. @returns whether anybody is free
 */
export async function takeNewTime(transaction: Database, move: Move): Promise<boolean> {
  const during = range(move.during);
  const [taken] = await rows<{ operator_id: string }>(
    transaction,
    sql`with ${claimed({ ...move, during, wait: true })}
      insert into occupied (appointment_id, resource_id, during)
      select ${move.id}::uuid, operator_id, ${during} from claimed
      on conflict do nothing
      returning resource_id as operator_id`,
  );
  if (!taken) return false;
  await transaction
    .update(appointment)
    .set({
      officeId: move.officeId,
      operatorId: taken.operator_id,
      startsAt: move.startsAt,
      endsAt: move.endsAt,
      updatedAt: move.now,
      version: sql`${appointment.version} + 1`,
    })
    .where(eq(appointment.id, move.id));
  return true;
}
