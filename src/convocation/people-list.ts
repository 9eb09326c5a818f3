import { CsvError, parse } from 'csv-parse/sync';
import type { Bilingual } from '../platform/problem.ts';
import {
  email,
  familyName,
  givenName,
  isoDate,
  istatCode,
  phone,
  taxCode,
} from '../reference/fields.ts';

/** Rows that one list may hold; longer ones are split into campaigns. Ours. */
export const MOST_PEOPLE = 10_000;

/** A person of a list, as the file names them. */
export interface ListedPerson {
  /** Line in the file, the header being 1. */
  readonly line: number;
  readonly taxCode: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email?: string;
  readonly phone?: string;
  readonly pec?: string;
  readonly postalAddress?: string;
  /** ISTAT code. */
  readonly domicile?: string;
  /** Day of the Did or of the first contact. */
  readonly termFrom?: string;
}

/** What is wrong, and where. */
export interface ListFault {
  readonly line: number;
  readonly column?: string;
  readonly message: Bilingual;
}

type Field = Exclude<keyof ListedPerson, 'line'>;

interface Column {
  readonly field: Field;
  readonly required: boolean;
  /** The cell as it is kept; undefined when it cannot be. */
  readonly read: (cell: string) => string | undefined;
}

type Reader = { safeParse(value: string): { success: boolean; data?: string } };
const by = (schema: Reader) => (cell: string) => schema.safeParse(cell).data;

/** Italian spreadsheets write days as 4/3/2027. */
function day(cell: string): string | undefined {
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell);
  const iso = local
    ? `${local[3]}-${local[2]!.padStart(2, '0')}-${local[1]!.padStart(2, '0')}`
    : cell;
  return by(isoDate)(iso);
}

const address = (cell: string) =>
  cell.length <= 300 ? cell.replaceAll(/\s*\|\s*/g, '\n') : undefined;

/** Columns by their header; the first four are what most lists have. */
const COLUMNS: Readonly<Record<string, Column>> = {
  codice_fiscale: { field: 'taxCode', required: true, read: by(taxCode) },
  nome: { field: 'givenName', required: true, read: by(givenName) },
  cognome: { field: 'familyName', required: true, read: by(familyName) },
  email: { field: 'email', required: false, read: by(email) },
  telefono: { field: 'phone', required: false, read: by(phone) },
  pec: { field: 'pec', required: false, read: by(email) },
  indirizzo: { field: 'postalAddress', required: false, read: address },
  comune: { field: 'domicile', required: false, read: by(istatCode) },
  did: { field: 'termFrom', required: false, read: day },
};

/** The headers of a list, in the order in which a model of it shows them. */
export const LIST_HEADERS = Object.keys(COLUMNS);

export interface ListReading {
  readonly people: readonly ListedPerson[];
  readonly faults: readonly ListFault[];
}

/**
 * Reads a list of people: comma, semicolon or tab between cells (lists are pasted from spreadsheets
 * too), with or without a byte-order mark. All or nothing: every fault is told with its line, and a
 * list with faults gives nobody.
 */
export function readPeople(text: string): ListReading {
  const faults: ListFault[] = [];
  const reject = (line: number, it: string, en: string, column?: string) =>
    faults.push({ line, message: { it, en }, ...(column === undefined ? {} : { column }) });
  const refused = () => ({ people: [], faults });

  const records = recordsOf(text);
  if (records instanceof CsvError) {
    const line = typeof records.lines === 'number' ? records.lines : 1;
    reject(line, 'il testo non è un CSV leggibile', 'not readable CSV');
    return refused();
  }
  const [header, ...body] = records;
  if (!header) {
    reject(1, 'l’elenco è vuoto', 'the list is empty');
    return refused();
  }
  const names = header.cells.map((name) => name.trim().toLowerCase().replaceAll(' ', '_'));
  for (const [index, name] of names.entries()) {
    if (!Object.hasOwn(COLUMNS, name)) {
      reject(1, 'colonna non prevista', 'unexpected column', name || `#${index + 1}`);
    } else if (names.indexOf(name) !== index) {
      reject(1, 'la colonna compare due volte', 'the column appears twice', name);
    }
  }
  for (const [name, column] of Object.entries(COLUMNS)) {
    if (column.required && !names.includes(name)) {
      reject(1, 'manca questa colonna', 'this column is missing', name);
    }
  }
  if (faults.length > 0) return refused();
  if (body.length === 0) reject(2, 'l’elenco non ha righe', 'the list has no rows');
  if (body.length > MOST_PEOPLE) {
    reject(MOST_PEOPLE + 2, `più di ${MOST_PEOPLE} righe`, `more than ${MOST_PEOPLE} rows`);
    return refused();
  }

  const people: ListedPerson[] = [];
  const firstLine = new Map<string, number>();
  for (const { cells, line } of body) {
    if (cells.length !== names.length) {
      reject(
        line,
        `ha ${cells.length} celle, non ${names.length}`,
        `has ${cells.length} cells, not ${names.length}`,
      );
      continue;
    }
    const person: Partial<Record<Field, string>> = {};
    for (const [index, name] of names.entries()) {
      const column = COLUMNS[name]!;
      const cell = cells[index]!.trim();
      if (cell === '') {
        if (column.required) reject(line, 'è obbligatorio', 'is required', name);
        continue;
      }
      const read = column.read(cell);
      if (read === undefined) reject(line, 'non è valido', 'is not valid', name);
      else person[column.field] = read;
    }
    const { taxCode } = person;
    if (taxCode === undefined) continue;
    const earlier = firstLine.get(taxCode);
    if (earlier !== undefined) {
      reject(line, `è già alla riga ${earlier}`, `is on line ${earlier} already`, 'codice_fiscale');
    } else firstLine.set(taxCode, line);
    people.push({ line, ...person } as ListedPerson);
  }
  return faults.length > 0 ? refused() : { people, faults };
}

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

function recordsOf(text: string): Line[] | CsvError {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const counts = [';', ',', '\t'].map((sign) => [firstLine.split(sign).length, sign] as const);
  const [, delimiter] = counts.reduce((best, one) => (one[0] > best[0] ? one : best));
  const found: Line[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      relaxColumnCount: true,
      maxRecordSize: 10_000,
      // Line numbers must stay those a person sees, so empty lines are read and then left out.
      onRecord: (cells: string[], { lines }) => {
        found.push({ cells, line: lines });
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
  return found.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}
