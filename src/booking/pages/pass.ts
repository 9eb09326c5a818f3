import { z } from 'zod';
import type { Pass } from '../../identity/pass.ts';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import { lookUpAppointment, readAppointment } from '../actions/look-up-appointment.ts';
import type { AppointmentView } from '../store/appointments.ts';

const COOKIE = '__Host-appuntamento';
const SECONDS = 2 * 3600;
const schema = z.union([
  z.object({ code: z.string().max(20), contact: z.string().max(254) }),
  z.object({ id: z.uuid() }),
]);

/** Remembers on this device, sealed and for two hours, which appointment was opened. */
export function keepPass(c: AppContext, pass: Pass): Promise<void> {
  return keepSealed(c, COOKIE, { ...pass }, SECONDS);
}

/** Remembers which of their own appointments a signed-in person opened: their session opens it. */
export function keepOwn(c: AppContext, id: string): Promise<void> {
  return keepSealed(c, COOKIE, { id }, SECONDS);
}

/** What opened the appointment; undefined when a session did. */
export async function readPass(c: AppContext): Promise<Pass | undefined> {
  const kept = await readSealed(c, COOKIE, schema);
  return kept && 'code' in kept ? kept : undefined;
}

export function forgetPass(c: AppContext): void {
  dropSealed(c, COOKIE);
}

/** The appointment opened on this device; undefined when none is, or its pass no longer opens it. */
export async function openedAppointment(c: AppContext): Promise<AppointmentView | undefined> {
  const kept = await readSealed(c, COOKIE, schema);
  if (!kept) return undefined;
  try {
    return 'code' in kept
      ? await lookUpAppointment(callOf(c), kept)
      : await readAppointment(callOf(c), kept.id);
  } catch (error) {
    // Of a session that is over, too, nothing is open any more.
    if (error instanceof Problem && (error.status === 404 || error.status === 401))
      return undefined;
    throw error;
  }
}
