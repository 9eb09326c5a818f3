import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { periodsIn } from '../hours-store.ts';
import { type SeriesDetails, seriesFault, UNKNOWN_PERIOD } from '../rules/series.ts';
import { insertSeries, type Owner } from '../series-store.ts';
import { requireOwner, sameOwner } from '../staff-store.ts';
import { changeNetwork, type NetworkChanged, refuse } from './change-network.ts';

/**
 * Opens an office, or one of its operators, on the days of a new series. Returns its id.
 * @throws {Problem} 401, 403; 404 unknown office or operator; 422 it cannot be kept
 */
export async function addSeries(
  call: Call,
  owner: Owner,
  series: SeriesDetails,
  follow: NetworkChanged,
): Promise<string> {
  authorise(call.actor, 'administrator', 'system');
  refuse(call, seriesFault(series));
  const id = call.ids();
  return changeNetwork(
    call,
    async (transaction) => {
      await requireOwner(transaction, owner);
      if (series.periodId !== undefined) {
        const periods = await periodsIn(transaction, { officeId: owner.officeId });
        const period = periods.find((one) => one.id === series.periodId);
        refuse(call, period && sameOwner(period, owner) ? undefined : UNKNOWN_PERIOD);
      }
      await insertSeries(transaction, id, owner, series);
      return {
        owners: [owner],
        result: id,
        entry: {
          action: 'add-opening-series',
          subjectKind: 'opening-series',
          subjectId: id,
          detail: { ...owner, ...series },
        },
      };
    },
    follow,
  );
}
