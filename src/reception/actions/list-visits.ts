import { authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { IsoDate } from '../../platform/clock.ts';
import { ticketsOfDay } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';

/** Everybody who came to an office on a day: arrived, called, received, gone. @throws {Problem} 401, 403 */
export async function listVisits(
  call: Call,
  wanted: { readonly officeId: string; readonly day: IsoDate },
): Promise<Ticket[]> {
  authoriseOffice(call.actor, wanted.officeId);
  const found = await ticketsOfDay(call.database, wanted.officeId, wanted.day);
  return found.sort((a, b) => a.arrivedAt - b.arrivedAt);
}
