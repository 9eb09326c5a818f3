import { auditRow } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { identityKey, type PersonDetails } from '../../identity/person.ts';
import { type KnownPerson, personById } from '../../identity/store.ts';
import { auditEvent } from '../../identity/table.ts';
import { competentOffice, type OfficeSummary, officeById } from '../../network/store.ts';
import { outboxRow } from '../../notices/outbox.ts';
import { outbox } from '../../notices/table.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Instant, MINUTE, toRfc3339 } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { postgresFault, toColumns } from '../../platform/database.ts';
import { forbidden, invalid, notFound } from '../../platform/problem.ts';
import { comuneByCode } from '../../reference/store.ts';
import { bookedNotices } from '../notices.ts';
import { alreadyBooked, slotNotOffered, slotTaken } from '../problems.ts';
import { nearestStarts } from '../rules/choose.ts';
import { bookingCode } from '../rules/code.ts';
import { bookableWindow, isOfferable, occupiedTime, openStarts } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { type AppointmentView, appointmentById } from '../store/appointments.ts';
import { type Claim, claim, type Won } from '../store/claims.ts';
import { freeStretches } from '../store/search.ts';
import { serviceById } from '../store/services.ts';
import { rebuildOperatorDay } from './rebuild-free-time.ts';

export interface Booking {
  /**
   * Chosen by the caller to make a repetition recognisable: the same id for the same person gives
   * the appointment that the first request made. A new one when absent.
   */
  readonly id?: string;
  readonly serviceId: string;
  readonly officeId: string;
  readonly start: Instant;
  /** What the office should know beforehand, in the person's words. */
  readonly note?: string;
  /** Who comes. A signed-in jobseeker books for themselves: then only contact details are read. */
  readonly person?: PersonDetails;
}

/** Rounds of claiming before giving up: each lost round means that somebody else won one. */
const ROUNDS = 8;

/**
 * Books a time for a person, with any operator of the office who is free and able.
 * Writes appointment, occupied time, person, audit and outbox rows in one statement.
 * @throws {Problem} 404 unknown service or office; 422 not offered or incomplete; 409 taken (with
 *   the nearest alternatives) or already booked; 403
 */
export async function bookAppointment(call: Call, wanted: Booking): Promise<AppointmentView> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const [service, office] = await Promise.all([
    serviceById(call.database, wanted.serviceId),
    officeById(call.database, wanted.officeId),
  ]);
  if (!service || !office) throw notFound();
  const person = await whoComes(call, wanted, service);
  await checkAudience(call, service, office, person);

  const now = call.clock.now();
  if (!isOfferable(service, wanted.start, now)) throw slotNotOffered();
  const prepared = await prepare(call, {
    id: wanted.id ?? call.ids(),
    service,
    office,
    start: wanted.start,
    note: wanted.note,
    person,
    now,
  });
  const won = await claimed(call, prepared);
  if (won) return asBooked(call, prepared, office, won);
  const earlier = await appointmentById(call.database, prepared.id);
  if (earlier && isRepetition(earlier, prepared)) return earlier;
  throw slotTaken({
    members: { alternatives: await alternatives(call, service, office, wanted.start) },
  });
}

/** Who the claim won; an id or a person that the database already has is a repetition. */
async function claimed(call: Call, prepared: Claim): Promise<Won | undefined> {
  try {
    return await claimInRounds(call, prepared);
  } catch (error) {
    switch (postgresFault(error)?.constraint) {
      case 'appointment_pkey':
        return undefined;
      case 'appointment_person_service_unique': {
        const earlier = await appointmentById(call.database, prepared.id);
        if (earlier && isRepetition(earlier, prepared)) return undefined;
        throw alreadyBooked();
      }
      default:
        throw error;
    }
  }
}

/** The view of what was just written, without asking for it again. */
function asBooked(call: Call, written: Claim, office: OfficeSummary, won: Won): AppointmentView {
  const { id, code, service, start, now, note } = written;
  return {
    id,
    code,
    state: 'confirmed',
    startsAt: start,
    endsAt: start + service.durationMinutes * MINUTE,
    locale: call.locale,
    note,
    cancelReason: undefined,
    late: false,
    version: 1,
    createdAt: now,
    operatorId: won.operatorId,
    operatorName: won.operatorName,
    contactEmail: written.person.email,
    contactPhone: written.person.phone,
    service,
    office: {
      id: office.id,
      code: office.code,
      name: office.name,
      address: office.address,
      phone: office.phone,
      latitude: office.point.latitude,
      longitude: office.point.longitude,
    },
    person: won.person,
  };
}

interface Comer extends PersonDetails {
  /** Set when the person is already known, by their own session. */
  readonly known: KnownPerson | undefined;
}

async function whoComes(call: Call, wanted: Booking, service: Service): Promise<Comer> {
  const said = wanted.person;
  if (call.actor.kind === 'jobseeker') {
    const known = await personById(call.database, call.actor.personId);
    if (!known) throw forbidden();
    return {
      givenName: known.givenName,
      familyName: known.familyName,
      email: said?.email ?? known.email,
      phone: said?.phone ?? known.phone,
      taxCode: undefined,
      domicile: known.domicile,
      known,
    };
  }
  const errors = [];
  if (!said) errors.push({ pointer: '/person', detail: 'required' });
  else {
    const byStaff = call.actor.kind !== 'anonymous';
    if (said.email === undefined && !(byStaff && said.phone !== undefined)) {
      errors.push({ pointer: '/person/email', detail: 'required' });
    }
    if (service.taxCodeRequired && said.taxCode === undefined) {
      errors.push({ pointer: '/person/tax_code', detail: 'required' });
    }
    if (said.domicile !== undefined && !(await comuneByCode(call.database, said.domicile))) {
      errors.push({ pointer: '/person/domicile', detail: 'unknown comune' });
    }
  }
  if (!said || errors.length > 0) throw invalid({ errors });
  return { ...said, known: undefined };
}

async function checkAudience(
  call: Call,
  service: Service,
  office: OfficeSummary,
  person: Comer,
): Promise<void> {
  const { actor } = call;
  if (actor.kind === 'operator') {
    if (!actor.officeIds.includes(office.id)) throw forbidden();
    return;
  }
  if (actor.kind === 'administrator' || actor.kind === 'system' || service.audience === 'anyone')
    return;
  if (service.audience === 'own_cpi' && person.domicile !== undefined) {
    const own = await competentOffice(call.database, person.domicile);
    if (own?.id === office.id) return;
  }
  throw forbidden();
}

async function prepare(
  call: Call,
  {
    id,
    service,
    office,
    start,
    note,
    person,
    now,
  }: {
    id: string;
    service: Service;
    office: OfficeSummary;
    start: Instant;
    note: string | undefined;
    person: Comer;
    now: Instant;
  },
): Promise<Claim> {
  const code = bookingCode(crypto.getRandomValues(new Uint8Array(10)));
  const told = {
    id,
    code,
    startsAt: start,
    endsAt: start + service.durationMinutes * MINUTE,
    version: 1,
    locale: call.locale,
    service,
    office,
  };
  const audited = auditRow(call, {
    action: 'book-appointment',
    subjectKind: 'appointment',
    subjectId: id,
    detail: { service: service.code, office: office.code, starts_at: toRfc3339(start) },
  });
  const { known } = person;
  return {
    id,
    code,
    service,
    officeId: office.id,
    start,
    note,
    now,
    locale: call.locale,
    origin: call.actor.kind === 'operator' ? 'desk' : 'web',
    person: {
      id: known?.id ?? call.ids(),
      identityKey: known?.identityKey ?? (await identityKey(call.secrets, person)),
      givenName: person.givenName,
      familyName: person.familyName,
      email: person.email,
      phone: person.phone,
      taxCodeCipher: person.taxCode && (await call.secrets.seal(person.taxCode)),
      domicile: person.domicile,
    },
    auditRows: [toColumns(auditEvent, audited)],
    outboxRows: bookedNotices(told, person.email, now).map((notice) =>
      toColumns(outbox, outboxRow(call, notice)),
    ),
  };
}

/**
 * First passes over days that another claim is changing, then waits for them: an operator whose
 * day is locked may turn out free. Gives up only when nobody is free.
 */
async function claimInRounds(call: Call, prepared: Claim): Promise<Won | undefined> {
  for (let round = 0; round < ROUNDS; round++) {
    const waits = round > 0;
    try {
      const won = await claim(call.database, prepared, waits);
      if (won) return won;
    } catch (error) {
      if (postgresFault(error)?.code !== DIVISION_BY_ZERO) throw error;
      await mend(call, prepared);
      continue;
    }
    if (waits && !(await isStillFree(call, prepared))) return undefined;
  }
  return undefined;
}

/** How the claim's statement says that the exclusion constraint refused what free time promised. */
const DIVISION_BY_ZERO = '22012';

/** Free time promised what the constraint refused: derive the day anew, and say so in the log. */
async function mend(call: Call, { service, officeId, start }: Claim): Promise<void> {
  call.log.error('free time disagreed with occupied time', { officeId, start: toRfc3339(start) });
  const free = await freeStretches(call.database, service, officeId, occupiedTime(service, start));
  for (const operatorId of free.keys()) {
    await call.database.transaction((transaction) =>
      rebuildOperatorDay(transaction as Database, operatorId, start),
    );
  }
}

async function isStillFree(call: Call, { service, officeId, start }: Claim): Promise<boolean> {
  const time = occupiedTime(service, start);
  const free = await freeStretches(call.database, service, officeId, time);
  return [...free.values()].some((stretches) =>
    stretches.some((s) => s.start <= time.start && time.end <= s.end),
  );
}

function isRepetition(earlier: AppointmentView, repeated: Claim): boolean {
  return (
    earlier.startsAt === repeated.start &&
    earlier.service.id === repeated.service.id &&
    earlier.office.id === repeated.officeId &&
    earlier.contactEmail === repeated.person.email &&
    earlier.person?.familyName === repeated.person.familyName
  );
}

async function alternatives(call: Call, service: Service, office: OfficeSummary, wanted: Instant) {
  const bookable = bookableWindow(service, call.clock.now());
  const around = {
    start: Math.max(bookable.start, wanted - 7 * DAY),
    end: Math.min(bookable.end, wanted + 21 * DAY),
  };
  const free = await freeStretches(call.database, service, office.id, around);
  const starts = openStarts(service, free.values(), around).map((open) => open.start);
  return nearestStarts(starts, wanted, 3).map((start) => ({
    office_id: office.id,
    service_id: service.id,
    starts_at: toRfc3339(start),
  }));
}
