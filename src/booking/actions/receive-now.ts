import type { Call } from '../../platform/call.ts';
import { MINUTE } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { bookingCode } from '../rules/code.ts';
import { releaseTime } from '../store/claims.ts';
import { deleteAppointment, endTimeAt, takeFromNow } from '../store/present.ts';
import { rebuildDays } from './give-time-back.ts';
import { rebuildOperatorDay } from './rebuild-free-time.ts';

/**
 * Takes an operator's time from now for somebody who did not book, inside the transaction that calls
 * them: at most `minutes`, and never what was promised to others.
 * @returns the appointment that holds it; undefined when none of it was free anyway
 */
export async function receiveNow(
  transaction: Database,
  call: Call,
  wanted: {
    readonly serviceId: string;
    readonly officeId: string;
    readonly operatorId: string;
    readonly minutes: number;
    readonly locale: string;
  },
): Promise<string | undefined> {
  const { minutes, ...who } = wanted;
  const id = call.ids();
  const start = call.clock.now();
  const during = { start, end: start + minutes * MINUTE };
  const code = bookingCode(crypto.getRandomValues(new Uint8Array(10)));
  return (await takeFromNow(transaction, { ...who, id, code, during })) ? id : undefined;
}

/** Gives back what is left of an appointment's time, now that the person is gone. */
export async function endNow(
  transaction: Database,
  call: Call,
  appointmentId: string,
): Promise<void> {
  const now = call.clock.now();
  for (const operatorId of (await endTimeAt(transaction, appointmentId, now)).sort()) {
    await rebuildOperatorDay(transaction, operatorId, now);
  }
}

/** Takes back {@link receiveNow}: the person was called but not received. */
export async function neverReceived(transaction: Database, appointmentId: string): Promise<void> {
  const taken = await releaseTime(transaction, appointmentId);
  await rebuildDays(transaction, taken);
  await deleteAppointment(transaction, appointmentId);
}
