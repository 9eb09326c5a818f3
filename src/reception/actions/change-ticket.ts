import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { type Database, postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { somebodyInHand, ticketOver } from '../problems.ts';
import { mayFollow, type TicketAction } from '../rules/lifecycle.ts';
import { recordStep } from '../store/steps.ts';
import { changeTicket, lockTicket, type TicketChange, ticketById } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';

/** The ticket's row, kept while it is changed. */
type LockedTicket = NonNullable<Awaited<ReturnType<typeof lockTicket>>>;

/**
 * Does one thing to a ticket as an operator of its office: keeps its row, asks `decide` for the
 * change, notes how it was before so that it can be taken back, and leaves an audit row.
 * @throws {Problem} 401, 403, 404; 409 when the ticket's state does not allow it, or the operator
 *   has somebody at the desk already
 */
export async function changeAsOperator(
  call: Call,
  id: string,
  action: TicketAction,
  decide: (transaction: Database, ticket: LockedTicket) => Promise<TicketChange>,
): Promise<Ticket> {
  authorise(call.actor, 'operator');
  const { operatorId } = call.actor;
  await oneAtATime(() =>
    transactionWithRetry(call.database, async (transaction) => {
      const locked = await lockTicket(transaction, id);
      if (!locked) throw notFound();
      authoriseOffice(call.actor, locked.officeId);
      if (!mayFollow(action, locked.state)) throw ticketOver();
      const change = await decide(transaction, locked);
      await changeTicket(transaction, id, change);
      await recordStep(transaction, {
        id: call.ids(),
        ticketId: id,
        operatorId,
        at: call.clock.now(),
        action,
        before: changeable(locked),
        version: locked.version + 1,
      });
      await audit(transaction, call, {
        action: `${action}-ticket`,
        subjectKind: 'ticket',
        subjectId: id,
        detail: { from: locked.state, to: change.state ?? locked.state, desk: change.desk },
      });
    }),
  );
  return (await ticketById(call.database, id))!;
}

/** What of a ticket an action may change, as it is. */
function changeable(locked: LockedTicket): TicketChange {
  const {
    id: _,
    officeId: __,
    day: ___,
    series: ____,
    number: _____,
    version: ______,
    ...rest
  } = locked;
  return rest;
}

/** Says that the operator has somebody at the desk when the database found two. */
export async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (postgresFault(error)?.constraint === 'ticket_operator_unique') throw somebodyInHand();
    throw error;
  }
}
