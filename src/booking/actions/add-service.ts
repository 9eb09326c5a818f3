import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { levelOf } from '../../network/staff-store.ts';
import type { Call } from '../../platform/call.ts';
import { postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { fault } from '../../platform/faults.ts';
import { invalid } from '../../platform/problem.ts';
import { serviceCodeTaken } from '../problems.ts';
import { settingFaults } from '../rules/service-settings.ts';
import type { ServiceSettings } from '../service.ts';
import { insertService } from '../store/services.ts';
import { extendFreeTime } from './extend-free-time.ts';

export type NewService = Omit<ServiceSettings, 'id' | 'version'>;

/**
 * A service more. Days that no other service could be booked on enter the calendar at once.
 * @throws {Problem} 401, 403; 409 the code is taken; 422 settings that contradict each other
 */
export async function addService(call: Call, settings: NewService): Promise<ServiceSettings> {
  authorise(call.actor, 'administrator', 'system');
  await refuseFaults(call, settings);
  const added = { ...settings, id: call.ids(), version: 1 };
  try {
    await transactionWithRetry(call.database, async (transaction) => {
      await insertService(transaction, added);
      await audit(transaction, call, {
        action: 'add-service',
        subjectKind: 'service',
        subjectId: added.id,
        detail: { code: added.code },
      });
    });
  } catch (error) {
    if (postgresFault(error)?.constraint === 'service_code_unique') throw serviceCodeTaken();
    throw error;
  }
  await extendFreeTime(call);
  return added;
}

/** @throws {Problem} 422 settings that contradict each other, or a category that nobody is of */
export async function refuseFaults(call: Call, settings: NewService): Promise<void> {
  const errors = settingFaults(settings).map(({ field, words }) => ({
    pointer: `/${field}`,
    detail: words[call.locale],
  }));
  if ((await levelOf(call.database, settings.minCategory)) === undefined)
    errors.push(fault('/min_category', 'unknownCategory', call.locale));
  if (errors.length > 0) throw invalid({ errors });
}
