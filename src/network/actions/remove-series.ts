import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { deleteSeries, lockSeries } from '../series-store.ts';
import { changeNetwork, type NetworkChanged } from './change-network.ts';

/** Takes a series away with all its days. @throws {Problem} 401, 403, 404 */
export async function removeSeries(call: Call, id: string, follow: NetworkChanged): Promise<void> {
  authorise(call.actor, 'administrator', 'system');
  await changeNetwork(
    call,
    async (transaction) => {
      const series = await lockSeries(transaction, id);
      if (!series) throw notFound();
      await deleteSeries(transaction, id);
      return {
        owners: [series],
        result: undefined,
        entry: {
          action: 'remove-opening-series',
          subjectKind: 'opening-series',
          subjectId: id,
          detail: { ...series },
        },
      };
    },
    follow,
  );
}
