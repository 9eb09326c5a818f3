import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Pass } from '../../identity/pass.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { registrationCancelledNotices } from '../notices.ts';
import { registrationOver } from '../problems.ts';
import { stands } from '../rules/registration.ts';
import { changeRegistration, leaveSeat, lockRegistration } from '../store/registrations.ts';
import { lockSession } from '../store/sessions.ts';
import { type OpenedRegistration, registrationToChange } from './look-up-registration.ts';
import { passSeatsOn } from './pass-seats-on.ts';

/**
 * Gives a seat, an offer of one or a place in the queue back; the seat is kept for the next who
 * waits in the same transaction. Repeating it changes nothing and tells nobody.
 * @throws {Problem} 404 unknown or not theirs; 409 begun or closed
 */
export async function cancelRegistration(
  call: Call,
  wanted: { readonly id: string; readonly pass?: Pass },
): Promise<OpenedRegistration> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const { registration, session } = await registrationToChange(call, wanted);
  const now = call.clock.now();
  await transactionWithRetry(call.database, async (transaction) => {
    await lockSession(transaction, session.id, 'share');
    const locked = await lockRegistration(transaction, registration.id);
    if (!locked) throw notFound();
    if (locked.state === 'cancelled') return;
    if (!stands(locked.state) || session.startsAt <= now) throw registrationOver();
    await leaveSeat(transaction, registration.id);
    await changeRegistration(transaction, registration.id, {
      state: 'cancelled',
      expiresAt: null,
      updatedAt: now,
    });
    await withdraw(transaction, registration.id);
    const told = { ...registration, version: registration.version + 1 };
    await enqueue(transaction, call, ...registrationCancelledNotices(session, told));
    await audit(transaction, call, {
      action: 'cancel-registration',
      subjectKind: 'session-registration',
      subjectId: registration.id,
      detail: { from: locked.state, by_code: wanted.pass !== undefined },
    });
    await passSeatsOn(transaction, call, session);
  });
  return registrationToChange(call, wanted);
}
