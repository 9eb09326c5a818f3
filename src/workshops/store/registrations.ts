import { and, asc, eq, sql } from 'drizzle-orm';
import { person } from '../../identity/table.ts';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { isLocale } from '../../platform/locale.ts';
import type { Registration } from '../session.ts';
import { type RegistrationState, registration, seat } from '../table.ts';

function selectRegistrations(database: Database) {
  return database
    .select({
      registration,
      person,
      seat: seat.number,
      before: sql<number>`(select count(*)::int from session_registration w
        where w.session_id = ${registration.sessionId} and w.state = 'waiting'
          and (w.queued_at, w.id) < (${registration.queuedAt}, ${registration.id}))`,
    })
    .from(registration)
    .innerJoin(person, eq(person.id, registration.personId))
    .leftJoin(seat, eq(seat.registrationId, registration.id));
}

type Joined = Awaited<ReturnType<typeof selectRegistrations>>[number];

function toRegistration({
  registration: r,
  person: p,
  seat: number,
  before,
}: Joined): Registration {
  return {
    id: r.id,
    code: r.code,
    state: r.state,
    seat: number ?? undefined,
    expiresAt: r.expiresAt ?? undefined,
    before: r.state === 'waiting' ? before : undefined,
    locale: isLocale(r.locale) ? r.locale : 'it',
    contactEmail: r.contactEmail ?? undefined,
    contactPhone: r.contactPhone ?? undefined,
    alsoBy: r.alsoBy ?? undefined,
    version: r.version,
    createdAt: r.createdAt,
    person: { id: p.id, givenName: p.givenName, familyName: p.familyName },
    sessionId: r.sessionId,
  };
}

export async function registrationById(
  database: Database,
  id: string,
): Promise<Registration | undefined> {
  const [found] = await selectRegistrations(database).where(eq(registration.id, id));
  return found && toRegistration(found);
}

export async function registrationByCode(
  database: Database,
  code: string,
): Promise<Registration | undefined> {
  const [found] = await selectRegistrations(database).where(eq(registration.code, code));
  return found && toRegistration(found);
}

export async function registrationOfPerson(
  database: Database,
  sessionId: string,
  personId: string,
): Promise<Registration | undefined> {
  const [found] = await selectRegistrations(database).where(
    and(eq(registration.sessionId, sessionId), eq(registration.personId, personId)),
  );
  return found && toRegistration(found);
}

/** Everybody who registered for a session: by seat, then those who wait in their order. */
export async function registrationsOf(
  database: Database,
  sessionId: string,
): Promise<Registration[]> {
  const found = await selectRegistrations(database)
    .where(eq(registration.sessionId, sessionId))
    .orderBy(sql`${seat.number} nulls last`, asc(registration.queuedAt), asc(registration.id));
  return found.map(toRegistration);
}

/** Locks one registration until the transaction ends. */
export async function lockRegistration(
  transaction: Database,
  id: string,
): Promise<{ state: RegistrationState; expiresAt: Instant | null } | undefined> {
  const [found] = await transaction
    .select({ state: registration.state, expiresAt: registration.expiresAt })
    .from(registration)
    .where(eq(registration.id, id))
    .for('update');
  return found;
}

/** Writes a registration that waits. @returns false when the person is on the list already */
export async function writeRegistration(
  transaction: Database,
  row: typeof registration.$inferInsert,
): Promise<boolean> {
  const written = await transaction
    .insert(registration)
    .values(row)
    .onConflictDoNothing({ target: [registration.sessionId, registration.personId] })
    .returning({ id: registration.id });
  return written.length === 1;
}

export async function changeRegistration(
  transaction: Database,
  id: string,
  change: Partial<typeof registration.$inferInsert> & { readonly updatedAt: Instant },
): Promise<void> {
  await transaction
    .update(registration)
    .set({ ...change, version: sql`${registration.version} + 1` })
    .where(eq(registration.id, id));
}

/**
 * Writes a registration into the lowest free seat, unless others wait for one. With `wait` false,
 * seats that somebody else is taking are passed over. @returns whether there was one
 */
export async function takeSeat(
  transaction: Database,
  sessionId: string,
  registrationId: string,
  wait: boolean,
): Promise<boolean> {
  const taken = await rows(
    transaction,
    sql`with free as (
        select number from session_seat
        where session_id = ${sessionId}::uuid and registration_id is null
          and not exists (select from session_registration w where w.session_id = ${sessionId}::uuid
            and w.state = 'waiting' and w.id <> ${registrationId}::uuid)
        order by number limit 1
        for update ${wait ? sql`` : sql`skip locked`}
      )
      update session_seat s set registration_id = ${registrationId}::uuid
      from free where s.session_id = ${sessionId}::uuid and s.number = free.number
      returning s.number`,
  );
  return taken.length === 1;
}

/** Gives a registration's seat back. */
export async function leaveSeat(transaction: Database, registrationId: string): Promise<void> {
  await transaction
    .update(seat)
    .set({ registrationId: null })
    .where(eq(seat.registrationId, registrationId));
}

/**
 * Keeps the lowest free seat for whoever has waited longest. Rows that another process is settling
 * are passed over. @returns the registration it is offered to, if any
 */
export async function offerSeat(
  transaction: Database,
  sessionId: string,
  offer: { readonly expiresAt: Instant; readonly now: Instant },
): Promise<string | undefined> {
  const [offered] = await rows<{ id: string }>(
    transaction,
    sql`with next as (
        select id from session_registration where session_id = ${sessionId}::uuid and state = 'waiting'
        order by queued_at, id limit 1 for update skip locked
      ), free as (
        select number from session_seat where session_id = ${sessionId}::uuid and registration_id is null
        order by number limit 1 for update skip locked
      ), taken as (
        update session_seat s set registration_id = next.id from next, free
        where s.session_id = ${sessionId}::uuid and s.number = free.number
        returning s.registration_id
      )
      update session_registration r set state = 'offered', version = version + 1,
        expires_at = to_timestamp(${offer.expiresAt / 1000}::float8),
        updated_at = to_timestamp(${offer.now / 1000}::float8)
      from taken where r.id = taken.registration_id
      returning r.id`,
  );
  return offered?.id;
}

/** Lets offers of a session lapse that nobody took in time. @returns whose they were */
export async function lapseOffers(
  transaction: Database,
  sessionId: string,
  now: Instant,
): Promise<string[]> {
  const lapsed = await rows<{ id: string }>(
    transaction,
    sql`with over as (
        select id from session_registration where session_id = ${sessionId}::uuid
          and state = 'offered' and expires_at <= to_timestamp(${now / 1000}::float8)
        order by id for update skip locked
      ), left_seat as (
        update session_seat s set registration_id = null from over where s.registration_id = over.id
      )
      update session_registration r set state = 'lapsed', expires_at = null, version = version + 1,
        updated_at = to_timestamp(${now / 1000}::float8)
      from over where r.id = over.id
      returning r.id`,
  );
  return lapsed.map(({ id }) => id);
}
