import { auditRow } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { auditEvent } from '../../identity/table.ts';
import { type OfficeSummary, officeById } from '../../network/store.ts';
import { outboxRow } from '../../notices/outbox.ts';
import { outbox } from '../../notices/table.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Instant, MINUTE, toRfc3339 } from '../../platform/clock.ts';
import { type Database, postgresFault, toColumns } from '../../platform/database.ts';
import { forbidden, notFound } from '../../platform/problem.ts';
import { bookedNotices } from '../notices.ts';
import { alreadyBooked, slotNotOffered, slotTaken } from '../problems.ts';
import { nearestStarts } from '../rules/choose.ts';
import { bookingCode } from '../rules/code.ts';
import { bookableWindow, isOfferable } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { type AppointmentView, appointmentById, letPastGo } from '../store/appointments.ts';
import { type Claim, claim, type Won } from '../store/claims.ts';
import { serviceById, wasteOfServices } from '../store/services.ts';
import { asWished, type ServiceWish } from './as-wished.ts';
import { claimInRounds } from './claim-in-rounds.ts';
import { startsAt } from './joint-starts.ts';
import {
  asWritten,
  type Comer,
  checkAudience,
  checkLimit,
  type Named,
  noticeFor,
  ownOperatorFor,
  reachOf,
  whoComes,
} from './who-comes.ts';

export interface Booking extends Named, ServiceWish {
  /**
   * Chosen by the caller to make a repetition recognisable: the same id for the same person gives
   * the appointment that the first request made. A new one when absent.
   */
  readonly id?: string;
  readonly serviceId: string;
  readonly officeId: string;
  readonly start: Instant;
  /** ISO 639-1; the operator must speak it. */
  readonly language?: string;
  /** Only this operator, who is then promised; only staff and the system may ask. */
  readonly operatorId?: string;
  /** What the office should know beforehand, in the person's words. */
  readonly note?: string;
  /** Where it comes from when neither the web nor the desk: a convocation, a walk-in… */
  readonly origin?: string;
  /** Appointments made together share it. */
  readonly visitId?: string;
}

/**
 * Books a time for a person, with any operator of the office who is free and able; with their own
 * for services that ask for it. Writes appointment, occupied time, person, audit and outbox rows in
 * one statement.
 * @throws {Problem} 404 unknown service or office; 422 not offered or incomplete; 409 taken (with
 *   the nearest alternatives), already booked or too many; 401 and 403
 */
export async function bookAppointment(call: Call, wanted: Booking): Promise<AppointmentView> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const [asked, office, waste] = await Promise.all([
    serviceById(call.database, wanted.serviceId),
    officeById(call.database, wanted.officeId),
    wasteOfServices(call.database, call.clock.now()),
    checkLimit(call, wanted.person?.email),
  ]);
  if (!asked || !office) throw notFound();
  const service = asWished(asked, wanted);
  const person = await whoComes(call, wanted, service);
  await checkAudience(call, service, office, person);

  const now = call.clock.now();
  if (!isOfferable(noticeFor(call, service), wanted.start, now)) throw slotNotOffered();
  const operatorId = await promisedOperator(call, wanted, service, person);
  const prepared = await prepare(call, { wanted, service, office, person, operatorId, waste, now });
  const won = await claimed(call, prepared);
  if (won) return asBooked(call, prepared, office, won);
  const earlier = await appointmentById(call.database, prepared.id);
  if (earlier && isRepetition(earlier, prepared)) return earlier;
  throw slotTaken({
    members: { alternatives: await alternatives(call, prepared, office) },
  });
}

function promisedOperator(call: Call, wanted: Booking, service: Service, person: Comer) {
  if (wanted.operatorId === undefined) return ownOperatorFor(call, service, person.known?.id);
  if (call.actor.kind === 'anonymous' || call.actor.kind === 'jobseeker') throw forbidden();
  return wanted.operatorId;
}

/** Who the claim won; an id or a person that the database already has is a repetition. */
async function claimed(call: Call, prepared: Claim, again = false): Promise<Won | undefined> {
  try {
    return await claimInRounds(call, prepared, (database, wait) =>
      prepared.visitId === undefined
        ? claim(database, prepared, wait)
        : // Inside a larger transaction a refusal must leave the rest of it usable.
          database.transaction((part) => claim(part as Database, prepared, wait)),
    );
  } catch (error) {
    switch (postgresFault(error)?.constraint) {
      case 'appointment_pkey':
        return undefined;
      case 'appointment_person_service_unique': {
        const earlier = await appointmentById(call.database, prepared.id);
        if (earlier && isRepetition(earlier, prepared)) return undefined;
        const { service, person, now } = prepared;
        const about = { identityKey: person.identityKey, serviceId: service.id };
        if (!again && (await letPastGo(call.database, about, now))) {
          return claimed(call, prepared, true);
        }
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
    origin: written.origin,
    note,
    cancelReason: undefined,
    late: false,
    version: 1,
    createdAt: now,
    operatorId: won.operatorId,
    operatorName: won.operatorName,
    promised: written.promised,
    language: written.language,
    visitId: written.visitId,
    contactEmail: written.person.email,
    contactPhone: written.person.phone,
    alsoBy: written.person.alsoBy,
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

interface Preparing {
  readonly wanted: Booking;
  readonly service: Service;
  readonly office: OfficeSummary;
  readonly person: Comer;
  readonly operatorId: string | undefined;
  readonly waste: readonly number[];
  readonly now: Instant;
}

async function prepare(call: Call, preparing: Preparing): Promise<Claim> {
  const { wanted, service, office, person, operatorId, waste, now } = preparing;
  const { start } = wanted;
  const id = wanted.id ?? call.ids();
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
  const written = await asWritten(call, person);
  const audited = auditRow(call, {
    action: 'book-appointment',
    subjectKind: 'appointment',
    subjectId: id,
    detail: { service: service.code, office: office.code, starts_at: toRfc3339(start) },
  });
  return {
    id,
    code,
    service,
    officeId: office.id,
    start,
    operatorId,
    language: wanted.language,
    waste,
    note: wanted.note,
    now,
    locale: call.locale,
    origin: wanted.origin ?? (call.actor.kind === 'operator' ? 'desk' : 'web'),
    promised: operatorId !== undefined,
    visitId: wanted.visitId,
    person: written,
    auditRows: [toColumns(auditEvent, audited)],
    outboxRows: (await bookedNotices(call.database, told, reachOf(written), now)).map((notice) =>
      toColumns(outbox, outboxRow(call, notice)),
    ),
  };
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

async function alternatives(call: Call, claim: Claim, office: OfficeSummary) {
  const { service, start: wanted } = claim;
  const bookable = bookableWindow(noticeFor(call, service), call.clock.now());
  const around = {
    start: Math.max(bookable.start, wanted - 7 * DAY),
    end: Math.min(bookable.end, wanted + 21 * DAY),
  };
  const open = await startsAt(call.database, service, office.id, around, claim);
  return nearestStarts(
    open.map(({ start }) => start),
    wanted,
    3,
  ).map((start) => ({
    office_id: office.id,
    service_id: service.id,
    starts_at: toRfc3339(start),
  }));
}
