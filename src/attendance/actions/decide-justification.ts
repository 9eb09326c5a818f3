import { rebuildDays } from '../../booking/actions/give-time-back.ts';
import { lockAppointment, recordState } from '../../booking/store/appointments.ts';
import type { AppointmentState } from '../../booking/table.ts';
import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { enqueue } from '../../notices/outbox.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { type Database, postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { editedMeanwhile, notFound } from '../../platform/problem.ts';
import {
  justificationAccepted,
  justificationNotices,
  justificationQuestion,
  justificationRejected,
} from '../notices.ts';
import { decidedAlready, decisionStands, nothingToJustify } from '../problems.ts';
import { judgeDecision } from '../rules/decide.ts';
import {
  changeJustification,
  type Justification,
  justificationById,
} from '../store/justifications.ts';

export type JustificationDecision =
  | { readonly kind: 'accept'; readonly reason?: string }
  | { readonly kind: 'reject'; readonly reason: string }
  /** Asks for more: what is wanted, in words the person reads. */
  | { readonly kind: 'ask'; readonly reason: string }
  /** Takes the last decision back. */
  | { readonly kind: 'undo' };

const JUSTIFIABLE: readonly AppointmentState[] = ['confirmed', 'absent', 'excused'];

/**
 * Decides a justification: accepted, the person is excused; rejected, the absence stands; or more is
 * asked; or the last decision is taken back. The person is told.
 * @throws {Problem} 401, 403 another office; 404; 409 decided already, or it stands; 412 changed meanwhile
 */
export async function decideJustification(
  call: Call,
  id: string,
  decision: JustificationDecision,
): Promise<Justification> {
  authorise(call.actor, 'operator', 'administrator');
  try {
    await transactionWithRetry(call.database, (transaction) =>
      decide(transaction, call, id, decision),
    );
  } catch (error) {
    const fault = postgresFault(error)?.constraint;
    // Taken back too late: the time, or the person's one open appointment, went elsewhere.
    if (fault === 'occupied_no_overlap' || fault === 'appointment_person_service_unique') {
      throw decisionStands();
    }
    throw error;
  }
  return (await justificationById(call.database, id))!;
}

async function decide(
  transaction: Database,
  call: Call,
  id: string,
  decision: JustificationDecision,
): Promise<void> {
  const current = await justificationById(transaction, id);
  if (!current) throw notFound();
  authoriseOffice(call.actor, current.officeId);
  const now = call.clock.now();
  const verdict = judgeDecision(
    { state: current.state, decidedAt: current.decidedAt ?? undefined },
    decision.kind,
    current.measured,
    now,
  );
  if (verdict === 'stands') throw decisionStands();
  if (verdict !== 'allowed') throw decidedAlready();
  await carryOut(transaction, call, current, decision);
  await audit(transaction, call, {
    action: `${decision.kind}-justification`,
    subjectKind: 'justification',
    subjectId: id,
    detail: { appointment: current.appointmentId, from: current.state },
  });
}

async function carryOut(
  transaction: Database,
  call: Call,
  current: Justification,
  decision: JustificationDecision,
): Promise<void> {
  const decided = { decidedBy: actorId(call.actor)!, decidedAt: call.clock.now() };
  const change = async (to: Parameters<typeof changeJustification>[2]) => {
    if (!(await changeJustification(transaction, current, to))) throw editedMeanwhile();
  };
  switch (decision.kind) {
    case 'accept': {
      const before = await setState(transaction, call, current, 'excused');
      const decisionReason = decision.reason ?? null;
      await change({ ...decided, state: 'accepted', stateBefore: before, decisionReason });
      await enqueue(transaction, call, ...justificationNotices(justificationAccepted, current));
      return;
    }
    case 'reject':
      await change({ ...decided, state: 'rejected', decisionReason: decision.reason });
      await enqueue(
        transaction,
        call,
        ...justificationNotices(justificationRejected, current, decision.reason),
      );
      return;
    case 'ask':
      await change({ state: 'asked', question: decision.reason });
      await enqueue(
        transaction,
        call,
        ...justificationNotices(justificationQuestion, current, decision.reason),
      );
      return;
    case 'undo':
      if (current.state === 'accepted') {
        await setState(transaction, call, current, current.stateBefore ?? 'absent');
      }
      await change({
        state: 'sent',
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
        stateBefore: null,
      });
  }
}

/**
 * The appointment follows the decision, however long ago it was. One that comes back before its time
 * takes its time again. @returns the state before
 */
async function setState(
  transaction: Database,
  call: Call,
  { appointmentId, startsAt }: Justification,
  state: AppointmentState,
): Promise<AppointmentState> {
  const locked = await lockAppointment(transaction, appointmentId);
  if (!locked) throw notFound();
  if (!JUSTIFIABLE.includes(locked.state)) throw nothingToJustify();
  if (locked.state === state) return state;
  const now = call.clock.now();
  const holdsTime = state === 'confirmed' && startsAt > now;
  await rebuildDays(
    transaction,
    await recordState(transaction, appointmentId, { state, holdsTime, now }),
  );
  return locked.state;
}
