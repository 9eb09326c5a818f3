import { endNow } from '../../booking/actions/receive-now.ts';
import { recordOutcome } from '../../booking/actions/record-outcome.ts';
import type { Call } from '../../platform/call.ts';
import { MINUTE } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problem.ts';
import { judgeArrival } from '../rules/arrival.ts';
import type { Ticket } from '../ticket.ts';
import { changeAsOperator } from './change-ticket.ts';

/**
 * Ends a visit: notes that the person was seen, late if they came late, and gives back what is left
 * of the time. @throws {Problem} 409 nobody called or received
 */
export function finishVisit(call: Call, id: string): Promise<Ticket> {
  return changeAsOperator(call, id, 'finish', async (transaction, locked) => {
    if (locked.appointmentId !== null) await recordSeen(transaction, call, locked);
    const now = call.clock.now();
    return { state: 'finished', servedAt: locked.servedAt ?? locked.calledAt, endedAt: now };
  });
}

/** Writes the outcome into the appointment, and gives back the time that is left of it. */
export async function recordSeen(
  transaction: Database,
  call: Call,
  ticket: {
    readonly appointmentId: string | null;
    readonly dueAt: number | null;
    readonly arrivedAt: number;
  },
): Promise<void> {
  if (ticket.appointmentId === null) return;
  const inside = { ...call, database: transaction };
  const { dueAt, arrivedAt } = ticket;
  const late = dueAt !== null && judgeArrival(dueAt, arrivedAt) === 'late';
  try {
    await recordOutcome(inside, {
      id: ticket.appointmentId,
      outcome: late ? 'late' : 'seen',
      ...(late && { minutesLate: Math.round((arrivedAt - dueAt) / MINUTE) }),
    });
  } catch (error) {
    // Received hours before the hour booked, or corrected elsewhere: the visit is over all the same.
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    call.log.info('a visit ended without an outcome', { problem: error.kind.slug });
  }
  await endNow(transaction, call, ticket.appointmentId);
}
