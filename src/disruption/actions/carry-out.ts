import { giveTimeBack, rebuildDays } from '../../booking/actions/give-time-back.ts';
import { movedNotices } from '../../booking/notices.ts';
import {
  type AppointmentView,
  appointmentById,
  lockAppointment,
} from '../../booking/store/appointments.ts';
import { releaseTime, takeNewTime } from '../../booking/store/claims.ts';
import { expireHold } from '../../booking/store/holds.ts';
import { audit } from '../../identity/audit.ts';
import { officeById } from '../../network/store.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { type Instant, MINUTE, toRfc3339 } from '../../platform/clock.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { takeOfferBack } from '../../waitlist/actions/end-offer.ts';
import { cancelSession } from '../../workshops/actions/cancel-session.ts';
import {
  appointmentDisplaced,
  appointmentRevoked,
  disruptionNotices,
  officeMoves,
} from '../notices.ts';
import type { Seat } from '../rules/propose.ts';
import { takeAway } from '../store/displaced.ts';
import {
  type Disruption,
  disruptionById,
  finishIfSettled,
  nextItem,
  settleItem,
  type WaitingItem,
} from '../store/disruptions.ts';
import { sessionsAhead } from '../store/sessions.ts';
import { straysOf } from '../store/strays.ts';
import type { Fate } from '../table.ts';

/**
 * Sees to the people whom a disruption hits, each in a transaction of their own, until nobody is
 * left or `until` has come. Any number of processes may do so at once; each appointment is seen to,
 * and its person told, once.
 */
export async function carryOut(call: Call, id: string, until: Instant): Promise<void> {
  const found = await disruptionById(call.database, id);
  if (found?.state !== 'running') return;
  await callSessionsOff(call, found);
  while (call.clock.now() <= until) {
    const any = await transactionWithRetry(call.database, async (transaction) => {
      const item = await nextItem(transaction, id);
      if (item) await settle(call, transaction, found, item);
      return item !== undefined;
    });
    if (!any) break;
  }
  await transactionWithRetry(call.database, (transaction) =>
    finishIfSettled(transaction, id, call.clock.now()),
  );
}

/** A whole office that is shut holds no group sessions; cancelling one again changes nothing. */
async function callSessionsOff(
  call: Call,
  { officeId, operatorId, start, end, reason }: Disruption,
) {
  if (operatorId !== null || end === null) return;
  const now = call.clock.now();
  for (const { id } of await sessionsAhead(call.database, officeId, { start, end }, now))
    await cancelSession(call, { id, reason });
}

async function settle(
  call: Call,
  transaction: Database,
  disruption: Disruption,
  item: WaitingItem,
): Promise<void> {
  const now = call.clock.now();
  const offered = await takeOfferBack(transaction, call, item.appointmentId);
  const locked = await lockAppointment(transaction, item.appointmentId);
  const view = await appointmentById(transaction, item.appointmentId);
  const done = (outcome: Fate | 'gone') =>
    settleItem(transaction, disruption.id, item.appointmentId, outcome, now);
  if (
    offered ||
    !locked ||
    !view ||
    !stillHit(disruption, { ...locked, alone: view.service.operators === 1 }, now) ||
    !(await stillOutside(transaction, disruption, item.appointmentId, now))
  )
    return done('gone');
  if (locked.state === 'held') {
    await expireHold(transaction, view.id, now);
    await rebuildDays(transaction, await releaseTime(transaction, view.id));
    return done('gone');
  }
  const told = { ...view, ...locked, language: locked.language ?? undefined };
  const { fate, seat } = item;
  if (fate === 'keep') return done('keep');
  if (fate === 'tell') {
    const { reason, newAddress: address, start: from } = disruption;
    await enqueue(
      transaction,
      call,
      ...disruptionNotices(officeMoves, view, { reason, address, from }),
    );
    return done('tell');
  }
  if (fate === 'reseat' && seat && (await reseat(call, transaction, told, seat, now)))
    return done('reseat');
  // A seat that somebody took meanwhile is not replaced by another that nobody looked at.
  const outcome = fate === 'reseat' ? 'displace' : fate;
  await remove(call, transaction, told, disruption.reason, outcome, now);
  return done(outcome);
}

/** Whether it still stands where the disruption found it; people cancel and move meanwhile. */
function stillHit(
  { start, end, officeId, operatorId }: Disruption,
  appointment: NonNullable<Awaited<ReturnType<typeof lockAppointment>>> & {
    /** One operator receives. */
    readonly alone: boolean;
  },
  now: Instant,
): boolean {
  return (
    (appointment.state === 'held' || appointment.state === 'confirmed') &&
    appointment.officeId === officeId &&
    (operatorId === null || !appointment.alone || appointment.operatorId === operatorId) &&
    appointment.startsAt > now &&
    appointment.endsAt > start &&
    (end === null || appointment.startsAt < end)
  );
}

/** After a change of hours only those concern it that still have none. */
async function stillOutside(
  transaction: Database,
  { kind }: Disruption,
  appointmentId: string,
  now: Instant,
): Promise<boolean> {
  if (kind !== 'hours' && kind !== 'transfer') return true;
  return (await straysOf(transaction, { appointmentId }, now)).has(appointmentId);
}

type Told = AppointmentView & {
  readonly officeId: string;
  readonly promised: boolean;
  readonly language: string | undefined;
};

/**
 * Gives an appointment the time that was found for it, as a swap. Who keeps the hour and the office
 * is not written to: nothing that they were told changes. @returns whether the time was still free
 */
export async function reseat(
  call: Call,
  transaction: Database,
  told: Told,
  seat: Seat,
  now: Instant,
): Promise<boolean> {
  const { start: startsAt, officeId, operatorId } = seat;
  const endsAt = startsAt + (told.endsAt - told.startsAt);
  const gone = await releaseTime(transaction, told.id);
  await rebuildDays(transaction, gone);
  const move = {
    id: told.id,
    officeId,
    operatorId,
    service: { ...told.service, durationMinutes: (endsAt - startsAt) / MINUTE },
    start: startsAt,
    language: told.language,
    now,
  };
  if (!(await takeNewTime(transaction, move))) return false;
  const sameForThem =
    told.state === 'confirmed' && startsAt === told.startsAt && officeId === told.officeId;
  if (!sameForThem) {
    const office = (await officeById(transaction, officeId))!;
    await withdraw(transaction, told.id);
    const moved = { ...told, startsAt, endsAt, office, version: told.version + 1 };
    const notices = await movedNotices(transaction, moved, told, now);
    await enqueue(transaction, call, ...notices);
  }
  await audit(transaction, call, {
    action: 'reseat-appointment',
    subjectKind: 'appointment',
    subjectId: told.id,
    detail: {
      from: { starts_at: toRfc3339(told.startsAt), operator: told.operatorId },
      to: { starts_at: toRfc3339(startsAt), operator: operatorId },
    },
  });
  return true;
}

/** Takes the time away, or calls the appointment off, and says so. */
async function remove(
  call: Call,
  transaction: Database,
  told: Told,
  reason: string,
  outcome: 'displace' | 'revoke',
  now: Instant,
): Promise<void> {
  const displaced = outcome === 'displace';
  await takeAway(transaction, told.id, {
    state: displaced ? 'displaced' : 'revoked',
    reason,
    now,
  });
  if (displaced) await rebuildDays(transaction, await releaseTime(transaction, told.id));
  else await giveTimeBack(transaction, call, told, now);
  await withdraw(transaction, told.id);
  const kind = displaced ? appointmentDisplaced : appointmentRevoked;
  const changed = { ...told, version: told.version + 1 };
  await enqueue(transaction, call, ...disruptionNotices(kind, changed, { reason }));
  await audit(transaction, call, {
    action: displaced ? 'displace-appointment' : 'revoke-appointment',
    subjectKind: 'appointment',
    subjectId: told.id,
  });
}
