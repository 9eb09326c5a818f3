import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Pass } from '../../identity/pass.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { registeredNotices } from '../notices.ts';
import { seatOfferOver } from '../problems.ts';
import { changeRegistration, lockRegistration } from '../store/registrations.ts';
import { lockSession } from '../store/sessions.ts';
import { type OpenedRegistration, registrationToChange } from './look-up-registration.ts';

/**
 * Takes the seat that is kept for a person. Repeating it changes nothing.
 * @throws {Problem} 404 unknown or not theirs; 410 it is no longer kept
 */
export async function acceptSeat(
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
    if (locked.state === 'registered') return;
    if (locked.state !== 'offered' || (locked.expiresAt ?? 0) <= now) throw seatOfferOver();
    await changeRegistration(transaction, registration.id, {
      state: 'registered',
      expiresAt: null,
      updatedAt: now,
    });
    await withdraw(transaction, registration.id);
    const told = { ...registration, version: registration.version + 1 };
    await enqueue(transaction, call, ...registeredNotices(session, told, now));
    await audit(transaction, call, {
      action: 'accept-seat',
      subjectKind: 'session-registration',
      subjectId: registration.id,
    });
  });
  return registrationToChange(call, wanted);
}
