import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { setOpenOnHolidays as write } from '../staff-store.ts';
import { changeNetwork, type NetworkChanged } from './change-network.ts';

/** Whether an office keeps its hours on national and patron's holidays. @throws {Problem} 401, 403, 404 */
export async function setOpenOnHolidays(
  call: Call,
  officeId: string,
  openOnHolidays: boolean,
  follow: NetworkChanged,
): Promise<void> {
  authorise(call.actor, 'administrator', 'system');
  await changeNetwork(
    call,
    async (transaction) => {
      if (!(await write(transaction, officeId, openOnHolidays))) throw notFound();
      return {
        result: undefined,
        owners: [{ officeId, operatorId: undefined }],
        entry: {
          action: 'set-open-on-holidays',
          subjectKind: 'office',
          subjectId: officeId,
          detail: { openOnHolidays },
        },
      };
    },
    follow,
  );
}
