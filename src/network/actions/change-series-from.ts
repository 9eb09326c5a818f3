import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { IsoDate } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { daysAfter, mondayOf } from '../rules/recurrence.ts';
import { exceptionFault, firstDayFrom, OVER_BY_THEN, seriesFault } from '../rules/series.ts';
import {
  deleteExceptions,
  insertSeries,
  lockSeries,
  putException,
  updateSeries,
} from '../series-store.ts';
import { changeNetwork, type NetworkChanged, refuse } from './change-network.ts';
import { changeSeries, detailsOf, type SeriesChange } from './change-series.ts';

/**
 * Changes a series from a day on: it ends the day before, and another goes on as changed, in the same
 * turn and with the single days that differ, as far as it takes place on them. From its first day or
 * before, the series itself is changed. Returns the id of the one that goes on.
 * @throws {Problem} 401, 403, 404; 422 it is over by then, or cannot be kept
 */
export async function changeSeriesFrom(
  call: Call,
  { seriesId, day }: { readonly seriesId: string; readonly day: IsoDate },
  change: SeriesChange,
  follow: NetworkChanged,
): Promise<string> {
  authorise(call.actor, 'administrator', 'system');
  const id = call.ids();
  return changeNetwork(
    call,
    async (transaction) => {
      const series = await lockSeries(transaction, seriesId);
      if (!series) throw notFound();
      const entry = (to: string) => ({
        action: 'change-opening-series-from',
        subjectKind: 'opening-series',
        subjectId: seriesId,
        detail: { from: day, to, change },
      });
      if (day <= series.validFrom) {
        await changeSeries({ ...call, database: transaction }, seriesId, change, async () => {});
        return { owners: [series], result: seriesId, entry: entry(seriesId) };
      }
      const first = firstDayFrom(series, day);
      if (first === undefined) return refuse(call, OVER_BY_THEN) as never;
      const before = detailsOf(series);
      const turn = before.recurrence.rule === 'weeks' ? mondayOf(first) : day;
      const after = { ...before, ...change, validFrom: turn < day ? day : turn };
      refuse(call, seriesFault(after));
      await updateSeries(transaction, seriesId, { ...before, validTo: daysAfter(day, -1) });
      await insertSeries(transaction, id, series, after);
      const later = (series.exceptions ?? []).filter((one) => one.day >= day);
      const days = later.map((one) => one.day);
      await deleteExceptions(transaction, seriesId, days);
      for (const { day: one, hours } of later)
        if (!exceptionFault(after, one)) await putException(transaction, id, one, hours);
      return { owners: [series], result: id, entry: entry(id) };
    },
    follow,
  );
}
