import { rebuildDays, tellWaiting } from '../../booking/actions/give-time-back.ts';
import { checkServiceLimit } from '../../booking/actions/who-comes.ts';
import { bookedNotices, movedNotices } from '../../booking/notices.ts';
import { appointmentById, lockView } from '../../booking/store/appointments.ts';
import { releaseTime, takeNewTime } from '../../booking/store/claims.ts';
import { confirmHeld, expireHold, lockHold } from '../../booking/store/holds.ts';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Pass } from '../../identity/pass.ts';
import { personById } from '../../identity/store.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { MINUTE } from '../../platform/clock.ts';
import { type Database, postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import type { Offer, WaitingEntry } from '../entry.ts';
import { notWaiting, offerOver } from '../problems.ts';
import { changeEntry, entryById, lockWaiting } from '../store/entries.ts';
import { lockOffer, settleFreed, settleOffer } from '../store/offers.ts';
import { letPass } from './end-offer.ts';
import { entryToChange, type OpenedEntry } from './look-up-entry.ts';

interface Answer {
  readonly entryId: string;
  readonly offerId: string;
  readonly pass?: Pass;
}

/**
 * Takes the time that is kept for one who waits: it becomes their appointment, or the one they have
 * is moved there as one swap, and their old time comes free for the next. Repeating it changes
 * nothing.
 * @throws {Problem} 404 unknown or not theirs; 410 the offer is over
 */
export async function acceptOffer(call: Call, wanted: Answer): Promise<OpenedEntry> {
  const { entry, offer } = await theirOffer(call, wanted);
  const now = call.clock.now();
  await transactionWithRetry(call.database, async (transaction) => {
    const waits = await lockWaiting(transaction, entry.id);
    const locked = await lockOffer(transaction, offer.id);
    if (locked?.state === 'accepted') return;
    if (locked?.state !== 'open' || locked.expiresAt <= now) throw offerOver();
    if (!waits) throw notWaiting();
    const hold = await lockHold(transaction, offer.heldBy);
    if (hold?.state !== 'held') throw offerOver();
    const current = (await entryById(transaction, entry.id))?.current;
    const appointmentId = current
      ? await moveThere(transaction, call, offer, current.id)
      : await confirmThere(transaction, call, offer, entry);
    await settleOffer(transaction, offer.id, 'accepted', now);
    if (offer.freedTimeId !== undefined) await settleFreed(transaction, offer.freedTimeId, now);
    await changeEntry(transaction, entry.id, { state: 'served', updatedAt: now });
    await withdraw(transaction, entry.id);
    await audit(transaction, call, {
      action: 'accept-offer',
      subjectKind: 'waiting-entry',
      subjectId: entry.id,
      detail: { offer: offer.id, appointment: appointmentId, moved: current !== undefined },
    });
  }).catch((error: unknown) => {
    // They booked for themselves at the same instant: that stands, and the time goes on.
    if (postgresFault(error)?.constraint === 'appointment_person_service_unique') throw offerOver();
    throw error;
  });
  return entryToChange(call, { id: entry.id, pass: wanted.pass });
}

/** Lets an offer go to the next. @throws {Problem} 404 unknown or not theirs; 410 it is over */
export async function declineOffer(call: Call, wanted: Answer): Promise<OpenedEntry> {
  const { entry, offer } = await theirOffer(call, wanted);
  if (!(await letPass(call, offer, 'declined'))) throw offerOver();
  return entryToChange(call, { id: entry.id, pass: wanted.pass });
}

async function theirOffer(call: Call, wanted: Answer) {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const { entry, offers } = await entryToChange(call, { id: wanted.entryId, pass: wanted.pass });
  const offer = offers.find(({ id }) => id === wanted.offerId);
  if (!offer) throw notFound();
  return { entry, offer };
}

async function confirmThere(
  transaction: Database,
  call: Call,
  offer: Offer,
  entry: WaitingEntry,
): Promise<string> {
  const person = (await personById(transaction, entry.person.id))!;
  const now = call.clock.now();
  await confirmHeld(transaction, {
    id: offer.heldBy,
    serviceId: entry.service.id,
    note: undefined,
    locale: entry.locale,
    promised: false,
    now,
    person: {
      ...person,
      email: entry.contactEmail,
      phone: entry.contactPhone,
      alsoBy: entry.alsoBy,
      taxCodeCipher: undefined,
    },
  });
  const booked = (await appointmentById(transaction, offer.heldBy))!;
  await checkServiceLimit({ ...call, database: transaction }, booked.service, booked.startsAt, {
    personId: person.id,
    except: booked.id,
  });
  await enqueue(transaction, call, ...(await bookedNotices(transaction, booked, entry, now)));
  return booked.id;
}

/** Moves an appointment to the time that is held: the hold ends as the appointment takes its place. */
async function moveThere(
  transaction: Database,
  call: Call,
  offer: Offer,
  appointmentId: string,
): Promise<string> {
  const now = call.clock.now();
  const before = await lockView(transaction, (await appointmentById(transaction, appointmentId))!);
  const earlier = before?.state === 'confirmed' && offer.startsAt < before.startsAt;
  // Any time is better than one that the office took away.
  if (!before || !(earlier || before.state === 'displaced')) throw offerOver();
  const held = (await appointmentById(transaction, offer.heldBy))!;
  const gone = [
    ...(await releaseTime(transaction, offer.heldBy)),
    ...(await releaseTime(transaction, appointmentId)),
  ];
  await expireHold(transaction, offer.heldBy, now);
  await rebuildDays(transaction, gone);
  const taken = await takeNewTime(transaction, {
    id: appointmentId,
    officeId: held.office.id,
    service: { ...held.service, durationMinutes: (held.endsAt - held.startsAt) / MINUTE },
    start: held.startsAt,
    preferredId: held.operatorId,
    now,
  });
  if (!taken) throw offerOver();
  if (before.state === 'confirmed') await tellWaiting(transaction, call, before, now);
  const moved = (await appointmentById(transaction, appointmentId))!;
  await withdraw(transaction, appointmentId);
  await enqueue(transaction, call, ...(await movedNotices(transaction, moved, moved, now)));
  return appointmentId;
}
