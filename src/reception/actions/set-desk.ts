import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { setDeskOf } from '../store/steps.ts';

/** Says at which desk the operator receives today; the screen calls people there. */
export async function setDesk(call: Call, desk: string): Promise<void> {
  authorise(call.actor, 'operator');
  const { operatorId } = call.actor;
  const day = dayOf(call.clock.now());
  await transactionWithRetry(call.database, async (transaction) => {
    await setDeskOf(transaction, { operatorId, day, desk });
    await audit(transaction, call, {
      action: 'set-desk',
      subjectKind: 'operator',
      subjectId: operatorId,
      detail: { day, desk },
    });
  });
}
