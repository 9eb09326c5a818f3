import { z } from 'zod';
import type { Pass } from '../../identity/pass.ts';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import { lookUpRegistration, type OpenedRegistration } from '../actions/look-up-registration.ts';

const COOKIE = '__Host-incontro';
const SECONDS = 2 * 3600;
const schema = z.object({ code: z.string().max(20), contact: z.string().max(254) });

/** Remembers on this device, sealed and for two hours, which registration was opened. */
export function keepPass(c: AppContext, pass: Pass): Promise<void> {
  return keepSealed(c, COOKIE, { ...pass }, SECONDS);
}

export function forgetPass(c: AppContext): void {
  dropSealed(c, COOKIE);
}

/** The registration opened on this device with its pass; undefined when none is. */
export async function openedRegistration(
  c: AppContext,
): Promise<(OpenedRegistration & { readonly pass: Pass }) | undefined> {
  const pass = await readSealed(c, COOKIE, schema);
  if (!pass) return undefined;
  try {
    return { ...(await lookUpRegistration(callOf(c), pass)), pass };
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}
