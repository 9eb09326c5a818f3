import { z } from 'zod';
import type { Pass } from '../../identity/pass.ts';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import { entryToChange, lookUpEntry, type OpenedEntry } from '../actions/look-up-entry.ts';

const COOKIE = '__Host-attesa';
const SECONDS = 2 * 3600;
const schema = z.union([
  z.object({ code: z.string().max(20), contact: z.string().max(254) }),
  z.object({ id: z.uuid() }),
]);

/** Remembers on this device, sealed and for two hours, which place in the list was opened. */
export function keepPass(c: AppContext, pass: Pass): Promise<void> {
  return keepSealed(c, COOKIE, { ...pass }, SECONDS);
}

/** Remembers which of their own places a signed-in person opened: their session opens it. */
export function keepOwn(c: AppContext, id: string): Promise<void> {
  return keepSealed(c, COOKIE, { id }, SECONDS);
}

export function forgetPass(c: AppContext): void {
  dropSealed(c, COOKIE);
}

/** The place opened on this device, with its pass unless a session opens it; undefined when none is. */
export async function openedEntry(
  c: AppContext,
): Promise<(OpenedEntry & { readonly pass: Pass | undefined }) | undefined> {
  const kept = await readSealed(c, COOKIE, schema);
  if (!kept) return undefined;
  try {
    return 'code' in kept
      ? { ...(await lookUpEntry(callOf(c), kept)), pass: kept }
      : { ...(await entryToChange(callOf(c), kept)), pass: undefined };
  } catch (error) {
    // Of a session that is over, too, nothing is open any more.
    if (error instanceof Problem && (error.status === 404 || error.status === 401))
      return undefined;
    throw error;
  }
}
