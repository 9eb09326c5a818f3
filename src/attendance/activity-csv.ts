import { spreadsheet } from '../platform/csv.ts';
import type { Locale } from '../platform/locale.ts';
import type { Activity } from './actions/read-activity.ts';
import { activityStrings } from './activity-strings.ts';

/** What an office did, a line each and the total last, as Italian spreadsheets open it. */
export function activityCsv(
  { rows, total }: Activity,
  nameOf: (key: string) => string,
  locale: Locale,
): string {
  const t = activityStrings(locale);
  const header = [
    '',
    t('booked'),
    t('served'),
    t('late'),
    t('absent'),
    t('excused'),
    t('unrecorded'),
    t('cancelled'),
    t('byOffice'),
    `${t('noShow')} %`,
    `${t('occupancy')} %`,
    t('leadDays'),
    t('visits'),
    t('withoutBooking'),
    t('gone'),
    t('waitMedian'),
    t('waitNinth'),
    t('delayMedian'),
    t('operators'),
  ];
  const percent = (share: number | undefined) => (share === undefined ? '' : share * 100);
  const lines = [...rows, total].map((row) => {
    const { appointments: a, visits: v } = row;
    return [
      row.serviceName?.[locale] ?? nameOf(row.key),
      a.booked,
      a.served,
      a.late,
      a.absent,
      a.excused,
      a.unrecorded,
      a.cancelled,
      a.byOffice,
      percent(row.noShow?.value),
      percent(row.occupancy),
      a.leadDays ?? '',
      v.visits,
      v.withoutBooking,
      v.gone,
      v.waitMedian ?? '',
      v.waitNinth ?? '',
      v.delayMedian ?? '',
      v.operators,
    ];
  });
  return spreadsheet([header, ...lines], locale);
}
