import { moveAppointment } from '../../booking/actions/move-appointment.ts';
import { slotNotOffered } from '../../booking/problems.ts';
import { appointmentById } from '../../booking/store/appointments.ts';
import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { personById } from '../../identity/store.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import { toEach } from '../../notices/reach.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { type Instant, toRfc3339 } from '../../platform/clock.ts';
import { type Database, postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { convocationSent, postponementDeclined } from '../notices.ts';
import { alreadyDecided, postponementRefused } from '../problems.ts';
import type { Reason } from '../rules/terms.ts';
import {
  convocationById,
  convocationOfPostponement,
  decidePostponementRow,
  insertPostponement,
} from '../store/convocations.ts';
import {
  type JudgedConvocation,
  openConvocationByCode,
  readConvocation,
} from './read-convocation.ts';
import { messageOf } from './seat-convocations.ts';

export interface PostponementRequest {
  readonly convocationId: string;
  /** The code of the convocation; needed of those who are not signed in. */
  readonly code?: string | undefined;
  readonly reason: Reason;
  readonly note?: string | undefined;
}

/**
 * A convoked person asks for another date, once and before the hour; staff may note it for them.
 * @throws {Problem} 401; 404 not theirs; 409 not allowed (any more)
 */
export async function askPostponement(
  call: Call,
  wanted: PostponementRequest,
): Promise<JudgedConvocation> {
  const found = await convocationToChange(call, wanted);
  if (found.postponable !== 'allowed') throw postponementRefused();
  const id = call.ids();
  try {
    await call.database.transaction(async (opened) => {
      const transaction = opened as Database;
      await insertPostponement(transaction, {
        id,
        convocationId: found.id,
        reason: wanted.reason,
        note: wanted.note ?? null,
        askedAt: call.clock.now(),
      });
      await audit(transaction, call, {
        action: 'ask-postponement',
        subjectKind: 'convocation',
        subjectId: found.id,
        detail: { reason: wanted.reason, by_code: wanted.code !== undefined },
      });
    });
  } catch (error) {
    if (postgresFault(error)?.constraint === 'postponement_one_asked') throw postponementRefused();
    throw error;
  }
  const changed = (await convocationById(call.database, found.id))!;
  return { ...found, ...changed, postponable: 'already-asked' };
}

async function convocationToChange(
  call: Call,
  { convocationId, code }: PostponementRequest,
): Promise<JudgedConvocation> {
  if (code === undefined) return readConvocation(call, convocationId);
  const found = await openConvocationByCode(call, code);
  if (found.id !== convocationId) throw notFound();
  return found;
}

export type Decision =
  | { readonly kind: 'approve'; readonly start: Instant }
  | { readonly kind: 'decline'; readonly answer: string };

/**
 * Answers a request for another date: approved, the appointment moves to the start given and the
 * person is told; declined, the date stays and the answer is kept and sent.
 * @throws {Problem} 401, 403; 404; 409 answered already, or the start is taken; 422 not offered
 */
export async function decidePostponement(
  call: Call,
  id: string,
  decision: Decision,
): Promise<JudgedConvocation> {
  authorise(call.actor, 'operator', 'administrator');
  const convocationId = await convocationOfPostponement(call.database, id);
  if (convocationId === undefined) throw notFound();
  const found = await readConvocation(call, convocationId);
  authoriseOffice(call.actor, found.officeId);
  if (!found.postponements.some((one) => one.id === id && one.state === 'asked')) {
    throw alreadyDecided();
  }
  if (decision.kind === 'approve' && decision.start <= (found.startsAt ?? decision.start))
    throw slotNotOffered();
  const person = await personById(call.database, found.personId);
  const appointment = await appointmentById(call.database, found.appointmentId);
  const answer = decision.kind === 'decline' ? decision.answer : null;
  const reach = {
    contactEmail: appointment?.contactEmail ?? person?.email,
    contactPhone: appointment?.contactPhone ?? person?.phone,
    alsoBy: appointment?.alsoBy,
    person: { id: found.personId },
  };
  await transactionWithRetry(call.database, async (transaction) => {
    const decided = await decidePostponementRow(transaction, id, {
      state: decision.kind === 'approve' ? 'approved' : 'declined',
      decidedBy: actorId(call.actor) ?? call.actor.kind,
      decidedAt: call.clock.now(),
      answer,
    });
    if (!decided) throw alreadyDecided();
    // In the same transaction: two who decide at once do not move it and decline it. The convocation
    // itself now says another date: by its own channel, which alone may prove it.
    if (decision.kind === 'approve') {
      const inside = { ...call, database: transaction };
      await moveAppointment(inside, { id: found.appointmentId, start: decision.start });
      const message = await messageOf(call, (await convocationById(transaction, found.id))!);
      await withdraw(transaction, found.id, convocationSent);
      if (message) await enqueue(transaction, call, message);
    }
    if (answer !== null) {
      await enqueue(
        transaction,
        call,
        ...toEach(postponementDeclined, reach, {
          locale: found.locale,
          subjectId: found.id,
          serviceId: found.serviceId,
          officeId: found.officeId,
          facts: {
            service: found.serviceName[found.locale],
            startsAt: found.startsAt!,
            answer,
          },
        }),
      );
    }
    await audit(transaction, call, {
      action: `${decision.kind}-postponement`,
      subjectKind: 'convocation',
      subjectId: found.id,
      detail: decision.kind === 'approve' ? { starts_at: toRfc3339(decision.start) } : {},
    });
  });
  return readConvocation(call, convocationId);
}
