import { authorise, isPublic } from '../../identity/authorise.ts';
import { isContactOf, type Pass } from '../../identity/pass.ts';
import type { Call } from '../../platform/call.ts';
import { forbidden, notFound } from '../../platform/problem.ts';
import { dateImposed, lookupFailed } from '../problems.ts';
import { normaliseCode } from '../rules/code.ts';
import { isImposed } from '../rules/lifecycle.ts';
import {
  type AppointmentView,
  appointmentByCode,
  appointmentById,
  appointmentsOfPerson,
} from '../store/appointments.ts';

/**
 * The appointment that a code and a contact open together; one that is wrong is answered as the other. @throws {Problem} 404
 */
export async function lookUpAppointment(call: Call, pass: Pass): Promise<AppointmentView> {
  const found = await appointmentByCode(call.database, normaliseCode(pass.code));
  if (!isContactOf(found, pass.contact) || !found) throw lookupFailed();
  return found;
}

/**
 * One appointment, for the person it belongs to or the staff of its office.
 * @throws {Problem} 401, 404 (also when it is somebody else's)
 */
export async function readAppointment(call: Call, id: string): Promise<AppointmentView> {
  authorise(call.actor, 'jobseeker', 'operator', 'administrator', 'system');
  const found = await appointmentById(call.database, id);
  if (!found || !mayRead(call, found)) throw notFound();
  return found;
}

/**
 * The appointment that the caller may act on: by its pass, or by who they are.
 * @throws {Problem} 404 unknown or not theirs, without a pass too
 */
export async function appointmentToChange(
  call: Call,
  wanted: { readonly id: string; readonly pass?: Pass },
): Promise<AppointmentView> {
  if (wanted.pass) {
    const opened = await lookUpAppointment(call, wanted.pass);
    // Of another appointment it is as wrong as any, and answered so.
    if (opened.id !== wanted.id) throw lookupFailed();
    return opened;
  }
  if (call.actor.kind === 'anonymous') throw lookupFailed();
  const found = await appointmentById(call.database, wanted.id);
  if (!found || !mayRead(call, found)) throw notFound();
  return found;
}

/**
 * A date that the office imposed is changed by the office alone; one that it took away, whose holder
 * is owed another, the person may choose. @throws {Problem} 409
 */
export function refuseImposed({ actor }: Call, appointment: AppointmentView): void {
  if (isPublic(actor) && isImposed(appointment)) throw dateImposed();
}

/** Whether the actor may see and change the appointment by who they are. */
function mayRead({ actor }: Call, appointment: AppointmentView): boolean {
  switch (actor.kind) {
    case 'jobseeker':
      return appointment.person?.id === actor.personId;
    case 'operator':
      return actor.officeIds.includes(appointment.office.id);
    case 'administrator':
    case 'system':
      return true;
    default:
      return false;
  }
}

/** The signed-in jobseeker's own appointments, the latest first. */
export async function listOwnAppointments(call: Call): Promise<AppointmentView[]> {
  authorise(call.actor, 'jobseeker');
  if (call.actor.kind !== 'jobseeker') throw forbidden();
  return appointmentsOfPerson(call.database, call.actor.personId);
}

/** What a kept start became, for whoever gave this e-mail when confirming it; undefined for others. */
export async function appointmentOfHold(
  call: Call,
  id: string,
  email: string,
): Promise<AppointmentView | undefined> {
  const found = await appointmentById(call.database, id);
  return isContactOf(found, email) ? found : undefined;
}
