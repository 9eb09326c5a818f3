import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Pass } from '../../identity/pass.ts';
import { officeById } from '../../network/store.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { type Instant, MINUTE, toRfc3339 } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { editedMeanwhile, forbidden, notFound } from '../../platform/problem.ts';
import { movedNotices } from '../notices.ts';
import { notOpen, slotNotOffered, slotTaken, tooLateToCancel } from '../problems.ts';
import { judgeCancellation } from '../rules/lifecycle.ts';
import { isOfferable } from '../rules/starts.ts';
import { type AppointmentView, appointmentById, lockView } from '../store/appointments.ts';
import { releaseTime, takeNewTime } from '../store/claims.ts';
import { lockDaysOfMove } from '../store/seats.ts';
import { wasteOfServices } from '../store/services.ts';
import { rebuildDays, tellWaiting } from './give-time-back.ts';
import { appointmentToChange, refuseImposed } from './look-up-appointment.ts';
import { makeRoom } from './make-room.ts';
import { releaseLapsed } from './release-lapsed.ts';
import { checkServiceLimit, noticeFor, publicAt } from './who-comes.ts';

export interface Rescheduling {
  readonly id: string;
  readonly start: Instant;
  /** The office it moves to; stays at its own when absent. */
  readonly officeId?: string;
  /** Needed of those who are not signed in. */
  readonly pass?: Pass;
  /** The version the caller saw; any when absent. */
  readonly version?: number;
}

/**
 * Moves an appointment as one swap: the old time is given back and the new one taken in the same
 * transaction, so that a new time which is gone leaves the old one untouched. It keeps its code, its
 * own length and, when free, its operator; the new time may overlap its old one.
 * @throws {Problem} 404 not theirs; 409 taken, begun, closed or imposed; 412 edited meanwhile; 422 not offered
 */
export async function moveAppointment(call: Call, wanted: Rescheduling): Promise<AppointmentView> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const found = await appointmentToChange(call, wanted);
  refuseImposed(call, found);
  const office = await officeById(call.database, wanted.officeId ?? found.office.id);
  if (!office) throw unknownAmong(call.locale, { '/office_id': office });
  // A service of one's own Cpi only was checked when booking: it does not move elsewhere.
  if (office.id !== found.office.id && found.service.audience !== 'anyone') throw forbidden();

  const now = call.clock.now();
  const service = { ...found.service, durationMinutes: (found.endsAt - found.startsAt) / MINUTE };
  if (!isOfferable(noticeFor(call, service), wanted.start, now)) throw slotNotOffered();

  await checkServiceLimit(call, service, wanted.start, {
    personId: found.person?.id,
    except: found.id,
  });

  const waste = await wasteOfServices(call.database, now);
  await releaseLapsed(call);
  await transactionWithRetry(call.database, async (transaction) => {
    const current = await lockView(transaction, found);
    if (!current) throw notFound();
    if (wanted.version !== undefined && current.version !== wanted.version) throw editedMeanwhile();
    refuseImposed(call, current);
    const verdict = judgeCancellation(current, now);
    if (verdict.kind === 'too-late') throw tooLateToCancel();
    if (verdict.kind !== 'allowed') throw notOpen();

    await lockDaysOfMove(transaction, {
      operatorId: current.operatorId,
      from: current.startsAt,
      officeId: office.id,
      to: wanted.start,
    });
    await rebuildDays(transaction, await releaseTime(transaction, found.id));
    const startsAt = wanted.start;
    const endsAt = startsAt + service.durationMinutes * MINUTE;
    const move = {
      id: found.id,
      officeId: office.id,
      service,
      start: startsAt,
      // A promise made stands: the person keeps the operator, or the time is not free.
      ...(current.promised
        ? { operatorId: current.operatorId }
        : { preferredId: current.operatorId }),
      language: current.language,
      publicAt: publicAt(call),
      waste,
      now,
    };
    // A day that another claim was changing may have room with somebody else: asked once more.
    // At last others, promised nobody, are given another operator; with the move, or not at all.
    const taken =
      (await takeNewTime(transaction, move)) ||
      (await takeNewTime(transaction, move)) ||
      ((await makeRoom(transaction, call, move)) && (await takeNewTime(transaction, move)));
    if (!taken) throw slotTaken();
    if (current.state === 'confirmed') await tellWaiting(transaction, call, current, now);

    await withdraw(transaction, found.id);
    const told = { ...current, startsAt, endsAt, office, version: current.version + 1 };
    await enqueue(transaction, call, ...(await movedNotices(transaction, told, current, now)));
    await audit(transaction, call, {
      action: 'move-appointment',
      subjectKind: 'appointment',
      subjectId: found.id,
      detail: {
        from: { office: current.office.code, starts_at: toRfc3339(current.startsAt) },
        to: { office: office.code, starts_at: toRfc3339(startsAt) },
        by_code: wanted.pass !== undefined,
      },
    });
  });
  return (await appointmentById(call.database, found.id))!;
}
