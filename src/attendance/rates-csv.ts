import { spreadsheet } from '../platform/csv.ts';
import type { Locale } from '../platform/locale.ts';
import type { AttendanceRates } from './actions/read-rates.ts';
import { presenceStrings } from './presence-strings.ts';

/** The rates, a line each, as Italian spreadsheets open them: semicolons, and a byte-order mark. */
export function ratesCsv({ rows }: AttendanceRates, locale: Locale): string {
  const t = presenceStrings(locale);
  const header = [
    t('office'),
    t('service'),
    t('month'),
    t('seen'),
    t('late'),
    t('absent'),
    t('excused'),
    t('unrecorded'),
    t('share'),
    `${t('interval')} <`,
    `${t('interval')} >`,
  ];
  const figure = (value: number | undefined) =>
    value === undefined ? '' : value.toFixed(4).replace('.', locale === 'it' ? ',' : '.');
  const lines = rows.map((one) => [
    one.officeName,
    one.serviceName[locale],
    one.month,
    one.seen,
    one.late,
    one.absent,
    one.excused,
    one.unrecorded,
    figure(one.share?.value),
    figure(one.share?.low),
    figure(one.share?.high),
  ]);
  return spreadsheet([header, ...lines], locale);
}
