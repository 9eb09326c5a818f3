import type { Bilingual } from '../../platform/problem.ts';
import { plainName } from '../../reference/names.ts';
import type { Provenance } from './provenance.ts';
import type { Recurrence } from './recurrence.ts';
import { plainStreet, type Side } from './street.ts';

export type Reading<T> = { readonly value: T } | { readonly fault: Bilingual };

/** One column of an import file: how a filled cell is read, and how it is told to people. */
export interface Column<T> {
  readonly read: (cell: string) => Reading<T>;
  readonly required: boolean;
  readonly about: Bilingual;
  /** What the template shows. */
  readonly example: string;
}

type Described = Pick<Column<unknown>, 'about' | 'example'>;

const value = <T>(read: T): Reading<T> => ({ value: read });
const fault = (it: string, en: string): Reading<never> => ({ fault: { it, en } });

export function required<T>(read: Column<T>['read'], described: Described): Column<T> {
  return { read, required: true, ...described };
}

export function optional<T>(read: Column<T>['read'], described: Described): Column<T | undefined> {
  return { read, required: false, ...described };
}

/** Text of one line, at most `longest` characters. */
export const text = (longest: number) => (cell: string) => {
  if (cell.length > longest) {
    return fault(`supera ${longest} caratteri`, `is longer than ${longest} characters`);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u001f\u007f]/.test(cell)) {
    return fault('contiene caratteri di controllo', 'contains control characters');
  }
  return value(cell);
};

export const officeCode = (cell: string) =>
  /^[a-z0-9-]{2,60}$/.test(cell)
    ? value(cell)
    : fault(
        'deve avere da 2 a 60 lettere minuscole, cifre o trattini',
        'must be 2 to 60 lower-case letters, figures or hyphens',
      );

/** Codes of staff, categories and skills: whatever the administration uses, without spaces. */
export const code = (cell: string) =>
  /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,39}$/u.test(cell)
    ? value(cell)
    : fault(
        'deve avere al massimo 40 lettere, cifre o segni . _ / -',
        'must be at most 40 letters, figures or . _ / -',
      );

export const istat = (cell: string) => {
  // Spreadsheets drop the zeros in front of a number.
  const padded = /^[0-9]{4,6}$/.test(cell) ? cell.padStart(6, '0') : undefined;
  return padded === undefined
    ? fault('deve essere un codice ISTAT di sei cifre', 'must be an ISTAT code of six figures')
    : value(padded);
};

/** A number with comma or point, between two bounds. */
export const decimal = (from: number, to: number) => (cell: string) => {
  const number = /^-?[0-9]{1,3}([.,][0-9]{1,12})?$/.test(cell)
    ? Number(cell.replace(',', '.'))
    : Number.NaN;
  return number >= from && number <= to
    ? value(number)
    : fault(
        `deve essere un numero tra ${from} e ${to}`,
        `must be a number between ${from} and ${to}`,
      );
};

export const integer = (from: number, to: number) => (cell: string) => {
  const number = /^[0-9]{1,6}$/.test(cell) ? Number(cell) : Number.NaN;
  return number >= from && number <= to
    ? value(number)
    : fault(
        `deve essere un numero intero tra ${from} e ${to}`,
        `must be a whole number between ${from} and ${to}`,
      );
};

const YES = new Set(['si', 'yes', 'y', 's', 'true', '1', 'vero', 'x']);
const NO = new Set(['no', 'n', 'false', '0', 'falso']);

export const yesOrNo = (cell: string) => {
  const plain = plainName(cell);
  if (YES.has(plain)) return value(true);
  if (NO.has(plain)) return value(false);
  return fault('deve essere «sì» o «no»', 'must be “yes” or “no”');
};

/** Several codes in one cell, with `|` or spaces between them; doubles count once. */
export const codes = (cell: string) => {
  const list = cell.split(/[|\s]+/).filter((part) => part !== '');
  const wrong = list.find((part) => 'fault' in code(part));
  if (wrong !== undefined || list.length > 30) {
    return fault(
      'deve contenere al massimo 30 codici separati da «|»',
      'must hold at most 30 codes with “|” between them',
    );
  }
  return value([...new Set(list)]);
};

export const languages = (cell: string) => {
  const list = cell
    .toLowerCase()
    .split(/[|\s]+/)
    .filter((part) => part !== '');
  return list.length <= 20 && list.every((part) => /^[a-z]{2}$/.test(part))
    ? value([...new Set(list)])
    : fault(
        'deve contenere codici di lingua di due lettere (ISO 639-1) separati da «|»',
        'must hold two-letter language codes (ISO 639-1) with “|” between them',
      );
};

export const date = (cell: string) => {
  const iso = cell.replace(/^([0-9]{2})\/([0-9]{2})\/([0-9]{4})$/, '$3-$2-$1');
  const parsed = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(iso)
    ? new Date(`${iso}T00:00:00Z`)
    : undefined;
  const exists =
    parsed !== undefined && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso);
  return exists
    ? value(iso)
    : fault(
        'deve essere una data che esiste, come 2027-03-04 o 04/03/2027',
        'must be a date that exists, like 2027-03-04 or 04/03/2027',
      );
};

/** Time on the wall clock, `HH:MM`, from 00:00 to 24:00. */
export const time = (cell: string) => {
  const match = cell.match(/^([0-9]{1,2})[:.]([0-9]{2})(?::00)?$/);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  return match && Number(match[2]) < 60 && minutes <= 24 * 60
    ? value(`${match[1]!.padStart(2, '0')}:${match[2]}`)
    : fault('deve essere un’ora come 9:00 o 15:30', 'must be a time like 9:00 or 15:30');
};

const WEEKDAYS = [
  ['1', 'lunedi', 'lun', 'monday', 'mon'],
  ['2', 'martedi', 'mar', 'tuesday', 'tue'],
  ['3', 'mercoledi', 'mer', 'wednesday', 'wed'],
  ['4', 'giovedi', 'gio', 'thursday', 'thu'],
  ['5', 'venerdi', 'ven', 'friday', 'fri'],
  ['6', 'sabato', 'sab', 'saturday', 'sat'],
  ['7', 'domenica', 'dom', 'sunday', 'sun'],
];

export const weekday = (cell: string) => {
  const index = WEEKDAYS.findIndex((names) => names.includes(plainName(cell)));
  return index >= 0
    ? value(index + 1)
    : fault(
        'deve essere un giorno da 1 (lunedì) a 7 (domenica), o il suo nome',
        'must be a day from 1 (Monday) to 7 (Sunday), or its name',
      );
};

const KINDS: readonly string[] = ['sourced', 'computed', 'declared'] satisfies Provenance['kind'][];

export const provenanceKind = (cell: string) =>
  KINDS.includes(cell)
    ? value(cell as Provenance['kind'])
    : fault(
        'deve essere «sourced», «computed» o «declared»',
        'must be “sourced”, “computed” or “declared”',
      );

const RULES: readonly string[] = [
  'weeks',
  'month-week',
  'month-weekday',
] satisfies Recurrence['rule'][];

export const recurrence = (cell: string) =>
  RULES.includes(cell)
    ? value(cell as Recurrence['rule'])
    : fault(
        'deve essere «weeks», «month-week» o «month-weekday»',
        'must be “weeks”, “month-week” or “month-weekday”',
      );

export const nth = (cell: string) =>
  cell === '-1' || /^[0-9]{1,2}$/.test(cell)
    ? value(Number(cell))
    : fault('deve essere un numero intero, o -1', 'must be a whole number, or -1');

/** A street that something is left of once it is compared; see `street.ts`. */
export const street = (cell: string) =>
  plainStreet(cell) === ''
    ? fault('deve essere il nome di una via', 'must be the name of a street')
    : text(200)(cell);

const SIDES: Record<string, Side> = {
  tutti: 'all',
  all: 'all',
  dispari: 'odd',
  odd: 'odd',
  pari: 'even',
  even: 'even',
};

export const side = (cell: string) => {
  const known = SIDES[plainName(cell)];
  return known
    ? value(known)
    : fault('deve essere «tutti», «dispari» o «pari»', 'must be “all”, “odd” or “even”');
};
