import type { Bilingual } from '../../platform/problem.ts';
import type { Point } from '../../reference/distance.ts';
import { plainName } from '../../reference/names.ts';
import { FILE_NAMES, type FileName, type RowOf } from './import-files.ts';
import { type ImportFault, type Reading, readCsv } from './read-csv.ts';
import type { Recurrence } from './recurrence.ts';
import { recurrenceFault } from './series.ts';
import { skillByCode } from './skills.ts';
import { plainStreet, type Stretch, share } from './street.ts';

/** What the rows are checked against, besides each other. */
export interface KnownNetwork {
  /** By ISTAT code. */
  readonly comuni: ReadonlyMap<string, { readonly name: string; readonly point?: Point }>;
  /** Codes of the offices already there. */
  readonly offices: ReadonlySet<string>;
  /** Level of each staff category already there, by code. */
  readonly categories: ReadonlyMap<string, number>;
  /** Code of the office of each operator already there, by staff number. */
  readonly operators: ReadonlyMap<string, string>;
}

/** CSV texts by file; those absent leave what is there as it is. */
export type NetworkFiles = Partial<Record<FileName, string>>;

export type NetworkRows = { readonly [F in FileName]: readonly RowOf<F>[] };

export interface ParsedNetwork {
  readonly rows: NetworkRows;
  /** Any of these refuses the whole import. */
  readonly faults: readonly ImportFault[];
  /** Told to whoever imports, and refused by nobody. */
  readonly warnings: readonly ImportFault[];
}

/** Reads and checks a network whole: every fault of every file, in the order of the lines. */
export function parseNetwork(files: NetworkFiles, known: KnownNetwork): ParsedNetwork {
  const readings = Object.fromEntries(
    FILE_NAMES.map((file) => [file, readFile(file, files[file])]),
  ) as { [F in FileName]: Reading<F> };
  const rows = Object.fromEntries(
    FILE_NAMES.map((file) => [file, readings[file].rows]),
  ) as unknown as NetworkRows;
  const faults = new Faults();
  const warnings = new Faults();
  for (const file of FILE_NAMES) faults.list.push(...readings[file].faults);

  checkCategories(rows, known, faults);
  checkOffices(rows, known, faults);
  checkComuni(rows, known, faults);
  checkOperators(rows, known, faults, warnings);
  checkOpenings(rows, known, faults);
  checkZones(rows, known, faults);
  warnAboutGaps(rows, known, files, warnings);
  return { rows, faults: faults.inOrder(), warnings: warnings.inOrder() };
}

function readFile<F extends FileName>(file: F, text: string | undefined): Reading<F> {
  return text === undefined ? { rows: [], faults: [] } : readCsv(file, text);
}

class Faults {
  readonly list: ImportFault[] = [];

  add(file: FileName, line: number, column: string | undefined, message: Bilingual): void {
    this.list.push({ file, line, message, ...(column === undefined ? {} : { column }) });
  }

  inOrder(): ImportFault[] {
    const order = (fault: ImportFault) => FILE_NAMES.indexOf(fault.file);
    return this.list.sort((a, b) => order(a) - order(b) || a.line - b.line);
  }
}

/** Tells every row whose key an earlier one has; returns the first row of each key. */
function firstOfEach<F extends FileName>(
  file: F,
  rows: readonly RowOf<F>[],
  column: keyof RowOf<F> & string,
  faults: Faults,
): Map<string, RowOf<F>> {
  const first = new Map<string, RowOf<F>>();
  for (const row of rows) {
    const key = String(row[column]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, row);
    else {
      faults.add(file, row.line, column, {
        it: `«${key}» compare già alla riga ${earlier.line}`,
        en: `“${key}” already appears on line ${earlier.line}`,
      });
    }
  }
  return first;
}

const unknownOffice = (code: string): Bilingual => ({
  it: `l’ufficio «${code}» non esiste`,
  en: `there is no office “${code}”`,
});

function checkCategories({ categories }: NetworkRows, known: KnownNetwork, faults: Faults): void {
  firstOfEach('categories', categories, 'code', faults);
  firstOfEach('categories', categories, 'level', faults);
  const given = new Set(categories.map(({ code }) => code));
  for (const { code, level, line } of categories) {
    const other = [...known.categories].find(([name, at]) => at === level && !given.has(name));
    if (other === undefined) continue;
    faults.add('categories', line, 'level', {
      it: `il livello ${level} è già della categoria «${other[0]}», diversa da «${code}»`,
      en: `level ${level} already belongs to category “${other[0]}”, not to “${code}”`,
    });
  }
}

function checkOffices({ offices }: NetworkRows, known: KnownNetwork, faults: Faults): void {
  firstOfEach('offices', offices, 'code', faults);
  for (const office of offices) {
    const comune = known.comuni.get(office.seat_istat);
    const located = office.latitude !== undefined && office.longitude !== undefined;
    if (comune === undefined) {
      faults.add('offices', office.line, 'seat_istat', {
        it: `nessun comune ha il codice ISTAT ${office.seat_istat}`,
        en: `no comune has the ISTAT code ${office.seat_istat}`,
      });
    } else if ((office.latitude === undefined) !== (office.longitude === undefined)) {
      faults.add('offices', office.line, 'latitude', {
        it: 'latitudine e longitudine vanno date insieme',
        en: 'latitude and longitude go together',
      });
    } else if (!located && comune.point === undefined) {
      faults.add('offices', office.line, 'latitude', {
        it: `la posizione di ${comune.name} non è nota: indica latitudine e longitudine`,
        en: `the position of ${comune.name} is not known: give latitude and longitude`,
      });
    }
    for (const fact of ['seat', 'staff'] as const) {
      checkSource('offices', office.line, office[`${fact}_kind`], office[`${fact}_source`], faults);
    }
  }
}

function checkSource(
  file: FileName,
  line: number,
  kind: string | undefined,
  source: string | undefined,
  faults: Faults,
): void {
  if (kind === undefined || kind === 'declared' || source !== undefined) return;
  faults.add(file, line, 'source', {
    it: `un dato «${kind}» deve dire la sua fonte o la sua regola`,
    en: `a “${kind}” fact must name its source or its rule`,
  });
}

const officesOf = ({ offices }: NetworkRows, known: KnownNetwork): Set<string> =>
  new Set([...known.offices, ...offices.map(({ code }) => code)]);

function checkComuni(rows: NetworkRows, known: KnownNetwork, faults: Faults): void {
  const offices = officesOf(rows, known);
  firstOfEach('comuni', rows.comuni, 'comune_istat', faults);
  for (const { comune_istat, comune_name, office_code, kind, source, line } of rows.comuni) {
    const comune = known.comuni.get(comune_istat);
    if (comune === undefined) {
      faults.add('comuni', line, 'comune_istat', {
        it: `nessun comune ha il codice ISTAT ${comune_istat}`,
        en: `no comune has the ISTAT code ${comune_istat}`,
      });
    } else if (comune_name !== undefined && plainName(comune_name) !== plainName(comune.name)) {
      faults.add('comuni', line, 'comune_name', {
        it: `il codice ${comune_istat} è di ${comune.name}, non di «${comune_name}»`,
        en: `the code ${comune_istat} is of ${comune.name}, not of “${comune_name}”`,
      });
    }
    if (!offices.has(office_code))
      faults.add('comuni', line, 'office_code', unknownOffice(office_code));
    checkSource('comuni', line, kind, source, faults);
  }
}

function checkOperators(
  rows: NetworkRows,
  known: KnownNetwork,
  faults: Faults,
  warnings: Faults,
): void {
  const offices = officesOf(rows, known);
  const levels = new Map([
    ...known.categories,
    ...rows.categories.map(({ code, level }) => [code, level] as const),
  ]);
  firstOfEach('operators', rows.operators, 'staff_number', faults);
  const unheardOf = new Set<string>();
  for (const operator of rows.operators) {
    const { line, office_code, category, skills = [], bookable, kind, source } = operator;
    if (!offices.has(office_code))
      faults.add('operators', line, 'office_code', unknownOffice(office_code));
    const level = levels.get(category);
    if (level === undefined) {
      faults.add('operators', line, 'category', {
        it: `la categoria «${category}» non esiste`,
        en: `there is no category “${category}”`,
      });
    }
    for (const code of skills) {
      const skill = skillByCode.get(code);
      if (skill === undefined) {
        if (unheardOf.has(code)) continue;
        unheardOf.add(code);
        warnings.add('operators', line, 'skills', {
          it: `la competenza «${code}» non è tra quelle previste: nessun servizio la chiede finora`,
          en: `the skill “${code}” is not among those foreseen: no service asks for it so far`,
        });
      } else if (level !== undefined && level < skill.minLevel) {
        faults.add('operators', line, 'skills', {
          it: `la categoria «${category}» non basta per la competenza «${code}»`,
          en: `category “${category}” is too low for the skill “${code}”`,
        });
      }
    }
    if (bookable && skills.length === 0) {
      faults.add('operators', line, 'skills', {
        it: 'chi riceve su appuntamento deve avere almeno una competenza',
        en: 'whoever receives by appointment must have at least one skill',
      });
    }
    checkSource('operators', line, kind, source, faults);
  }
}

function checkOpenings(rows: NetworkRows, known: KnownNetwork, faults: Faults): void {
  const offices = officesOf(rows, known);
  const officeOf = new Map([
    ...known.operators,
    ...rows.operators.map((row) => [row.staff_number, row.office_code] as const),
  ]);
  type Opening = RowOf<'opening-hours'>;
  const sameDay = new Map<string, Opening[]>();
  for (const opening of rows['opening-hours']) {
    const { line, office_code, staff_number, weekday, starts, ends } = opening;
    const add = (column: string, message: Bilingual) =>
      faults.add('opening-hours', line, column, message);
    if (!offices.has(office_code)) add('office_code', unknownOffice(office_code));
    if (staff_number !== undefined && officeOf.get(staff_number) !== office_code) {
      add('staff_number', {
        it: `la matricola «${staff_number}» non è dell’ufficio «${office_code}»`,
        en: `staff number “${staff_number}” is not of office “${office_code}”`,
      });
    }
    if (starts >= ends) {
      add('ends', { it: 'deve venire dopo l’apertura', en: 'must come after the opening' });
      continue;
    }
    if (opening.valid_to !== undefined && opening.valid_to < opening.valid_from) {
      add('valid_to', {
        it: 'non può venire prima di «valid_from»',
        en: 'cannot come before “valid_from”',
      });
      continue;
    }
    const fault = recurrenceFault(recurrenceOf(opening));
    if (fault) {
      add('nth', fault.words);
      continue;
    }
    if (opening.public_hours_before !== undefined && !opening.staff_only) {
      add('public_hours_before', {
        it: 'vale solo per ciò che è riservato al personale',
        en: 'holds only for what is kept for the staff',
      });
      continue;
    }
    checkSource('opening-hours', line, opening.kind, opening.source, faults);
    const key = `${office_code}/${staff_number ?? ''}/${weekday}`;
    const earlier = sameDay.get(key)?.find((other) => overlap(other, opening));
    if (earlier) {
      add('starts', {
        it: `si sovrappone all’orario della riga ${earlier.line}`,
        en: `overlaps the hours on line ${earlier.line}`,
      });
    }
    sameDay.set(key, [...(sameDay.get(key) ?? []), opening]);
  }
}

/** How a row recurs; every week where it does not say. */
export const recurrenceOf = (
  row: Pick<RowOf<'opening-hours'>, 'recurrence' | 'nth'>,
): Recurrence => ({
  rule: row.recurrence ?? 'weeks',
  nth: row.nth ?? 1,
});

/**
 * Whether two openings of one weekday hold on the same dates and share some time. Those that recur
 * by rules of their own may take turns, those with limits may be for different things: they are let
 * pass.
 */
function overlap(a: RowOf<'opening-hours'>, b: RowOf<'opening-hours'>): boolean {
  if ([a, b].some((row) => row.recurrence !== undefined || row.nth !== undefined)) return false;
  if ([a, b].some((row) => row.skills?.length || row.staff_only)) return false;
  const datesMeet =
    a.valid_from <= (b.valid_to ?? '9999') && b.valid_from <= (a.valid_to ?? '9999');
  return datesMeet && a.starts < b.ends && b.starts < a.ends;
}

function checkZones(rows: NetworkRows, known: KnownNetwork, faults: Faults): void {
  const offices = officesOf(rows, known);
  const streets = new Map<string, { readonly line: number; readonly stretch: Stretch }[]>();
  for (const zone of rows['street-zones']) {
    const { line, comune_istat, office_code, street } = zone;
    const add = (column: string, message: Bilingual) =>
      faults.add('street-zones', line, column, message);
    if (!known.comuni.has(comune_istat)) {
      add('comune_istat', {
        it: `nessun comune ha il codice ISTAT ${comune_istat}`,
        en: `no comune has the ISTAT code ${comune_istat}`,
      });
    }
    if (!offices.has(office_code)) add('office_code', unknownOffice(office_code));
    const stretch = stretchOf(zone);
    if (stretch.numberTo !== null && stretch.numberTo < stretch.numberFrom) {
      add('number_to', { it: 'viene prima del primo numero', en: 'comes before the first number' });
      continue;
    }
    const key = `${comune_istat}/${plainStreet(street)}`;
    const others = streets.get(key) ?? [];
    const earlier = others.find((other) => share(other.stretch, stretch));
    if (earlier) {
      add('number_from', {
        it: `ha numeri che sono già alla riga ${earlier.line}`,
        en: `has numbers that are on line ${earlier.line} already`,
      });
    }
    streets.set(key, [...others, { line, stretch }]);
  }
}

/** The civic numbers of a row; all of the street where it does not say. */
export const stretchOf = (row: RowOf<'street-zones'>): Stretch => ({
  numberFrom: row.number_from ?? 1,
  numberTo: row.number_to ?? null,
  side: row.side ?? 'all',
});

/** New offices that nobody could use: legal while a network is being built, but worth a word. */
function warnAboutGaps(
  rows: NetworkRows,
  known: KnownNetwork,
  files: NetworkFiles,
  warnings: Faults,
): void {
  const served = new Set(rows.comuni.map((row) => row.office_code));
  const open = new Set(rows['opening-hours'].map((row) => row.office_code));
  const receiving = new Set(
    rows.operators.filter(({ bookable }) => bookable).map((row) => row.office_code),
  );
  for (const { code, line } of rows.offices) {
    if (known.offices.has(code)) continue;
    const warn = (it: string, en: string) => warnings.add('offices', line, 'code', { it, en });
    if (files.comuni !== undefined && !served.has(code))
      warn(`«${code}» non serve alcun comune`, `“${code}” serves no comune`);
    if (files['opening-hours'] !== undefined && !open.has(code))
      warn(`«${code}» non ha orari di apertura`, `“${code}” has no opening hours`);
    if (files.operators !== undefined && !receiving.has(code))
      warn(
        `«${code}» non ha operatori che ricevano su appuntamento`,
        `“${code}” has no operator who receives by appointment`,
      );
  }
}
