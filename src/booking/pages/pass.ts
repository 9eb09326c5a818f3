import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import { lookUpAppointment, type Pass } from '../actions/look-up-appointment.ts';
import type { AppointmentView } from '../store/appointments.ts';

const COOKIE = '__Host-appuntamento';
const SECONDS = 2 * 3600;
const schema = z.object({ code: z.string().max(20), email: z.string().max(254) });

/** Remembers on this device, sealed and for two hours, which appointment was opened. */
export function keepPass(c: AppContext, pass: Pass): Promise<void> {
  return keepSealed(c, COOKIE, { ...pass }, SECONDS);
}

export function readPass(c: AppContext): Promise<Pass | undefined> {
  return readSealed(c, COOKIE, schema);
}

export function forgetPass(c: AppContext): void {
  dropSealed(c, COOKIE);
}

/** The appointment opened on this device; undefined when none is, or its pass no longer opens it. */
export async function openedAppointment(c: AppContext): Promise<AppointmentView | undefined> {
  const pass = await readPass(c);
  if (!pass) return undefined;
  try {
    return await lookUpAppointment(callOf(c), pass);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}
