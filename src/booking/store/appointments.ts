import { and, asc, eq, sql } from 'drizzle-orm';
import type { AlsoBy } from '../../identity/also-by.ts';
import { person } from '../../identity/table.ts';
import { office, operator } from '../../network/table.ts';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, perDatabase, preparedRows, rows } from '../../platform/database.ts';
import { isLocale, type Locale } from '../../platform/locale.ts';
import type { Service } from '../service.ts';
import { type AppointmentState, appointment, service } from '../table.ts';
import type { LetGo } from './claims.ts';
import { at } from './instants.ts';
import { toService } from './services.ts';

/** An appointment with what every view of it needs. */
export interface AppointmentView {
  readonly id: string;
  readonly code: string;
  readonly state: AppointmentState;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly locale: Locale;
  /** `web`, `desk`, `convocation`, `walk-in`…: where it came from. */
  readonly origin: string;
  readonly note: string | undefined;
  readonly cancelReason: string | undefined;
  readonly late: boolean;
  readonly version: number;
  readonly createdAt: Instant;
  readonly operatorId: string;
  readonly operatorName: string;
  /** Whether this operator was promised to the person. */
  readonly promised: boolean;
  /** Language the operator was asked to speak, ISO 639-1. */
  readonly language: string | undefined;
  /** Appointments made together share it. */
  readonly visitId: string | undefined;
  readonly contactEmail: string | undefined;
  readonly contactPhone: string | undefined;
  /** A channel the person wants messages by, besides e-mail. */
  readonly alsoBy: AlsoBy | undefined;
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
    origin: a.origin,
    note: a.note ?? undefined,
    cancelReason: a.cancelReason ?? undefined,
    late: a.late,
    version: a.version,
    createdAt: a.createdAt,
    operatorId: a.operatorId,
    operatorName: `${row.operator.givenName} ${row.operator.familyName}`,
    promised: a.promised,
    language: a.language ?? undefined,
    visitId: a.visitId ?? undefined,
    contactEmail: a.contactEmail ?? undefined,
    contactPhone: a.contactPhone ?? undefined,
    alsoBy: a.alsoBy ?? undefined,
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

const byId = perDatabase((database) =>
  selectAppointments(database)
    .where(eq(appointment.id, sql.placeholder('id')))
    .prepare('appointment_by_id'),
);

export async function appointmentById(
  database: Database,
  id: string,
): Promise<AppointmentView | undefined> {
  const [found] = await byId(database).execute({ id });
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
      endsAt: appointment.endsAt,
      officeId: appointment.officeId,
      operatorId: appointment.operatorId,
      promised: appointment.promised,
      language: appointment.language,
      version: appointment.version,
    })
    .from(appointment)
    .where(eq(appointment.id, id))
    .for('update');
  return found;
}

/**
 * An appointment that was read without a lock, as it is now that it is locked: others may have moved
 * it meanwhile. Undefined when it is gone.
 */
export async function lockView(
  transaction: Database,
  found: AppointmentView,
): Promise<AppointmentView | undefined> {
  const locked = await lockAppointment(transaction, found.id);
  if (!locked) return undefined;
  // What changes the version, or makes a hold an appointment, may have changed anything.
  const same = locked.version === found.version && locked.state === found.state;
  const view = same ? found : await appointmentById(transaction, found.id);
  // Re-seating changes the operator alone, and no version.
  return view && { ...view, operatorId: locked.operatorId };
}

/** The caller gives the time back. */
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
}

/**
 * Records how an appointment ended. Time is given back when nobody came; the caller derives the days
 * of those returned anew. @throws SQLSTATE 23P01 or 23505 when an absence is taken back but the time,
 * or the person's one open appointment, went elsewhere meanwhile
 */
export async function recordState(
  transaction: Database,
  id: string,
  change: { readonly state: AppointmentState; readonly holdsTime: boolean; readonly now: Instant },
): Promise<LetGo[]> {
  await transaction
    .update(appointment)
    .set({ state: change.state, updatedAt: change.now, version: sql`${appointment.version} + 1` })
    .where(eq(appointment.id, id));
  const touched = await rows<{ resource_id: string; starts: number; ends: number }>(
    transaction,
    sql`update occupied set active = ${change.holdsTime} where appointment_id = ${id}::uuid
      returning resource_id, (extract(epoch from lower(during)) * 1000)::float8 as starts,
        (extract(epoch from upper(during)) * 1000)::float8 as ends`,
  );
  return touched.map((row) => ({
    resourceId: row.resource_id,
    during: { start: row.starts, end: row.ends },
  }));
}

/** How many appointments ahead, held or confirmed, an e-mail address has. */
export async function openAppointmentsOf(
  database: Database,
  email: string,
  now: Instant,
): Promise<number> {
  const [found] = await preparedRows<{ count: number }>(
    database,
    sql`select count(*)::int as count from appointment
      where contact_email = ${email} and state in ('confirmed', 'displaced') and starts_at > ${at(now)}`,
  );
  return found?.count ?? 0;
}

/** The operator who follows a person: who received them last, or is the next to; undefined for nobody. */
export async function operatorOf(
  database: Database,
  personId: string,
): Promise<string | undefined> {
  const [found] = await rows<{ operator_id: string }>(
    database,
    sql`select a.operator_id from appointment a join operator o on o.id = a.operator_id and o.active
      where a.person_id = ${personId}::uuid and a.state in ('seen', 'late', 'confirmed')
      order by a.state = 'confirmed', a.starts_at desc
      limit 1`,
  );
  return found?.operator_id;
}

/**
 * Whoever waits for the desk to say how their last appointment went is not kept from the next: one
 * whose hour has passed no longer counts as the one that a person may have.
 * @returns whether there was one
 */
export async function letPastGo(
  database: Database,
  { identityKey, serviceId }: { readonly identityKey: string; readonly serviceId: string },
  now: Instant,
): Promise<boolean> {
  const found = await rows(
    database,
    sql`update appointment a set superseded = true
      from person p
      where p.identity_key = ${identityKey} and a.person_id = p.id and a.service_id = ${serviceId}::uuid
        and a.state in ('confirmed', 'displaced') and a.ends_at <= ${at(now)} and not a.superseded
      returning a.id`,
  );
  return found.length > 0;
}

/** When a person's other appointments of a service begin, made or kept, within `days` of a start. */
export async function startsNear(
  database: Database,
  about: {
    readonly serviceId: string;
    readonly identityKey: string | undefined;
    readonly personId: string | undefined;
    readonly start: Instant;
    readonly days: number;
    readonly except: string | undefined;
  },
): Promise<Instant[]> {
  const span = sql`make_interval(days => ${about.days}::int)`;
  const found = await rows<{ start: number }>(
    database,
    sql`select (extract(epoch from a.starts_at) * 1000)::float8 as start from appointment a join person p on p.id = a.person_id
      where (p.identity_key = ${about.identityKey ?? null}::text or p.id = ${about.personId ?? null}::uuid)
        and a.service_id = ${about.serviceId}::uuid and a.id is distinct from ${about.except ?? null}::uuid
        and a.state in ('confirmed', 'displaced', 'seen', 'late', 'absent', 'excused')
        and a.starts_at > ${at(about.start)} - ${span} and a.starts_at < ${at(about.start)} + ${span}`,
  );
  return found.map(({ start }) => start);
}
