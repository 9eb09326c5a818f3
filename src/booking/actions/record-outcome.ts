import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { remindersAgain } from '../notices.ts';
import { officeNotReceiving, outcomeStands, outcomeTooEarly } from '../problems.ts';
import { judgeOutcome, type Outcome } from '../rules/lifecycle.ts';
import {
  type AppointmentView,
  appointmentById,
  lockView,
  recordState,
} from '../store/appointments.ts';
import { closedDuring } from '../store/closures.ts';
import { rebuildDays, tellWaiting } from './give-time-back.ts';

/**
 * Records whether the person came, or takes back what was recorded (`outcome` undefined). Somebody
 * who did not come gives their time back at once; repeating an outcome changes nothing. Nobody is
 * absent where the office itself was closed or the operator away.
 * @throws {Problem} 401, 403 another office; 404; 409 too early, it stands, or nobody received
 */
export async function recordOutcome(
  call: Call,
  wanted: {
    readonly id: string;
    readonly outcome: Outcome | undefined;
    /** How late the person came, where it is known. */
    readonly minutesLate?: number;
  },
): Promise<AppointmentView> {
  authorise(call.actor, 'operator', 'administrator');
  const found = await appointmentById(call.database, wanted.id);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.office.id);

  const now = call.clock.now();
  try {
    await transactionWithRetry(call.database, async (transaction) => {
      const current = await lockView(transaction, found);
      if (!current) throw notFound();
      authoriseOffice(call.actor, current.office.id);
      const verdict = judgeOutcome(current, wanted.outcome, now);
      if (verdict === 'unchanged') return;
      if (verdict === 'too-early') throw outcomeTooEarly();
      if (verdict !== 'allowed') throw outcomeStands();
      const received = { ...current, officeId: current.office.id };
      if (wanted.outcome === 'absent' && (await closedDuring(transaction, received)))
        throw officeNotReceiving();
      const state = wanted.outcome ?? 'confirmed';
      const holdsTime = state !== 'absent' && state !== 'excused';
      const touched = await recordState(transaction, found.id, { state, holdsTime, now });
      await rebuildDays(transaction, touched);
      // Whoever said beforehand that they cannot come is not called to come.
      await withdraw(transaction, found.id);
      if (state === 'confirmed') {
        const reminders = await remindersAgain(transaction, current, now);
        await enqueue(transaction, call, ...reminders);
      }
      if (!holdsTime) await tellWaiting(transaction, call, current, now);
      await audit(transaction, call, {
        action: 'record-outcome',
        subjectKind: 'appointment',
        subjectId: found.id,
        detail: { from: current.state, to: state, minutes_late: wanted.minutesLate },
      });
    });
  } catch (error) {
    const fault = postgresFault(error)?.constraint;
    if (fault === 'occupied_no_overlap' || fault === 'appointment_person_service_unique') {
      throw outcomeStands();
    }
    throw error;
  }
  return (await appointmentById(call.database, found.id))!;
}
