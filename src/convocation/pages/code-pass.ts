import { z } from 'zod';
import type { AppContext } from '../../platform/http.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';

const COOKIE = '__Host-invito';
const SECONDS = 2 * 3600;
const schema = z.object({ code: z.string().max(24) });

/** Remembers on this device, sealed and for two hours, the code that was typed. */
export function keepCode(c: AppContext, code: string): Promise<void> {
  return keepSealed(c, COOKIE, { code }, SECONDS);
}

export async function readCode(c: AppContext): Promise<string | undefined> {
  return (await readSealed(c, COOKIE, schema))?.code;
}

export function forgetCode(c: AppContext): void {
  dropSealed(c, COOKIE);
}
