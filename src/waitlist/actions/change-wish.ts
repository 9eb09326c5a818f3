import { serviceById } from '../../booking/store/services.ts';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Pass } from '../../identity/pass.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { fault } from '../../platform/faults.ts';
import { invalid, notFound } from '../../platform/problem.ts';
import type { Wish } from '../entry.ts';
import { notWaiting } from '../problems.ts';
import { changeEntry, lockWaiting } from '../store/entries.ts';
import { officesFor, type Where } from './join-list.ts';
import { entryToChange, type OpenedEntry } from './look-up-entry.ts';

export interface WishChange {
  readonly id: string;
  readonly pass?: Pass;
  readonly when: Omit<Wish, 'officeIds'>;
  /** Where; as before when absent. */
  readonly where?: Where;
}

/**
 * Changes what suits one who waits; their place in the order stays theirs.
 * @throws {Problem} 404 unknown or not theirs; 409 no longer waiting; 422
 */
export async function changeWish(call: Call, wanted: WishChange): Promise<OpenedEntry> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const { entry } = await entryToChange(call, wanted);
  const service = await serviceById(call.database, entry.service.id);
  if (!service) throw notFound();
  const now = call.clock.now();
  const { fromDay, toDay, weekdays, parts } = wanted.when;
  if (toDay < dayOf(now)) throw invalid({ errors: [fault('/to', 'past', call.locale)] });
  const { where } = wanted;
  const offices = where && (await officesFor(call, service, { where }));
  await transactionWithRetry(call.database, async (transaction) => {
    if (!(await lockWaiting(transaction, entry.id))) throw notWaiting();
    await changeEntry(transaction, entry.id, {
      ...(offices && { officeIds: offices.map(({ id }) => id) }),
      fromDay,
      toDay,
      weekdays: [...weekdays],
      parts: [...parts],
      updatedAt: now,
    });
    await audit(transaction, call, {
      action: 'change-waiting-wish',
      subjectKind: 'waiting-entry',
      subjectId: entry.id,
    });
  });
  return entryToChange(call, wanted);
}
