import { couldMakeRoom, makeRoom } from '../../booking/actions/make-room.ts';
import { bookedNotices } from '../../booking/notices.ts';
import { appointmentById, lockAppointment } from '../../booking/store/appointments.ts';
import { takeNewTime } from '../../booking/store/claims.ts';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { MINUTE } from '../../platform/clock.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { appointmentRestored, disruptionNotices } from '../notices.ts';
import { forgetReason, restorable } from '../store/displaced.ts';

/** Others were moved along for nothing: the transaction is undone. */
class NoRoom extends Error {}

/**
 * Gives displaced appointments their old time back wherever it came free again, the earliest booked
 * first, moving others to a colleague at their own hour where that is what it takes, and tells their
 * people. Safe to repeat and to run in several processes.
 * @returns how many
 */
export async function restoreDisplaced(call: Call, officeId?: string): Promise<number> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  let restored = 0;
  for (const id of await restorable(call.database, call.clock.now(), officeId)) {
    const done = await transactionWithRetry(call.database, (transaction) =>
      restore(call, transaction, id),
    ).catch((error: unknown) => {
      if (error instanceof NoRoom) return false;
      throw error;
    });
    if (done) restored += 1;
  }
  return restored;
}

async function restore(call: Call, transaction: Database, id: string): Promise<boolean> {
  const now = call.clock.now();
  const locked = await lockAppointment(transaction, id);
  const view = await appointmentById(transaction, id);
  if (!locked || !view || locked.state !== 'displaced' || locked.startsAt <= now) return false;
  const old = {
    id,
    officeId: locked.officeId,
    service: { ...view.service, durationMinutes: (view.endsAt - view.startsAt) / MINUTE },
    start: locked.startsAt,
    ...(locked.promised ? { operatorId: locked.operatorId } : { preferredId: locked.operatorId }),
    language: locked.language ?? undefined,
    now,
  };
  if (!(await takeNewTime(transaction, old))) {
    const within = { ...call, database: transaction };
    if (!(await couldMakeRoom(within, old))) return false;
    if (!(await makeRoom(transaction, call, old))) return false;
    if (!(await takeNewTime(transaction, old))) throw new NoRoom();
  }
  await forgetReason(transaction, id);
  // Whoever has not heard yet that the time was gone need not hear it any more.
  await withdraw(transaction, id);
  const told = { ...view, version: locked.version + 1 };
  const again = await bookedNotices(transaction, told, view, now);
  const reminders = again.filter(({ dueAt }) => dueAt !== undefined);
  const address = view.office.address ?? null;
  const back = disruptionNotices(appointmentRestored, told, { reason: '', address });
  await enqueue(transaction, call, ...back, ...reminders);
  await audit(transaction, call, {
    action: 'restore-appointment',
    subjectKind: 'appointment',
    subjectId: id,
  });
  return true;
}
