import { z } from 'zod';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { dropSealed, keepSealed, readSealed } from '../../platform/sealed-cookie.ts';
import { readTicket, type TicketView } from '../actions/read-ticket.ts';

const COOKIE = '__Host-biglietto';
/** A day at the office is never longer. */
const SECONDS = 12 * 3600;
const schema = z.object({ id: z.uuid() });

/** Remembers the ticket on this device, sealed. */
export function keepTicket(c: AppContext, id: string): Promise<void> {
  return keepSealed(c, COOKIE, { id }, SECONDS);
}

export function forgetTicket(c: AppContext): void {
  dropSealed(c, COOKIE);
}

/** The ticket this device holds; undefined when none. */
export async function heldTicket(c: AppContext): Promise<TicketView | undefined> {
  const kept = await readSealed(c, COOKIE, schema);
  if (!kept) return undefined;
  try {
    return await readTicket(callOf(c), kept.id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}
