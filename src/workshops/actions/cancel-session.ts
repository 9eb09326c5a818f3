import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { sessionCancelledNotices } from '../notices.ts';
import { sessionClosed } from '../problems.ts';
import { stands } from '../rules/registration.ts';
import type { GroupSession } from '../session.ts';
import { changeRegistration, leaveSeat, registrationsOf } from '../store/registrations.ts';
import { changeSession, lockSession, sessionById } from '../store/sessions.ts';
import { releaseLeaders } from './lead-session.ts';

/**
 * Cancels a session, gives its leaders their time back and tells everybody on its list. Repeating it
 * changes nothing and tells nobody.
 * @throws {Problem} 401, 403; 404; 409 it has begun
 */
export async function cancelSession(
  call: Call,
  wanted: { readonly id: string; readonly reason?: string },
): Promise<GroupSession> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const found = await sessionById(call.database, wanted.id);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.office.id);
  const now = call.clock.now();

  await transactionWithRetry(call.database, async (transaction) => {
    const locked = await lockSession(transaction, found.id, 'update');
    if (!locked) throw notFound();
    if (locked.state === 'cancelled') return;
    if (locked.startsAt <= now) throw sessionClosed();
    await changeSession(transaction, found.id, {
      state: 'cancelled',
      cancelReason: wanted.reason ?? null,
      updatedAt: now,
    });
    await releaseLeaders(transaction, locked);
    const told = (await registrationsOf(transaction, found.id)).filter(({ state }) =>
      stands(state),
    );
    const cancelled = { ...found, version: locked.version + 1 };
    for (const one of told) {
      await leaveSeat(transaction, one.id);
      await changeRegistration(transaction, one.id, {
        state: 'revoked',
        expiresAt: null,
        updatedAt: now,
      });
      await withdraw(transaction, one.id);
      await enqueue(
        transaction,
        call,
        ...sessionCancelledNotices(cancelled, { ...one, version: one.version + 1 }, wanted.reason),
      );
    }
    await audit(transaction, call, {
      action: 'cancel-session',
      subjectKind: 'group-session',
      subjectId: found.id,
      detail: { told: told.length },
    });
  });
  return (await sessionById(call.database, found.id))!;
}
