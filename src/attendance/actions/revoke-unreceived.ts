import { rebuildDays } from '../../booking/actions/give-time-back.ts';
import { notOpen } from '../../booking/problems.ts';
import { lockAppointment, recordState } from '../../booking/store/appointments.ts';
import { closedDuring } from '../../booking/store/closures.ts';
import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';

/**
 * Records that the office itself did not receive: the appointment counts as taken away by the office,
 * never against the person. Only where a closure or an absence of the operator says so, and after the
 * appointment: before it, people are re-seated and told.
 * @throws {Problem} 401, 403 another office; 404; 409 not open, not begun, or the office was open
 */
export async function revokeUnreceived(call: Call, id: string): Promise<void> {
  authorise(call.actor, 'operator', 'administrator');
  const now = call.clock.now();
  await transactionWithRetry(call.database, async (transaction) => {
    const locked = await lockAppointment(transaction, id);
    if (!locked) throw notFound();
    authoriseOffice(call.actor, locked.officeId);
    const open = locked.state === 'confirmed' && locked.startsAt <= now;
    if (!open || !(await closedDuring(transaction, locked))) throw notOpen();
    const change = { state: 'revoked' as const, holdsTime: false, now };
    await rebuildDays(transaction, await recordState(transaction, id, change));
    await audit(transaction, call, {
      action: 'revoke-unreceived',
      subjectKind: 'appointment',
      subjectId: id,
      detail: { from: locked.state },
    });
  });
}
