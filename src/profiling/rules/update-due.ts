import { DateTime } from 'luxon';
import type { IsoDate } from '../../platform/clock.ts';

/** D.Lgs. 150/2015 art. 19 c. 6: the class is updated every 90 days. */
const UPDATE_EVERY_DAYS = 90;

/** The day by which a profile computed on `computedOn` is computed again. */
export function nextUpdateDueOn(computedOn: IsoDate): IsoDate {
  return DateTime.fromISO(computedOn, { zone: 'utc' })
    .plus({ days: UPDATE_EVERY_DAYS })
    .toISODate() as IsoDate;
}
