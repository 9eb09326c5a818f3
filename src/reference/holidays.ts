import type { IsoDate } from '../platform/clock.ts';

/** A day that returns every year: on a fixed date, or a number of days after Easter Sunday. */
export type YearlyDay =
  | { readonly month: number; readonly day: number }
  | { readonly easterOffset: number };

export interface Holiday {
  readonly date: IsoDate;
  readonly name: { readonly it: string; readonly en: string };
}

interface HolidayRule {
  readonly on: YearlyDay;
  readonly name: Holiday['name'];
  /** First year of the present, unbroken run of the rule; absent where it is older than any data. */
  readonly since?: number;
  /** Last year, for a day that was a holiday once. */
  readonly until?: number;
}

/**
 * The days on which every public office in Italy is closed: L. 260/1949 art. 2, as amended by
 * D.P.R. 792/1985 (Epiphany again), L. 336/2000 (2 June again), D.L. 5/2011 (17 March, that year
 * only) and L. 151/2025 (4 October again).
 * Easter Sunday is not named there, being a Sunday; it is listed because some offices open then.
 */
const NATIONAL: readonly HolidayRule[] = [
  { on: { month: 1, day: 1 }, name: { it: 'Capodanno', en: 'New Year’s Day' } },
  { on: { month: 1, day: 6 }, name: { it: 'Epifania', en: 'Epiphany' }, since: 1986 },
  {
    on: { month: 3, day: 17 },
    name: { it: 'Unità d’Italia, 150 anni', en: '150 years of a united Italy' },
    since: 2011,
    until: 2011,
  },
  { on: { easterOffset: 0 }, name: { it: 'Pasqua', en: 'Easter Sunday' } },
  { on: { easterOffset: 1 }, name: { it: 'Lunedì dell’Angelo', en: 'Easter Monday' } },
  { on: { month: 4, day: 25 }, name: { it: 'Festa della Liberazione', en: 'Liberation Day' } },
  { on: { month: 5, day: 1 }, name: { it: 'Festa del lavoro', en: 'Labour Day' } },
  {
    on: { month: 6, day: 2 },
    name: { it: 'Festa della Repubblica', en: 'Republic Day' },
    since: 2001,
  },
  { on: { month: 8, day: 15 }, name: { it: 'Assunzione di Maria', en: 'Assumption Day' } },
  {
    on: { month: 10, day: 4 },
    name: { it: 'San Francesco d’Assisi', en: 'Saint Francis of Assisi' },
    since: 2026,
  },
  { on: { month: 11, day: 1 }, name: { it: 'Ognissanti', en: 'All Saints’ Day' } },
  {
    on: { month: 12, day: 8 },
    name: { it: 'Immacolata Concezione', en: 'Immaculate Conception' },
  },
  { on: { month: 12, day: 25 }, name: { it: 'Natale', en: 'Christmas Day' } },
  { on: { month: 12, day: 26 }, name: { it: 'Santo Stefano', en: 'Saint Stephen’s Day' } },
];

/**
 * Easter Sunday of the Gregorian calendar as days since 1 January 1970, by the anonymous algorithm
 * published in Nature (20 April 1876): golden number, century corrections, then the Sunday after
 * the paschal full moon.
 */
function easterDayNumber(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const leapCentury = Math.floor(century / 4);
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leapCentury - moonShift + 15) % 30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const position = epact + toSunday - 7 * correction + 114;
  const month = Math.floor(position / 31);
  const day = (position % 31) + 1;
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** The date a yearly day falls on, or undefined in a year that lacks it (29 February). */
export function dateIn(year: number, rule: YearlyDay): IsoDate | undefined {
  if ('easterOffset' in rule) {
    return new Date((easterDayNumber(year) + rule.easterOffset) * 86_400_000)
      .toISOString()
      .slice(0, 10);
  }
  const date = new Date(Date.UTC(year, rule.month - 1, rule.day));
  return date.getUTCMonth() === rule.month - 1 ? date.toISOString().slice(0, 10) : undefined;
}

const years = new Map<number, ReadonlyMap<IsoDate, Holiday>>();

/** National holidays of a year (1986 or later), in the order of the calendar, by date. */
export function nationalHolidays(year: number): ReadonlyMap<IsoDate, Holiday> {
  let holidays = years.get(year);
  if (!holidays) {
    holidays = new Map(
      NATIONAL.filter(({ since = year, until = year }) => since <= year && year <= until)
        .map(({ on, name }) => ({ date: dateIn(year, on) as IsoDate, name }))
        .sort((a, b) => a.date.localeCompare(b.date))
        .map((holiday) => [holiday.date, holiday]),
    );
    years.set(year, holidays);
  }
  return holidays;
}

/** Whether offices are closed on a date, everywhere or for the feast of their own comune. */
export function isHoliday(date: IsoDate, patron?: YearlyDay): boolean {
  const year = Number(date.slice(0, 4));
  if (nationalHolidays(year).has(date)) return true;
  return patron !== undefined && dateIn(year, patron) === date;
}
