import { receiveNow } from '../../booking/actions/receive-now.ts';
import { recordOutcome } from '../../booking/actions/record-outcome.ts';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { nothingToUndo } from '../problems.ts';
import { lastStep, markUndone } from '../store/steps.ts';
import { changeTicket, lockTicket, ticketById } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';
import { oneAtATime } from './change-ticket.ts';
import { forgetWalkIn } from './end-walk-in.ts';

/**
 * Takes back what the operator did last today: the ticket is as it was, and so is the appointment's
 * outcome. Time that was given back stays free unless it still is.
 * @throws {Problem} 401, 403; 409 nothing to take back, or somebody changed the ticket since
 */
export async function undoStep(call: Call): Promise<Ticket> {
  authorise(call.actor, 'operator');
  const { operatorId } = call.actor;
  const now = call.clock.now();
  const step = await lastStep(call.database, operatorId, dayOf(now));
  // Time once given longer stays: nobody is told twice when they will be free.
  if (!step || step.action === 'extend') throw nothingToUndo();
  await oneAtATime(() =>
    transactionWithRetry(call.database, async (transaction) => {
      const locked = await lockTicket(transaction, step.ticketId);
      if (!locked || locked.version !== step.version) throw nothingToUndo();
      const inside = { ...call, database: transaction };
      const { before } = step;
      if (locked.state === 'finished' && locked.appointmentId !== null) {
        await recordOutcome(inside, { id: locked.appointmentId, outcome: undefined });
      }
      const atDesk = before.state === 'called' || before.state === 'serving';
      const walkIn = locked.dueAt === null;
      if (walkIn && !atDesk) await forgetWalkIn(transaction, locked);
      await changeTicket(transaction, locked.id, {
        ...before,
        ...(walkIn && { appointmentId: atDesk ? locked.appointmentId : null }),
      });
      if (walkIn && atDesk && locked.appointmentId === null) {
        const { service } = (await ticketById(transaction, locked.id))!;
        const appointmentId = await receiveNow(transaction, call, {
          serviceId: service.id,
          officeId: locked.officeId,
          operatorId,
          minutes: service.minutes,
          locale: locked.locale,
        });
        await changeTicket(transaction, locked.id, { appointmentId: appointmentId ?? null });
      }
      await markUndone(transaction, step);
      await audit(transaction, call, {
        action: 'undo-ticket-step',
        subjectKind: 'ticket',
        subjectId: locked.id,
        detail: { undone: step.action, from: locked.state, to: before.state },
      });
    }),
  );
  return (await ticketById(call.database, step.ticketId))!;
}
