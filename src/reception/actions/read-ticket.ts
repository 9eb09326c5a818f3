import { type OfficeSummary, officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { aheadOf, estimateOf, measuredOn } from '../rules/day.ts';
import type { Estimate } from '../rules/estimate.ts';
import { ticketById } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';
import { loadDay } from './load-day.ts';

/** A ticket as its holder sees it: how many come before, how long it takes, on what that rests. */
export interface TicketView {
  readonly ticket: Ticket;
  readonly office: OfficeSummary;
  readonly ahead: number;
  readonly estimate: Estimate | undefined;
  /** Finished visits behind the minutes used; 0 while they are the planned ones. */
  readonly measuredOn: number;
}

/** One ticket, which names nobody. Public to whoever knows its id. @throws {Problem} 404 */
export async function readTicket(call: Call, id: string): Promise<TicketView> {
  const found = await ticketById(call.database, id);
  const office = found && (await officeById(call.database, found.officeId));
  if (!found || !office) throw notFound();
  const ticket = { ...found, person: undefined };
  const day = await loadDay(call.database, office.id, call.clock.now());
  return {
    ticket,
    office,
    ahead: aheadOf(day, ticket),
    estimate: estimateOf(day, ticket),
    measuredOn: measuredOn(day, ticket.service),
  };
}
