import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { TicketAction } from '../rules/lifecycle.ts';
import type { Ticket } from '../ticket.ts';
import { extendVisit } from './extend-visit.ts';
import { finishVisit } from './finish-visit.ts';
import { leaveQueue } from './leave-queue.ts';
import { recallTicket } from './recall-ticket.ts';
import { skipTicket } from './skip-ticket.ts';
import { startVisit } from './start-visit.ts';
import { transferTicket } from './transfer-ticket.ts';

const VERBS: Record<Exclude<TicketAction, 'call' | 'transfer'>, typeof startVisit> = {
  recall: recallTicket,
  start: startVisit,
  skip: skipTicket,
  finish: finishVisit,
  leave: leaveQueue,
  extend: extendVisit,
};

/** What an operator does with somebody in the queue, by its name. @throws {Problem} 401, 403, 404, 409 */
export function takeStep(
  call: Call,
  step: {
    readonly id: string;
    readonly action: Exclude<TicketAction, 'call'>;
    readonly serviceId?: string;
    readonly operatorId?: string;
  },
): Promise<Ticket> {
  authorise(call.actor, 'operator');
  return step.action === 'transfer'
    ? transferTicket(call, step)
    : VERBS[step.action](call, step.id);
}
