import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { enqueue, withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { editedMeanwhile, notFound } from '../../platform/problem.ts';
import { changedNotices } from '../notices.ts';
import { seatsTaken, sessionClosed } from '../problems.ts';
import type { GroupSession, SessionDetails } from '../session.ts';
import { registrationsOf } from '../store/registrations.ts';
import { changeSession, lockSession, resizeSeats, sessionById } from '../store/sessions.ts';
import { releaseLeaders, takeLeaders } from './lead-session.ts';
import { passSeatsOn } from './pass-seats-on.ts';

export interface SessionChange {
  readonly id: string;
  readonly details: SessionDetails;
  readonly published: boolean;
  /** The version the caller saw; any when absent. */
  readonly version?: number;
}

/**
 * Changes a session that has not begun. Whoever is registered keeps their seat and hears of another
 * time or room; new seats go to those who wait first.
 * @throws {Problem} 401, 403; 404; 409 closed, fewer seats than taken, a leader is busy; 412
 */
export async function editSession(call: Call, wanted: SessionChange): Promise<GroupSession> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const found = await sessionById(call.database, wanted.id);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.office.id);
  const { details } = wanted;
  const now = call.clock.now();

  await transactionWithRetry(call.database, async (transaction) => {
    const locked = await lockSession(transaction, found.id, 'update');
    if (!locked) throw notFound();
    if (wanted.version !== undefined && locked.version !== wanted.version) throw editedMeanwhile();
    if (locked.state === 'cancelled' || locked.startsAt <= now) throw sessionClosed();
    if (!(await resizeSeats(transaction, found.id, details.seats))) throw seatsTaken();
    const { leaderIds, seats, ...columns } = details;
    await releaseLeaders(transaction, locked);
    await takeLeaders(
      transaction,
      call,
      {
        id: found.id,
        officeId: found.office.id,
        title: details.title.it,
        startsAt: details.startsAt,
        endsAt: details.endsAt,
      },
      leaderIds,
    );
    await changeSession(transaction, found.id, {
      ...columns,
      whatToBring: { it: [...columns.whatToBring.it], en: [...columns.whatToBring.en] },
      // What was published stays so: people may be registered.
      state: wanted.published || locked.state === 'published' ? 'published' : 'draft',
      updatedAt: now,
    });
    const moved =
      locked.startsAt !== details.startsAt ||
      locked.endsAt !== details.endsAt ||
      locked.room !== details.room;
    const changed = (await sessionById(transaction, found.id))!;
    if (moved) {
      for (const one of await registrationsOf(transaction, found.id)) {
        if (one.state !== 'registered') continue;
        await withdraw(transaction, one.id);
        await enqueue(transaction, call, ...changedNotices(changed, one, now));
      }
    }
    await passSeatsOn(transaction, call, changed);
    await audit(transaction, call, {
      action: 'edit-session',
      subjectKind: 'group-session',
      subjectId: found.id,
      detail: { starts_at: toRfc3339(details.startsAt), seats, moved },
    });
  });
  return (await sessionById(call.database, found.id))!;
}
