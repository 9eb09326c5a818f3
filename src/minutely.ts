import { releaseLapsed } from './booking/actions/release-lapsed.ts';
import { collectAllReceipts } from './convocation/actions/collect-receipts.ts';
import { convokeDue } from './convocation/actions/convoke-people.ts';
import { seatConvocations } from './convocation/actions/seat-convocations.ts';
import { remindInvited, sendInvitations } from './convocation/actions/send-invitations.ts';
import { carryOnDisruptions } from './disruption/actions/carry-on-disruptions.ts';
import { settleTransfers } from './network/actions/settle-transfers.ts';
import { followAppIo } from './notices/actions/follow-app-io.ts';
import type { Call } from './platform/call.ts';
import { describeError } from './platform/database.ts';
import { settleWaiting } from './waitlist/actions/settle-waiting.ts';
import { settleSeats } from './workshops/actions/pass-seats-on.ts';

/** What lapses or falls due within minutes, room by room, in this order. */
const TASKS: readonly ((call: Call) => Promise<unknown>)[] = [
  settleTransfers,
  releaseLapsed,
  carryOnDisruptions,
  settleWaiting,
  settleSeats,
  sendInvitations,
  remindInvited,
  convokeDue,
  seatConvocations,
  followAppIo,
  collectAllReceipts,
];

/**
 * Settles what fell due since the last time. Safe to repeat and to run in several processes; a task
 * that fails is logged and does not keep the others from running.
 */
export async function minutely(call: Call): Promise<void> {
  for (const task of TASKS) {
    try {
      await task(call);
    } catch (error) {
      call.log.error('a task of the minute failed', {
        task: task.name,
        error: describeError(error),
      });
    }
  }
}
