import { stringify } from 'csv-stringify/sync';
import { stateName } from '../booking/pages/parts.tsx';
import { type Instant, wall } from '../platform/clock.ts';
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
  return file([header, ...lines], locale);
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
  return file([header, ...lines], locale);
}

/** Of an answer that is such a file. */
export function csvHeaders(name: string) {
  return {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
  };
}

/**
 * As Italian Excel opens it: UTF-8 with a byte-order mark, semicolons, CRLF, decimal commas, and no
 * cell that a spreadsheet would run as a formula.
 */
function file(lines: readonly (readonly unknown[])[], locale: Locale): string {
  return stringify(lines as unknown[][], {
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { number: (value) => ({ value: decimal(value, locale), escape_formulas: false }) },
  });
}

/** Day, month, year and time, as spreadsheets read them in Italy. */
function moment(instant: Instant): string {
  return wall(instant).toFormat('dd/LL/yyyy HH:mm');
}

/** At most two decimals. */
function decimal(value: number, locale: Locale): string {
  const text = String(Math.round(value * 100) / 100);
  return locale === 'it' ? text.replace('.', ',') : text;
}
