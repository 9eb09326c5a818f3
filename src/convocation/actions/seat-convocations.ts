import { bookAppointment } from '../../booking/actions/book-appointment.ts';
import { firstStarts } from '../../booking/actions/joint-starts.ts';
import { bookableWindow } from '../../booking/rules/starts.ts';
import { appointmentById, lockAppointment } from '../../booking/store/appointments.ts';
import { serviceById } from '../../booking/store/services.ts';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { CHANNELS as NOTICE_CHANNELS } from '../../notices/channel.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { type Instant, MINUTE, toRfc3339 } from '../../platform/clock.ts';
import { type Database, describeError } from '../../platform/database.ts';
import { Problem } from '../../platform/problem.ts';
import { convocationSent } from '../notices.ts';
import { codeOf } from '../rules/code.ts';
import { convocationWindow } from '../rules/terms.ts';
import {
  type Convocation,
  closeEnded,
  convocationById,
  openConvocation,
  setConvocation,
  takeSeating,
} from '../store/convocations.ts';

/** Convocations seated in one run. */
const BATCH = 100;
/** Minutes after which a convocation without a free date is tried again. */
const RETRY_MINUTES = 60;
/** How often the earliest start may be lost to somebody faster before the next run tries. */
const ATTEMPTS = 5;

/**
 * Gives a date to convocations that have none and sends them; closes those whose appointment ended.
 * Safe to repeat, to kill midway, and to run in several processes.
 */
export async function seatConvocations(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  const now = call.clock.now();
  await closeEnded(call.database, now);
  const again = now + RETRY_MINUTES * MINUTE;
  for (const id of await takeSeating(call.database, now, BATCH, again)) {
    try {
      await seatConvocation(call, id);
    } catch (error) {
      call.log.error('a convocation could not be seated', { id, error: describeError(error) });
    }
  }
}

/**
 * Books the date of a convocation, the earliest that leaves the notice unless one is given, and sends
 * it. The appointment has its id from the beginning: whatever happens between, it is booked once.
 * Does nothing to one that has its date; stays without a date when none is free.
 * @throws {Problem} 409, 422 when the date given is not to be had
 */
export async function seatConvocation(call: Call, id: string, start?: Instant): Promise<void> {
  const found = await convocationById(call.database, id);
  if (found?.state !== 'seating') return;
  if (found.appointmentState === null) {
    const booked = await bookDate(call, found, start);
    if (!booked) return;
  }
  const now = call.clock.now();
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    // Whoever moves or cancels it at this moment is either seen, or comes after the message.
    await lockAppointment(transaction, found.appointmentId);
    const seated = (await convocationById(transaction, id))!;
    // Time that the office took away meanwhile is no date: sent when there is one again.
    if (seated.appointmentState === 'displaced') return;
    if (!(await openConvocation(transaction, id, now))) return;
    // What the office cancelled at once is closed by the next run, and nobody is called to it.
    if (seated.appointmentState !== 'confirmed') return;
    const notice = await messageOf(call, seated);
    if (notice) await enqueue(transaction, call, notice);
    await audit(transaction, call, {
      action: 'send-convocation',
      subjectKind: 'convocation',
      subjectId: id,
      detail: { channel: seated.channel, starts_at: toRfc3339(seated.startsAt!) },
    });
  });
}

/** @returns whether the appointment is there now */
async function bookDate(call: Call, found: Convocation, wanted?: Instant): Promise<boolean> {
  const service = await serviceById(call.database, found.serviceId);
  if (!service) return false;
  const onBehalf: Call = {
    ...call,
    actor: { kind: 'system', task: 'convoke' },
    locale: found.locale,
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const now = call.clock.now();
    const window = convocationWindow(bookableWindow(service, now), found.noticeDays, now);
    const [first] = await firstStarts(call.database, service, [found.officeId], window);
    const start = wanted ?? first?.start;
    if (start === undefined) return false;
    try {
      await bookAppointment(onBehalf, {
        id: found.appointmentId,
        serviceId: found.serviceId,
        officeId: found.officeId,
        personId: found.personId,
        origin: 'convocation',
        start,
      });
      return true;
    } catch (error) {
      if (await appointmentById(call.database, found.appointmentId)) return true;
      const slug = error instanceof Problem ? error.kind.slug : undefined;
      // Somebody who booked by themselves meanwhile need not be convoked any more.
      if (slug === 'already-booked') return giveUp(call, found);
      if (wanted !== undefined) {
        await giveUp(call, found);
        throw error;
      }
      if (slug !== 'slot-taken') throw error;
    }
  }
  return false;
}

async function giveUp(call: Call, found: Convocation): Promise<false> {
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    await setConvocation(transaction, found.id, { state: 'closed', closedAt: call.clock.now() });
    await audit(transaction, call, {
      action: 'drop-convocation',
      subjectKind: 'convocation',
      subjectId: found.id,
    });
  });
  return false;
}

/** The message of a convocation; none on paper, by hand, in the patto, or without an address. */
export async function messageOf(call: Call, found: Convocation) {
  const channel = NOTICE_CHANNELS.find((one) => one === found.channel);
  if (!channel || found.recipient === null) return undefined;
  return convocationSent.to({
    channel,
    recipient: found.recipient,
    locale: found.locale,
    subjectId: found.id,
    serviceId: found.serviceId,
    officeId: found.officeId,
    facts: {
      code: await codeOf(call.secrets, 'convocation', found.id),
      service: found.serviceName[found.locale],
      office: found.officeName,
      address: found.officeAddress,
      phone: found.officePhone,
      startsAt: found.startsAt!,
      whatToBring: found.whatToBring[found.locale],
    },
  });
}
