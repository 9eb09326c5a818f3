import type { Call } from '../../platform/call.ts';
import type { Ticket } from '../ticket.ts';
import { changeAsOperator } from './change-ticket.ts';

/** The person called has come to the desk: the visit begins. @throws {Problem} 409 not called */
export function startVisit(call: Call, id: string): Promise<Ticket> {
  return changeAsOperator(call, id, 'start', async () => ({
    state: 'serving',
    servedAt: call.clock.now(),
  }));
}
