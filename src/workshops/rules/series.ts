import { DateTime } from 'luxon';
import { dayOf, type Instant, type IsoDate, ZONE } from '../../platform/clock.ts';

/**
 * When the sessions of a series begin: `times` of them, `weeks` weeks apart, at the same hour on the
 * wall. Days on which the office is closed are left out and not made up for.
 */
export function seriesStarts(
  first: Instant,
  series: { readonly weeks: number; readonly times: number },
  isClosed: (day: IsoDate) => boolean,
): Instant[] {
  const begins = DateTime.fromMillis(first, { zone: ZONE });
  return Array.from({ length: series.times }, (_, index) =>
    begins.plus({ weeks: index * series.weeks }).toMillis(),
  ).filter((start) => !isClosed(dayOf(start)));
}
