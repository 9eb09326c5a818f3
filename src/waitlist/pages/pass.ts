import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import { lookUpEntry, type OpenedEntry, type Pass } from '../actions/look-up-entry.ts';

const COOKIE = '__Host-attesa';
const SECONDS = 2 * 3600;
const schema = z.object({ code: z.string().max(20), email: z.string().max(254) });

/** Remembers on this device, sealed and for two hours, which place in the list was opened. */
export function keepPass(c: AppContext, pass: Pass): Promise<void> {
  return keepSealed(c, COOKIE, { ...pass }, SECONDS);
}

export function forgetPass(c: AppContext): void {
  dropSealed(c, COOKIE);
}

/** The place opened on this device with its pass; undefined when none is. */
export async function openedEntry(
  c: AppContext,
): Promise<(OpenedEntry & { readonly pass: Pass }) | undefined> {
  const pass = await readSealed(c, COOKIE, schema);
  if (!pass) return undefined;
  try {
    return { ...(await lookUpEntry(callOf(c), pass)), pass };
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}
