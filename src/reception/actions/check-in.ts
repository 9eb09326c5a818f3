import { recordOutcome } from '../../booking/actions/record-outcome.ts';
import { normaliseCode } from '../../booking/rules/code.ts';
import {
  type AppointmentView,
  appointmentByCode,
  appointmentById,
  lockView,
} from '../../booking/store/appointments.ts';
import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { arrivalElsewhere, codeUnknown } from '../problems.ts';
import { judgeArrival, judgeCheckIn } from '../rules/arrival.ts';
import { insertTicket, isCheckedInTwice, ticketOfAppointment } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';

/**
 * Somebody who booked says at their office that they are here, by the booking's code: it tells the
 * office no more than that. Coming again changes nothing. Public.
 * @throws {Problem} 404; 409 another office or day, or the appointment is closed
 */
export async function checkIn(
  call: Call,
  given: { readonly officeId: string; readonly code: string },
): Promise<Ticket> {
  const found = await appointmentByCode(call.database, normaliseCode(given.code));
  if (!found) throw codeUnknown();
  return arrive(call, found, given.officeId);
}

/** The desk notes that somebody has come. @throws {Problem} 401, 403, 404; 409 as {@link checkIn} */
export async function checkInAtDesk(call: Call, appointmentId: string): Promise<Ticket> {
  authorise(call.actor, 'operator', 'administrator');
  const found = await appointmentById(call.database, appointmentId);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.office.id);
  return arrive(call, found, found.office.id);
}

async function arrive(call: Call, found: AppointmentView, officeId: string): Promise<Ticket> {
  const already = await ticketOfAppointment(call.database, found.id);
  if (already && already.officeId === officeId) return already;
  const now = call.clock.now();
  const id = call.ids();
  try {
    await transactionWithRetry(call.database, async (transaction) => {
      const booked = await lockView(transaction, found);
      if (!booked) throw notFound();
      const verdict = judgeCheckIn({ ...booked, officeId: booked.office.id }, officeId, now);
      if (verdict !== 'allowed') throw arrivalElsewhere();
      if (booked.state === 'absent' && call.actor.kind === 'operator') {
        await recordOutcome(
          { ...call, database: transaction },
          { id: booked.id, outcome: undefined },
        );
      }
      await insertTicket(transaction, {
        id,
        officeId,
        serviceId: booked.service.id,
        day: dayOf(now),
        appointmentId: booked.id,
        dueAt: booked.startsAt,
        boundTo: booked.operatorId,
        priority: false,
        arrivedAt: now,
        // Whenever they come, their place is that of their hour.
        rankAt: booked.startsAt,
        locale: booked.locale,
      });
      await audit(transaction, call, {
        action: 'check-in',
        subjectKind: 'appointment',
        subjectId: booked.id,
        detail: { arrival: judgeArrival(booked.startsAt, now), ticket: id },
      });
    });
  } catch (error) {
    if (!isCheckedInTwice(error)) throw error;
  }
  return (await ticketOfAppointment(call.database, found.id))!;
}
