import { neverReceived } from '../../booking/actions/receive-now.ts';
import type { Database } from '../../platform/database.ts';
import type { TicketChange } from '../store/tickets.ts';

/** Gives back the time taken for a walk-in who was called but is not received after all. */
export async function forgetWalkIn(
  transaction: Database,

  ticket: { readonly dueAt: number | null; readonly appointmentId: string | null },
): Promise<TicketChange> {
  if (ticket.dueAt !== null || ticket.appointmentId === null) return {};
  await neverReceived(transaction, ticket.appointmentId);
  return { appointmentId: null };
}
