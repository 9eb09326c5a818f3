import { extendTime } from '../../booking/store/present.ts';
import type { Call } from '../../platform/call.ts';
import { postgresFault } from '../../platform/database.ts';
import { timeNotFree } from '../problems.ts';
import { ticketById } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';
import { changeAsOperator } from './change-ticket.ts';

/**
 * Makes the visit at the desk longer by as much as the service takes, where the operator's time
 * after it is free; who booked is never moved. @throws {Problem} 409 not at the desk, or not free
 */
export async function extendVisit(call: Call, id: string): Promise<Ticket> {
  try {
    return await changeAsOperator(call, id, 'extend', async (transaction, locked) => {
      const { service } = (await ticketById(transaction, id))!;
      const { appointmentId } = locked;
      if (appointmentId === null) throw timeNotFree();
      if (!(await extendTime(transaction, appointmentId, service.minutes))) throw timeNotFree();
      return {};
    });
  } catch (error) {
    if (postgresFault(error)?.constraint === 'occupied_no_overlap') throw timeNotFree();
    throw error;
  }
}
