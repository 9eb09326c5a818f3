import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { settleTransfersUntil } from '../transfer-store.ts';

/** Operators whose first day at another office has come belong to it. Safe to repeat. */
export async function settleTransfers(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  await transactionWithRetry(call.database, async (transaction) => {
    for (const { operatorId, toOfficeId } of await settleTransfersUntil(
      transaction,
      dayOf(call.clock.now()),
    )) {
      await audit(transaction, call, {
        action: 'settle-transfer',
        subjectKind: 'operator',
        subjectId: operatorId,
        detail: { to: toOfficeId },
      });
    }
  });
}
