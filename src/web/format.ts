import { DateTime } from 'luxon';
import type { Instant, IsoDate } from '../platform/clock.ts';
import { DAY, dayOf, ZONE } from '../platform/clock.ts';
import type { Locale } from '../platform/locale.ts';

/** How people read numbers and dates in each language; English is British: 4 March, not March 4. */
const TAG: Record<Locale, string> = { it: 'it-IT', en: 'en-GB' };

function wallClock(instant: Instant, locale: Locale): DateTime {
  return DateTime.fromMillis(instant, { zone: ZONE, locale: TAG[locale] });
}

/** "giovedì 4 marzo 2027, ore 9:00" / "Thursday 4 March 2027, 9:00". */
export function formatDateTime(instant: Instant, locale: Locale): string {
  const pattern = locale === 'it' ? "cccc d LLLL yyyy, 'ore' H:mm" : 'cccc d LLLL yyyy, H:mm';
  return wallClock(instant, locale).toFormat(pattern);
}

/** "giovedì 4 marzo 2027". */
export function formatDate(instant: Instant, locale: Locale): string {
  return wallClock(instant, locale).toFormat('cccc d LLLL yyyy');
}

/** A calendar day without a time: "giovedì 4 marzo 2027". */
export function formatDay(date: IsoDate, locale: Locale): string {
  return DateTime.fromISO(date, { zone: ZONE, locale: TAG[locale] }).toFormat('cccc d LLLL yyyy');
}

/** For narrow places such as table cells: "4 mar 2027" / "4 Mar 2027". */
export function formatShortDate(instant: Instant, locale: Locale): string {
  return wallClock(instant, locale).toFormat('d LLL yyyy');
}

/** For marks on a map: "4 mar" / "4 Mar". */
export function formatDayMonth(instant: Instant, locale: Locale): string {
  return wallClock(instant, locale).toFormat('d LLL');
}

/** "marzo 2027" of a `YYYY-MM` or `YYYY-MM-DD` string. */
export function formatMonth(month: string, locale: Locale): string {
  return DateTime.fromISO(month, { zone: ZONE, locale: TAG[locale] }).toFormat('LLLL yyyy');
}

/** "9:00". */
export function formatTime(instant: Instant, locale: Locale): string {
  return wallClock(instant, locale).toFormat('H:mm');
}

/** "9:00–9:45", both ends on the same day. */
export function formatTimeRange(start: Instant, end: Instant, locale: Locale): string {
  return `${formatTime(start, locale)}–${formatTime(end, locale)}`;
}

/** Minutes as people say them: "45 minuti", "1 ora", "1 ora e 30 minuti". */
export function formatDuration(minutes: number, locale: Locale): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  const words =
    locale === 'it'
      ? { hour: 'ora', hours: 'ore', minute: 'minuto', minutes: 'minuti', and: 'e' }
      : { hour: 'hour', hours: 'hours', minute: 'minute', minutes: 'minutes', and: 'and' };
  const parts = [];
  if (hours > 0) parts.push(`${hours} ${hours === 1 ? words.hour : words.hours}`);
  if (rest > 0 || hours === 0) parts.push(`${rest} ${rest === 1 ? words.minute : words.minutes}`);
  return parts.join(` ${words.and} `);
}

/** Kilometres: one decimal under ten ("3,4 km"), whole above ("27 km"). */
export function formatDistance(km: number, locale: Locale): string {
  const digits = km < 10 ? 1 : 0;
  return `${formatNumber(km, locale, digits)}\u00a0km`;
}

/** "1.234" / "1,234"; with `digits`, exactly that many decimals: "3,40" / "3.40". */
export function formatNumber(value: number, locale: Locale, digits?: number): string {
  const fixed = digits === undefined ? { maximumFractionDigits: 2 } : fractionDigits(digits);
  // Italian leaves four-digit numbers ungrouped unless told otherwise; columns read better grouped.
  return numberFormat(TAG[locale], { ...fixed, useGrouping: 'always' }).format(value);
}

/** A share between 0 and 1: "12,5%" / "12.5%". */
export function formatPercent(share: number, locale: Locale, digits = 0): string {
  return numberFormat(TAG[locale], { style: 'percent', ...fractionDigits(digits) }).format(share);
}

/** Euro, without cents when `digits` is 0: "1.250 €" / "€1,250". */
export function formatEuro(amount: number, locale: Locale, digits = 0): string {
  return numberFormat(TAG[locale], {
    style: 'currency',
    currency: 'EUR',
    useGrouping: 'always',
    ...fractionDigits(digits),
  }).format(amount);
}

/**
 * How long until `instant`, in calendar days of Rome: "oggi", "domani", "fra 118 giorni";
 * in the past "ieri", "3 giorni fa".
 */
export function formatWait(instant: Instant, now: Instant, locale: Locale): string {
  // Midnights of calendar days as if in UTC, where every day has 24 hours.
  const days = (Date.parse(dayOf(instant)) - Date.parse(dayOf(now))) / DAY;
  return formatDaysAhead(days, locale);
}

/** "oggi", "domani", "fra 118 giorni" from a whole number of days. */
function formatDaysAhead(days: number, locale: Locale): string {
  return relativeFormat(TAG[locale]).format(days, 'day').replace(/^tra /, 'fra ');
}

/** A length of time in days, rounded down: "118 giorni" / "118 days". */
export function formatDays(milliseconds: number, locale: Locale): string {
  return numberFormat(TAG[locale], { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(
    Math.floor(milliseconds / DAY),
  );
}

function fractionDigits(digits: number) {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

// Building an Intl formatter costs tens of microseconds and a table has thousands of cells.
const numberFormats = new Map<string, Intl.NumberFormat>();
function numberFormat(tag: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = tag + JSON.stringify(options);
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(tag, options);
    numberFormats.set(key, format);
  }
  return format;
}

const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
function relativeFormat(tag: string): Intl.RelativeTimeFormat {
  let format = relativeFormats.get(tag);
  if (!format) {
    format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
    relativeFormats.set(tag, format);
  }
  return format;
}
