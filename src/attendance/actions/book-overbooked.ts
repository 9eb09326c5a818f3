import { startsAt } from '../../booking/actions/joint-starts.ts';
import {
  asWritten,
  checkAudience,
  checkLimit,
  type Named,
  reachOf,
  whoComes,
} from '../../booking/actions/who-comes.ts';
import { bookedNotices } from '../../booking/notices.ts';
import { alreadyBooked } from '../../booking/problems.ts';
import { bookingCode } from '../../booking/rules/code.ts';
import { bookableWindow } from '../../booking/rules/starts.ts';
import type { Service } from '../../booking/service.ts';
import {
  type AppointmentView,
  appointmentById,
  letPastGo,
} from '../../booking/store/appointments.ts';
import { serviceById } from '../../booking/store/services.ts';
import { audit } from '../../identity/audit.ts';
import { authorise, isPublic } from '../../identity/authorise.ts';
import { rememberPerson } from '../../identity/store.ts';
import { type OfficeSummary, officeById } from '../../network/store.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type IsoDate, MINUTE, wall } from '../../platform/clock.ts';
import { type Database, postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { noRoomExpected, overbookingOff } from '../problems.ts';
import { type Half, halfDay, within } from '../rules/half-day.ts';
import { besideWhom, mayOverbook } from '../rules/overbooking.ts';
import { withinBound } from '../rules/turnout.ts';
import { insertOverbooked, lockRule } from '../store/overbooking.ts';
import { expectedIn, historyOf } from '../store/visits.ts';
import { asBooked, foreseeing } from './foresee.ts';

export interface Overbooking extends Named {
  readonly serviceId: string;
  readonly officeId: string;
  readonly day: IsoDate;
  readonly half: Half;
  readonly note?: string;
}

/**
 * Books one more person than there are places in a half-day, where those predicted not to come leave
 * room: at the time of the appointment least likely to be kept. It takes nobody's time, and is told to
 * the operators as what it is. Only where an administrator switched it on, and nothing real is free.
 * Jobseekers may only where that was opened to them.
 * @throws {Problem} 404; 401, 403; 422 incomplete; 409 off, no room expected, already booked
 */
export async function bookOverbooked(call: Call, wanted: Overbooking): Promise<AppointmentView> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator');
  const [service, office] = await Promise.all([
    serviceById(call.database, wanted.serviceId),
    officeById(call.database, wanted.officeId),
    checkLimit(call, wanted.person?.email),
  ]);
  if (!service || !office) throw notFound();
  const comer = await whoComes(call, wanted, service);
  await checkAudience(call, service, office, comer);
  const person = await asWritten(call, comer);
  const id = call.ids();
  try {
    await transactionWithRetry(call.database, async (transaction) => {
      const now = call.clock.now();
      const personId = await rememberPerson(transaction, {
        ...person,
        email: person.email ?? null,
        phone: person.phone ?? null,
        locale: call.locale,
        createdAt: now,
      });
      const { identityKey } = person;
      await letPastGo(transaction, { identityKey, serviceId: service.id }, now);
      const beside = await roomBeside(transaction, call, { wanted, service, office, personId });
      const code = bookingCode(crypto.getRandomValues(new Uint8Array(10)));
      const times = {
        startsAt: beside.startsAt,
        endsAt: beside.startsAt + service.durationMinutes * MINUTE,
      };
      await insertOverbooked(
        transaction,
        {
          id,
          code,
          serviceId: service.id,
          officeId: office.id,
          operatorId: beside.operatorId,
          personId,
          contactEmail: person.email ?? null,
          contactPhone: person.phone ?? null,
          alsoBy: person.alsoBy ?? null,
          ...times,
          state: 'confirmed',
          locale: call.locale,
          origin: call.actor.kind === 'operator' ? 'desk' : 'web',
          note: wanted.note ?? null,
          createdAt: now,
          updatedAt: now,
        },
        beside.id,
      );
      const told = { id, code, ...times, version: 1, locale: call.locale, service, office };
      await enqueue(
        transaction,
        call,
        ...(await bookedNotices(
          transaction,
          told,
          { ...reachOf(person), person: { id: personId } },
          now,
        )),
      );
      await audit(transaction, call, {
        action: 'book-overbooked',
        subjectKind: 'appointment',
        subjectId: id,
        detail: { beside: beside.id, expected: beside.expected, places: beside.places },
      });
    });
  } catch (error) {
    const fault = postgresFault(error)?.constraint;
    if (fault === 'appointment_person_service_unique') throw alreadyBooked();
    throw error;
  }
  return (await appointmentById(call.database, id))!;
}

interface Place {
  readonly wanted: Overbooking;
  readonly service: Service;
  readonly office: OfficeSummary;
  readonly personId: string;
}

/** Whom the person is booked beside. @throws {Problem} 409 off, or no room expected */
async function roomBeside(transaction: Database, call: Call, place: Place) {
  const { wanted, service, office, personId } = place;
  const rule = await lockRule(transaction, office.id, service.id);
  const byPublic = isPublic(call.actor);
  if (!rule?.active || !mayOverbook(service) || (byPublic && !rule.public)) throw overbookingOff();

  const now = call.clock.now();
  const window = halfDay(wanted.day, wanted.half);
  const bookable = within(window, bookableWindow(service, now));
  if ((await startsAt(transaction, service, office.id, bookable)).length > 0)
    throw noRoomExpected();

  const where = { officeId: office.id, serviceId: service.id };
  const foresee = await foreseeing(call, transaction, where);
  const expected = await expectedIn(transaction, { ...where, window });
  const booked = expected.map((one) => asBooked(one, foresee));
  const beside = besideWhom(booked, bookable.start);
  if (!beside || beside.startsAt >= bookable.end) throw noRoomExpected();
  const at = wall(beside.startsAt);
  const own =
    1 -
    foresee({
      ...(await historyOf(transaction, personId, beside.startsAt)),
      leadDays: (beside.startsAt - now) / DAY,
      hour: at.hour,
      weekday: at.weekday,
      service: service.code,
      origin: byPublic ? 'web' : 'desk',
    });
  const chances = [...booked.map(({ shows }) => shows), own];
  const places = booked.filter(({ beyond }) => !beyond).length;
  if (!withinBound(chances, { places, tolerance: rule.tolerance, risk: rule.risk })) {
    throw noRoomExpected();
  }
  return {
    id: beside.id,
    startsAt: beside.startsAt,
    operatorId: expected.find(({ id }) => id === beside.id)!.operatorId,
    expected: chances.reduce((sum, p) => sum + p, 0),
    places,
  };
}
