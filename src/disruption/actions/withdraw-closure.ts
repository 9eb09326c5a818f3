import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { notWithdrawable } from '../problems.ts';
import {
  type Disruption,
  deleteClosure,
  disruptionById,
  lockOffice,
  withdrawDisruption,
} from '../store/disruptions.ts';
import { rebuildScope } from './apply-disruption.ts';
import { restoreDisplaced } from './restore-displaced.ts';

/**
 * Takes a closure back: the time is free again, and whoever was displaced gets it, the earliest
 * booked first. Those who were given another time keep it. Repeating it changes nothing.
 * @throws {Problem} 401, 403, 404; 409 calls-off and relocations cannot be withdrawn
 */
export async function withdrawClosure(call: Call, id: string): Promise<Disruption> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const found = await disruptionById(call.database, id);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.officeId);
  const { kind, officeId, operatorId, start, end, closureId } = found;
  if (kind !== 'closure' || end === null) throw notWithdrawable();
  await transactionWithRetry(call.database, async (transaction) => {
    await lockOffice(transaction, officeId);
    if (!(await withdrawDisruption(transaction, id, call.clock.now()))) return;
    if (closureId !== null) await deleteClosure(transaction, closureId);
    await rebuildScope(
      { ...call, database: transaction },
      { officeId, operatorId: operatorId ?? undefined, during: { start, end } },
    );
    await audit(transaction, call, {
      action: 'withdraw-closure',
      subjectKind: 'disruption',
      subjectId: id,
    });
  });
  await restoreDisplaced(call, officeId);
  return (await disruptionById(call.database, id))!;
}
