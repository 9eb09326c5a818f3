import { audit } from '../../identity/audit.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notResendable } from '../problems.ts';
import type { StoredNotice } from '../store/outbox.ts';
import { copyNotice, isWaitingAgain, lockNotice } from '../store/outbox.ts';
import { readNotice } from './read-notices.ts';

/**
 * Promises a message anew, under a Message-ID of its own; the first one and what was told of it stay.
 * @returns the id of the new message
 * @throws {Problem} 404 unknown or another office's; 409 waiting, too late, or no longer kept
 */
export async function sendAgain(call: Call, id: string): Promise<string> {
  const { notice } = await readNotice(call, id);
  const copy = call.ids();
  await transactionWithRetry(call.database, async (transaction) => {
    const locked = await lockNotice(transaction, notice.id);
    if (!locked || !mayLeaveAgain(locked, call.clock.now())) throw notResendable();
    // Pressed twice, it leaves once.
    if (await isWaitingAgain(transaction, locked)) throw notResendable();
    await copyNotice(transaction, locked, { id: copy, now: call.clock.now() });
    await audit(transaction, call, {
      action: 'send-notice-again',
      subjectKind: 'notice',
      subjectId: notice.id,
      detail: { kind: locked.kind, channel: locked.channel, copy },
    });
  });
  return copy;
}

/** Whether "send again" is offered at all. */
export function mayLeaveAgain({ state, recipient, staleAt }: StoredNotice, now: number): boolean {
  const settled = state === 'sent' || state === 'failed';
  return settled && recipient !== '' && (staleAt === null || staleAt > now);
}
