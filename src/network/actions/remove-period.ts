import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { deletePeriod } from '../series-store.ts';
import { changeNetwork, type NetworkChanged } from './change-network.ts';

/** Takes a period away with its hours: the ordinary week holds again. @throws {Problem} 401, 403, 404 */
export async function removePeriod(call: Call, id: string, follow: NetworkChanged): Promise<void> {
  authorise(call.actor, 'administrator', 'system');
  await changeNetwork(
    call,
    async (transaction) => {
      const owner = await deletePeriod(transaction, id);
      if (!owner) throw notFound();
      return {
        owners: [owner],
        result: undefined,
        entry: { action: 'remove-hours-period', subjectKind: 'hours-period', subjectId: id },
      };
    },
    follow,
  );
}
