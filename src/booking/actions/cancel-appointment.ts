import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Pass } from '../../identity/pass.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { editedMeanwhile, notFound } from '../../platform/problem.ts';
import { cancelledNotices } from '../notices.ts';
import { notOpen, tooLateToCancel } from '../problems.ts';
import { judgeCancellation } from '../rules/lifecycle.ts';
import {
  type AppointmentView,
  appointmentById,
  lockView,
  recordCancellation,
} from '../store/appointments.ts';
import { giveTimeBack } from './give-time-back.ts';
import { appointmentToChange, refuseImposed } from './look-up-appointment.ts';

export interface Cancellation {
  readonly id: string;
  /** Needed of those who are not signed in. */
  readonly pass?: Pass;
  readonly reason?: string;
  /** The version the caller saw; any when absent. */
  readonly version?: number;
}

/**
 * Cancels an appointment and gives its time back, at once or as the service says. Cancelling what is
 * already cancelled changes nothing and tells nobody. @throws {Problem} 404 unknown or not theirs; 409 begun, closed or imposed;
 * 412 edited meanwhile
 */
export async function cancelAppointment(
  call: Call,
  wanted: Cancellation,
): Promise<AppointmentView> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const found = await appointmentToChange(call, wanted);
  refuseImposed(call, found);

  const now = call.clock.now();
  await transactionWithRetry(call.database, async (transaction) => {
    const current = await lockView(transaction, found);
    if (!current) throw notFound();
    refuseImposed(call, current);
    const verdict = judgeCancellation(current, now);
    if (verdict.kind === 'already-cancelled') return;
    if (wanted.version !== undefined && current.version !== wanted.version) throw editedMeanwhile();
    if (verdict.kind === 'too-late') throw tooLateToCancel();
    if (verdict.kind === 'closed') throw notOpen();
    await recordCancellation(transaction, found.id, {
      reason: wanted.reason,
      late: verdict.late,
      now,
    });
    await giveTimeBack(transaction, call, current, now);
    await withdraw(transaction, found.id);
    const told = { ...current, version: current.version + 1 };
    await enqueue(transaction, call, ...cancelledNotices(told, current));
    await audit(transaction, call, {
      action: 'cancel-appointment',
      subjectKind: 'appointment',
      subjectId: found.id,
      detail: { late: verdict.late, by_code: wanted.pass !== undefined },
    });
  });
  return (await appointmentById(call.database, found.id))!;
}
