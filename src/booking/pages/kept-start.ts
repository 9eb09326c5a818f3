import { z } from 'zod';
import type { Instant } from '../../platform/clock.ts';
import type { AppContext } from '../../platform/http.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import type { KeptStart } from '../actions/hold-start.ts';

const COOKIE = '__Host-orario';
/** Longer than any hold: the token also says which earlier one a new choice replaces. */
const SECONDS = 2 * 3600;

const schema = z.object({
  id: z.uuid(),
  token: z.string().length(32),
  serviceId: z.uuid(),
  /** Codes, with which the journey's addresses name it. */
  servizio: z.string(),
  ufficio: z.string(),
  officeId: z.uuid(),
  start: z.number(),
  expiresAt: z.number(),
});

/** Remembers on this device, sealed, which start is kept for it. */
export function keepHold(c: AppContext, kept: KeptStart, ufficio: string): Promise<void> {
  const { service, ...rest } = kept;
  const named = { serviceId: service.id, servizio: service.code, ufficio };
  return keepSealed(c, COOKIE, { ...rest, ...named }, SECONDS);
}

export function readHold(c: AppContext): Promise<z.infer<typeof schema> | undefined> {
  return readSealed(c, COOKIE, schema);
}

export function forgetHold(c: AppContext): void {
  dropSealed(c, COOKIE);
}

/** The kept start, if it is the one chosen. */
export async function heldFor(
  c: AppContext,
  choice: {
    readonly service: { readonly id: string };
    readonly office: { readonly id: string };
    readonly start: Instant;
  },
) {
  const held = await readHold(c);
  return held?.serviceId === choice.service.id &&
    held.officeId === choice.office.id &&
    held.start === choice.start
    ? held
    : undefined;
}
