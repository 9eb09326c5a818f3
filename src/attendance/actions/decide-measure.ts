import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { measureDecided, notSanctionable } from '../problems.ts';
import { BENEFITS, type Benefit } from '../rules/ladder.ts';
import { absenceById, insertMeasure, withdrawMeasureRow } from '../store/absences.ts';
import { absenceFile, type ReadBenefit } from './read-absence.ts';

export interface MeasureDecision {
  readonly appointmentId: string;
  readonly adopt: boolean;
  /** The official's own words. */
  readonly reason: string;
}

/**
 * Records what an official decided on a prepared proposal, with the evidence as it is now. The
 * software proposes and keeps; it adopts nothing by itself.
 * @throws {Problem} 401, 403 another office; 404; 409 something is missing, or decided already
 */
export async function decideMeasure(
  call: Call,
  decision: MeasureDecision,
  readBenefit: ReadBenefit,
): Promise<void> {
  authorise(call.actor, 'operator', 'administrator');
  const decidedBy = actorId(call.actor)!;
  try {
    await transactionWithRetry(call.database, async (transaction) => {
      const absence = await absenceById(transaction, decision.appointmentId);
      if (!absence?.personId) throw notFound();
      authoriseOffice(call.actor, absence.officeId);
      const { benefit, proposal, measure } = await absenceFile(
        call,
        transaction,
        absence,
        readBenefit,
      );
      if (measure) throw measureDecided();
      if (!proposal || !benefit || !isLadderBenefit(benefit.benefit)) throw notSanctionable();
      await insertMeasure(transaction, {
        id: call.ids(),
        appointmentId: absence.id,
        personId: absence.personId,
        benefit: benefit.benefit,
        ordinal: proposal.ordinal,
        step: proposal.step,
        evidence: proposal.evidence,
        state: decision.adopt ? 'adopted' : 'declined',
        reason: decision.reason,
        decidedBy,
        decidedAt: call.clock.now(),
      });
      await audit(transaction, call, {
        action: decision.adopt ? 'adopt-measure' : 'decline-measure',
        subjectKind: 'appointment',
        subjectId: absence.id,
        detail: { ordinal: proposal.ordinal, step: proposal.step, benefit: benefit.benefit },
      });
    });
  } catch (error) {
    const fault = postgresFault(error)?.constraint;
    if (fault === 'absence_measure_appointment_unique') throw measureDecided();
    throw error;
  }
}

/**
 * Takes an adopted measure back: the absence counts no more.
 * @throws {Problem} 401, 403 another office; 404; 409 no measure stands
 */
export async function withdrawMeasure(
  call: Call,
  appointmentId: string,
  reason: string,
): Promise<void> {
  authorise(call.actor, 'operator', 'administrator');
  await transactionWithRetry(call.database, async (transaction) => {
    const absence = await absenceById(transaction, appointmentId);
    if (!absence) throw notFound();
    authoriseOffice(call.actor, absence.officeId);
    const by = { withdrawnBy: actorId(call.actor)!, withdrawnAt: call.clock.now(), reason };
    if (!(await withdrawMeasureRow(transaction, appointmentId, by))) throw measureDecided();
    await audit(transaction, call, {
      action: 'withdraw-measure',
      subjectKind: 'appointment',
      subjectId: appointmentId,
    });
  });
}

function isLadderBenefit(benefit: string): benefit is Benefit {
  return (BENEFITS as readonly string[]).includes(benefit);
}
