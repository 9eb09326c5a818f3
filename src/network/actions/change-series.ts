import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import type { Series } from '../hours-store.ts';
import { exceptionFault, type SeriesDetails, seriesFault } from '../rules/series.ts';
import { deleteExceptions, lockSeries, updateSeries } from '../series-store.ts';
import { changeNetwork, type NetworkChanged, refuse } from './change-network.ts';

/** What can be changed of a series: its kind and its period are for good. */
export type SeriesChange = Partial<Omit<SeriesDetails, 'kind' | 'periodId'>>;

/**
 * Changes a series, which keeps its id and the single days that differ, as far as it still takes
 * place on them. @throws {Problem} 401, 403, 404; 422 it cannot be kept
 */
export async function changeSeries(
  call: Call,
  id: string,
  change: SeriesChange,
  follow: NetworkChanged,
): Promise<void> {
  authorise(call.actor, 'administrator', 'system');
  await changeNetwork(
    call,
    async (transaction) => {
      const series = await lockSeries(transaction, id);
      if (!series) throw notFound();
      const changed = { ...detailsOf(series), ...change };
      refuse(call, seriesFault(changed));
      await updateSeries(transaction, id, changed);
      const days = (series.exceptions ?? []).map(({ day }) => day);
      const gone = days.filter((day) => exceptionFault(changed, day) !== undefined);
      await deleteExceptions(transaction, id, gone);
      return {
        owners: [series],
        result: undefined,
        entry: {
          action: 'change-opening-series',
          subjectKind: 'opening-series',
          subjectId: id,
          detail: { before: detailsOf(series), after: changed },
        },
      };
    },
    follow,
  );
}

export function detailsOf(series: Series): SeriesDetails {
  const { kind, periodId, weekday, starts, ends, validFrom, validTo, recurrence, limits } = series;
  return {
    kind,
    periodId,
    weekday,
    starts,
    ends,
    validFrom,
    validTo,
    recurrence: recurrence ?? { rule: 'weeks', nth: 1 },
    limits,
  };
}
