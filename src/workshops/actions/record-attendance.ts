import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { withdraw } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { attendanceRefused, sessionFull } from '../problems.ts';
import { type Attendance, holdsSeat, judgeAttendance } from '../rules/registration.ts';
import type { Registration } from '../session.ts';
import {
  changeRegistration,
  leaveSeat,
  lockRegistration,
  registrationById,
  takeSeat,
} from '../store/registrations.ts';
import { lockSession } from '../store/sessions.ts';
import { registrationToChange } from './look-up-registration.ts';
import { passSeatsOn } from './pass-seats-on.ts';

/**
 * Records whether somebody on the list came, or takes back what was recorded (`attendance`
 * undefined). The seat of one excused before the session goes to the next who waits.
 * @throws {Problem} 401, 403; 404; 409 too early, too late, or the seat went elsewhere meanwhile
 */
export async function recordAttendance(
  call: Call,
  wanted: { readonly id: string; readonly attendance: Attendance | undefined },
): Promise<Registration> {
  authorise(call.actor, 'operator', 'administrator');
  const { registration, session } = await registrationToChange(call, { id: wanted.id });
  authoriseOffice(call.actor, session.office.id);
  const now = call.clock.now();
  await transactionWithRetry(call.database, async (transaction) => {
    await lockSession(transaction, session.id, 'share');
    const locked = await lockRegistration(transaction, registration.id);
    if (!locked) throw notFound();
    const verdict = judgeAttendance(locked.state, session, wanted.attendance, now);
    if (verdict === 'unchanged') return;
    if (verdict !== 'allowed') throw attendanceRefused();
    const state = wanted.attendance ?? 'registered';
    if (!holdsSeat(state)) {
      await leaveSeat(transaction, registration.id);
      await withdraw(transaction, registration.id);
    } else if (!holdsSeat(locked.state)) {
      if (!(await takeSeat(transaction, session.id, registration.id, true))) throw sessionFull();
    }
    await changeRegistration(transaction, registration.id, { state, updatedAt: now });
    await audit(transaction, call, {
      action: 'record-attendance',
      subjectKind: 'session-registration',
      subjectId: registration.id,
      detail: { from: locked.state, to: state },
    });
    if (session.startsAt > now) await passSeatsOn(transaction, call, session);
  });
  return (await registrationById(call.database, registration.id))!;
}
