import { audit } from '../../identity/audit.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { ticketOver } from '../problems.ts';
import { mayFollow } from '../rules/lifecycle.ts';
import { changeTicket, lockTicket, ticketById } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';
import { changeAsOperator } from './change-ticket.ts';
import { forgetWalkIn } from './end-walk-in.ts';

/**
 * Takes somebody out of the queue who goes away. Whoever holds the ticket may: it is known to them
 * alone. A booking stays as it is. @throws {Problem} 404; 409 received already, or gone
 */
export async function leaveQueue(call: Call, id: string): Promise<Ticket> {
  if (call.actor.kind === 'operator') {
    return changeAsOperator(call, id, 'leave', async (transaction, locked) => ({
      ...(await forgetWalkIn(transaction, locked)),
      state: 'left',
      endedAt: call.clock.now(),
    }));
  }
  await transactionWithRetry(call.database, async (transaction) => {
    const locked = await lockTicket(transaction, id);
    if (!locked) throw notFound();
    if (!mayFollow('leave', locked.state)) throw ticketOver();
    await changeTicket(transaction, id, {
      ...(await forgetWalkIn(transaction, locked)),
      state: 'left',
      endedAt: call.clock.now(),
    });
    await audit(transaction, call, {
      action: 'leave-ticket',
      subjectKind: 'ticket',
      subjectId: id,
      detail: { from: locked.state, to: 'left' },
    });
  });
  return (await ticketById(call.database, id))!;
}
