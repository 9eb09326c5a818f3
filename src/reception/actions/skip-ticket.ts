import type { Call } from '../../platform/call.ts';
import { rankAfterSkip } from '../rules/order.ts';
import { ticketsOfDay } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';
import { changeAsOperator } from './change-ticket.ts';
import { forgetWalkIn } from './end-walk-in.ts';

/**
 * Passes over somebody who was called and did not come: a few places back, or out after as many
 * calls as the rule says. Nobody else's turn changes. @throws {Problem} 409 not called
 */
export function skipTicket(call: Call, id: string): Promise<Ticket> {
  return changeAsOperator(call, id, 'skip', async (transaction, locked) => {
    const today = await ticketsOfDay(transaction, locked.officeId, locked.day);
    const waiting = today.filter(({ state }) => state === 'waiting');
    const rankAt = rankAfterSkip(locked, waiting);
    return {
      ...(await forgetWalkIn(transaction, locked)),
      state: rankAt === undefined ? 'skipped' : 'waiting',
      operatorId: null,
      desk: null,
      skips: locked.skips + 1,
      ...(rankAt === undefined ? { endedAt: call.clock.now() } : { rankAt }),
    };
  });
}
