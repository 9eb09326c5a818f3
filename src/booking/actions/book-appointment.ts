import { auditRow } from '../../identity/audit.ts';
import { authorise, isPublic } from '../../identity/authorise.ts';
import { auditEvent } from '../../identity/table.ts';
import { type OfficeSummary, officeById } from '../../network/store.ts';
import { outboxRow } from '../../notices/outbox.ts';
import { outbox } from '../../notices/table.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Instant, MINUTE, toRfc3339 } from '../../platform/clock.ts';
import { type Database, perDatabase, postgresFault, toColumns } from '../../platform/database.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { forbidden, type Problem } from '../../platform/problem.ts';
import { sharing } from '../../platform/sharing.ts';
import { bookedNotices } from '../notices.ts';
import { alreadyBooked, slotNotOffered, slotTaken } from '../problems.ts';
import { nearestStarts } from '../rules/choose.ts';
import { bookingCode } from '../rules/code.ts';
import { bookableWindow, isOfferable } from '../rules/starts.ts';
import type { Service } from '../service.ts';
import { type AppointmentView, appointmentById, letPastGo } from '../store/appointments.ts';
import { askedToBook } from '../store/asked.ts';
import { type Claim, claim, type Wanted, type Won } from '../store/claims.ts';
import { serviceById, wasteOfServices } from '../store/services.ts';
import { asWished, type ServiceWish } from './as-wished.ts';
import { claimInRounds } from './claim-in-rounds.ts';
import { startsAt } from './joint-starts.ts';
import {
  asWritten,
  type Comer,
  checkAudience,
  checkServiceLimit,
  type Named,
  noticeFor,
  ownOperatorFor,
  publicAt,
  reachOf,
  refuseTooMany,
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
  /** Booked on behalf of somebody who chose by themselves: what is kept for the staff is not theirs. */
  readonly forPublic?: boolean;
}

/** Which of service and office is not there: looked up once more only when one is not. */
async function unknownOf({ database, locale }: Call, wanted: Booking): Promise<Problem> {
  const [service, office] = await Promise.all([
    serviceById(database, wanted.serviceId),
    officeById(database, wanted.officeId),
  ]);
  return unknownAmong(locale, { '/service_id': service, '/office_id': office });
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
  const now = call.clock.now();
  const email = wanted.person?.email;
  const asking = wanted.forPublic ? now : publicAt(call);
  const [asked, waste] = await Promise.all([
    askedToBook(call.database, { ...wanted, email, now, publicAt: asking }),
    wasteOfServices(call.database, now),
  ]);
  if (!asked) throw await unknownOf(call, wanted);
  const { office, reminderDays } = asked;
  const service = asWished(asked.service, wanted);
  refuseTooMany(call, email, asked.open);
  const person = await whoComes(call, wanted, service);
  await checkAudience(call, service, office, person);
  await checkServiceLimit(call, service, wanted.start, { comer: person, except: wanted.id });

  if (!isOfferable(noticeFor(call, service), wanted.start, now)) throw slotNotOffered();
  const operatorId = await promisedOperator(call, wanted, service, person);
  const time = {
    service,
    officeId: office.id,
    start: wanted.start,
    operatorId,
    language: wanted.language,
    publicAt: asking,
    waste,
  };
  const preparing = { wanted, time, office, person, reminderDays, now };
  const won = await claimed(call, preparing, asked.free);
  if (won) return won;
  const earlier = await repeated(call, preparing);
  if (earlier) return earlier;
  throw slotTaken({ members: { alternatives: await alternatives(call, time) } });
}

function promisedOperator(call: Call, wanted: Booking, service: Service, person: Comer) {
  if (wanted.operatorId === undefined) return ownOperatorFor(call, service, person.known?.id);
  if (isPublic(call.actor)) throw forbidden();
  return wanted.operatorId;
}

/** What the claim won; an id or a person that the database already has is a repetition. */
async function claimed(
  call: Call,
  preparing: Preparing,
  seenFree: boolean,
  again = false,
): Promise<AppointmentView | undefined> {
  const { wanted, time, office } = preparing;
  let prepared: Claim | undefined;
  const attempt = async (database: Database, wait: boolean) => {
    // Whoever comes too late is spared it.
    prepared ??= await prepare(call, preparing);
    const claiming = prepared;
    const won =
      wanted.visitId === undefined
        ? await claim(database, claiming, wait)
        : // Inside a larger transaction a refusal must leave the rest of it usable.
          await database.transaction((part) => claim(part as Database, claiming, wait));
    return won && asBooked(call, claiming, office, won);
  };
  try {
    return await claimInRounds(call, time, attempt, seenFree);
  } catch (error) {
    switch (postgresFault(error)?.constraint) {
      case 'appointment_pkey':
        return undefined;
      case 'appointment_person_service_unique': {
        if (await repeated(call, preparing)) return undefined;
        const about = {
          identityKey: prepared!.person.identityKey,
          serviceId: time.service.id,
        };
        if (!again && (await letPastGo(call.database, about, preparing.now))) {
          return claimed(call, preparing, true, true);
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
  readonly time: Wanted & { readonly service: Service };
  readonly office: OfficeSummary;
  readonly person: Comer;
  readonly reminderDays: readonly number[];
  readonly now: Instant;
}

async function prepare(call: Call, preparing: Preparing): Promise<Claim> {
  const { wanted, time, office, person, now } = preparing;
  const { service, start } = time;
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
    reminderDays: preparing.reminderDays,
    ...(wanted.origin !== undefined && { origin: wanted.origin }),
  };
  const written = await asWritten(call, person);
  const audited = auditRow(call, {
    action: 'book-appointment',
    subjectKind: 'appointment',
    subjectId: id,
    detail: { service: service.code, office: office.code, starts_at: toRfc3339(start) },
  });
  return {
    ...time,
    id,
    code,
    note: wanted.note,
    now,
    locale: call.locale,
    origin: wanted.origin ?? (call.actor.kind === 'operator' ? 'desk' : 'web'),
    promised: time.operatorId !== undefined,
    visitId: wanted.visitId,
    person: written,
    auditRows: [toColumns(auditEvent, audited)],
    outboxRows: (await bookedNotices(call.database, told, reachOf(written), now)).map((notice) =>
      toColumns(outbox, outboxRow(call, notice)),
    ),
  };
}

/** The appointment that the first request with this id made, if it asked for the same. */
async function repeated(
  call: Call,
  { wanted, time, person }: Preparing,
): Promise<AppointmentView | undefined> {
  if (wanted.id === undefined) return undefined;
  const earlier = await appointmentById(call.database, wanted.id);
  const same =
    earlier?.startsAt === time.start &&
    earlier.service.id === time.service.id &&
    earlier.office.id === time.officeId &&
    earlier.contactEmail === person.email &&
    earlier.person?.familyName === person.familyName;
  return same ? earlier : undefined;
}

const sharedAlternatives = perDatabase(() => sharing<Instant[]>());

/** The nearest starts to one that is gone; those who lost the same one are told the same. */
async function alternatives(call: Call, time: Preparing['time']) {
  const { service, officeId, start: wanted, operatorId, language } = time;
  const forStaff = time.publicAt === undefined;
  const asked = noticeFor(call, service);
  const key = JSON.stringify([officeId, wanted, operatorId, language, asked, forStaff]);
  const { answer } = await sharedAlternatives(call.database)(key, async () => {
    const bookable = bookableWindow(noticeFor(call, service), call.clock.now());
    const around = {
      start: Math.max(bookable.start, wanted - 7 * DAY),
      end: Math.min(bookable.end, wanted + 21 * DAY),
    };
    const open = await startsAt(call.database, service, officeId, around, time);
    return nearestStarts(
      open.map(({ start }) => start),
      wanted,
      3,
    );
  });
  return answer.map((start) => ({
    office_id: officeId,
    service_id: service.id,
    starts_at: toRfc3339(start),
  }));
}
