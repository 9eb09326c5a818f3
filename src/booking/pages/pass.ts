import { z } from 'zod';
import type { AppContext } from '../../platform/http.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import type { Pass } from '../actions/look-up-appointment.ts';

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
