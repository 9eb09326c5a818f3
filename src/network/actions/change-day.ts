import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { IsoDate } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import type { WallHours } from '../rules/openings.ts';
import { exceptionFault, hoursFault } from '../rules/series.ts';
import { deleteExceptions, lockSeries, putException } from '../series-store.ts';
import { changeNetwork, type NetworkChanged, refuse } from './change-network.ts';

/**
 * Makes one day of a series differ, the others staying as they are: `null` drops it, other hours
 * stand in their place, `undefined` puts it back as the series has it.
 * @throws {Problem} 401, 403; 404 unknown series; 422 no day of it, or no hours
 */
export async function changeDay(
  call: Call,
  one: { readonly seriesId: string; readonly day: IsoDate },
  hours: WallHours | null | undefined,
  follow: NetworkChanged,
): Promise<void> {
  authorise(call.actor, 'administrator', 'system');
  const { seriesId, day } = one;
  if (hours) refuse(call, hoursFault(hours));
  await changeNetwork(
    call,
    async (transaction) => {
      const series = await lockSeries(transaction, seriesId);
      if (!series) throw notFound();
      if (hours === undefined) await deleteExceptions(transaction, seriesId, [day]);
      else {
        refuse(call, exceptionFault(series, day));
        await putException(transaction, seriesId, day, hours);
      }
      return {
        owners: [series],
        result: undefined,
        entry: {
          action: hours === undefined ? 'put-opening-day-back' : 'change-opening-day',
          subjectKind: 'opening-series',
          subjectId: seriesId,
          detail: { day, ...(hours !== undefined && { hours }) },
        },
      };
    },
    follow,
  );
}
