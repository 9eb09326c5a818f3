import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { anyLapsed, releaseLapsedTime } from '../store/claims.ts';
import { rebuildDays } from './give-time-back.ts';

/** Appointments a transaction: more would keep too many days locked. */
const AT_ONCE = 50;

/**
 * Gives back time that was kept only until now: holds whose form was not sent, and cancelled time
 * whose release delay passed. Whoever searches or books asks for it first, so that nothing depends
 * on a task being on time; any number of processes may do it at once.
 * @returns whether anything was given back
 */
export async function releaseLapsed(call: Call): Promise<boolean> {
  const now = call.clock.now();
  let any = false;
  while (await anyLapsed(call.database, now)) {
    const released = await transactionWithRetry(call.database, async (transaction) => {
      const gone = await releaseLapsedTime(transaction, now, AT_ONCE);
      await rebuildDays(transaction, gone);
      return gone.length;
    });
    // Others are giving back the rest at this moment.
    if (released === 0) return any;
    any = true;
  }
  return any;
}
