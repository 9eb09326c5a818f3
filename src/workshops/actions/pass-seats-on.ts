import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { MINUTE } from '../../platform/clock.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { offerExpiry } from '../../waitlist/rules/offer-clock.ts';
import { offerLapsedNotices, seatOfferedNotices } from '../notices.ts';
import { SEAT_OFFER_HOURS, SEAT_OFFER_UNTIL_MINUTES } from '../rules/registration.ts';
import type { GroupSession } from '../session.ts';
import { lapseOffers, offerSeat, registrationById } from '../store/registrations.ts';
import { lockSession, sessionById, sessionsToSettle } from '../store/sessions.ts';

/** Keeps each free seat for the next who waits, and tells them; inside the caller's transaction. */
export async function passSeatsOn(
  transaction: Database,
  call: Call,
  session: GroupSession,
): Promise<void> {
  const now = call.clock.now();
  const latest = session.startsAt - SEAT_OFFER_UNTIL_MINUTES * MINUTE;
  const expiresAt = offerExpiry(now, latest, SEAT_OFFER_HOURS * 60 * MINUTE);
  if (expiresAt === undefined || session.state !== 'published') return;
  for (;;) {
    const id = await offerSeat(transaction, session.id, { expiresAt, now });
    if (id === undefined) return;
    const to = (await registrationById(transaction, id))!;
    await enqueue(transaction, call, ...seatOfferedNotices(session, to, expiresAt));
    await audit(transaction, call, {
      action: 'offer-seat',
      subjectKind: 'session-registration',
      subjectId: id,
    });
  }
}

/**
 * Lets offers of seats lapse whose time is over, and passes every free seat on to the next. For each
 * half minute; any number of processes may do it at once.
 */
export async function settleSeats(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  const now = call.clock.now();
  for (const id of await sessionsToSettle(call.database, now)) {
    await transactionWithRetry(call.database, async (transaction) => {
      await lockSession(transaction, id, 'share');
      const session = await sessionById(transaction, id);
      if (!session) return;
      for (const lapsed of await lapseOffers(transaction, id, now)) {
        const to = (await registrationById(transaction, lapsed))!;
        await enqueue(transaction, call, ...offerLapsedNotices(session, to));
        await audit(transaction, call, {
          action: 'lapse-seat-offer',
          subjectKind: 'session-registration',
          subjectId: lapsed,
        });
      }
      await passSeatsOn(transaction, call, session);
    });
  }
}
