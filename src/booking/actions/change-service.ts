import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { editedMeanwhile, notFound } from '../../platform/problem.ts';
import type { ServiceSettings } from '../service.ts';
import { settingsById, updateService } from '../store/services.ts';
import { type NewService, refuseFaults } from './add-service.ts';
import { extendFreeTime } from './extend-free-time.ts';

/** What can be changed of a service: its code names it for good. */
export type ServiceChange = Partial<Omit<NewService, 'code'>>;

/**
 * Changes a service for whoever books from now on: appointments that were made keep the time they
 * were given. `expected` is the version that was read, any when undefined.
 * @throws {Problem} 401, 403, 404; 412 edited meanwhile; 422 settings that contradict each other
 */
export async function changeService(
  call: Call,
  id: string,
  change: ServiceChange,
  expected: number | undefined,
): Promise<ServiceSettings> {
  authorise(call.actor, 'administrator', 'system');
  const changed = await transactionWithRetry(call.database, async (transaction) => {
    const before = await settingsById(transaction, id);
    if (!before) throw notFound();
    if (expected !== undefined && expected !== before.version) throw editedMeanwhile();
    const after = { ...before, ...change, version: before.version + 1 };
    await refuseFaults({ ...call, database: transaction }, after);
    if (!(await updateService(transaction, after, before.version))) throw editedMeanwhile();
    await audit(transaction, call, {
      action: 'change-service',
      subjectKind: 'service',
      subjectId: id,
      detail: { version: after.version, ...change },
    });
    return after;
  });
  await extendFreeTime(call);
  return changed;
}
