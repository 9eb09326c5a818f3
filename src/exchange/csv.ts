import { stateName } from '../booking/pages/parts.tsx';
import { type Instant, wall } from '../platform/clock.ts';
import { spreadsheet } from '../platform/csv.ts';
import type { Locale } from '../platform/locale.ts';
import type { ExportedAppointment, OutcomeCounts } from './store/agenda.ts';
import { exchangeStrings } from './strings.ts';

/** The appointments of an office, a line each; times on the wall clock of Rome. */
export function appointmentsCsv(list: readonly ExportedAppointment[], locale: Locale): string {
  const t = exchangeStrings(locale);
  const header = [
    t('csvCode'),
    t('csvStarts'),
    t('csvEnds'),
    t('csvService'),
    t('csvOperator'),
    t('csvFamilyName'),
    t('csvGivenName'),
    t('csvEmail'),
    t('csvPhone'),
    t('csvState'),
    t('csvOrigin'),
    t('csvCreated'),
  ];
  const lines = list.map((one) => [
    one.code,
    moment(one.starts),
    moment(one.ends),
    one.service[locale],
    one.operator,
    one.family_name,
    one.given_name,
    one.email,
    one.phone,
    stateName(one.state, locale),
    one.origin,
    moment(one.created),
  ]);
  return spreadsheet([header, ...lines], locale);
}

/** Outcomes by service and operator; the share of absences among those who were waited for. */
export function outcomesCsv(list: readonly OutcomeCounts[], locale: Locale): string {
  const t = exchangeStrings(locale);
  const header = [
    t('csvService'),
    t('csvOperator'),
    t('csvTotal'),
    stateName('seen', locale),
    stateName('late', locale),
    stateName('absent', locale),
    stateName('excused', locale),
    stateName('cancelled', locale),
    stateName('revoked', locale),
    t('csvUnrecorded'),
    t('csvAbsentShare'),
  ];
  const lines = list.map((one) => {
    const awaited = one.seen + one.late + one.absent;
    return [
      one.service[locale],
      one.operator,
      one.total,
      one.seen,
      one.late,
      one.absent,
      one.excused,
      one.cancelled,
      one.revoked,
      one.unrecorded,
      awaited === 0 ? null : (100 * one.absent) / awaited,
    ];
  });
  return spreadsheet([header, ...lines], locale);
}

/** Day, month, year and time, as spreadsheets read them in Italy. */
function moment(instant: Instant): string {
  return wall(instant).toFormat('dd/LL/yyyy HH:mm');
}
