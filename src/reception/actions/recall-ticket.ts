import type { Call } from '../../platform/call.ts';
import type { Ticket } from '../ticket.ts';
import { changeAsOperator } from './change-ticket.ts';

/** Calls again somebody who did not come to the desk yet; each call counts. @throws {Problem} 409 */
export function recallTicket(call: Call, id: string): Promise<Ticket> {
  return changeAsOperator(call, id, 'recall', async (_, { calls }) => ({
    calls: calls + 1,
    calledAt: call.clock.now(),
  }));
}
