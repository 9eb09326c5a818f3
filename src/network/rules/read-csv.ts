import { CsvError, parse } from 'csv-parse/sync';
import type { Bilingual } from '../../platform/problem.ts';
import type { Column } from './columns.ts';
import { FILES, type FileName, type RowOf } from './import-files.ts';

/** What is wrong, and where: `line` counts from 1, which is the header. */
export interface ImportFault {
  readonly file: FileName;
  readonly line: number;
  readonly column?: string;
  readonly message: Bilingual;
}

export const MAX_FILE_CHARACTERS = 8_000_000;
const MAX_ROWS = 50_000;

export interface Reading<F extends FileName> {
  readonly rows: RowOf<F>[];
  readonly faults: ImportFault[];
}

/**
 * Reads one CSV file: `,` or `;` between cells, with or without BOM, cells quoted where needed.
 * Every row that can be read is returned and every cell that cannot is told.
 */
export function readCsv<F extends FileName>(file: F, text: string): Reading<F> {
  const faults: ImportFault[] = [];
  const reject = (line: number, it: string, en: string, column?: string) =>
    faults.push({ file, line, message: { it, en }, ...(column === undefined ? {} : { column }) });

  if (text.length > MAX_FILE_CHARACTERS) {
    reject(1, 'il file è troppo grande', 'the file is too large');
    return { rows: [], faults };
  }
  const records = parseRecords(text);
  if (records instanceof CsvError) {
    const line = typeof records.lines === 'number' ? records.lines : 1;
    reject(line, 'il file non è un CSV leggibile', 'the file is not readable CSV');
    return { rows: [], faults };
  }
  const [header, ...body] = records;
  if (!header) {
    reject(1, 'il file è vuoto', 'the file is empty');
    return { rows: [], faults };
  }
  const columns: Record<string, Column<unknown>> = FILES[file];
  const names = header.record.map((name) => name.trim().toLowerCase());
  for (const [index, name] of names.entries()) {
    if (!(name in columns)) {
      reject(
        1,
        'questa colonna non è prevista',
        'this column is not expected',
        name || `#${index + 1}`,
      );
    } else if (names.indexOf(name) !== index) {
      reject(1, 'la colonna compare due volte', 'the column appears twice', name);
    }
  }
  for (const [name, column] of Object.entries(columns)) {
    if (column.required && !names.includes(name)) {
      reject(1, 'manca questa colonna', 'this column is missing', name);
    }
  }
  if (faults.length > 0) return { rows: [], faults };
  if (body.length > MAX_ROWS) {
    reject(MAX_ROWS + 2, `più di ${MAX_ROWS} righe`, `more than ${MAX_ROWS} rows`);
    return { rows: [], faults };
  }

  const rows: RowOf<F>[] = [];
  for (const { record, line } of body) {
    if (record.length !== names.length) {
      reject(
        line,
        `ha ${record.length} celle invece di ${names.length}`,
        `has ${record.length} cells instead of ${names.length}`,
      );
      continue;
    }
    const row: Record<string, unknown> = { line };
    let whole = true;
    for (const [name, column] of Object.entries(columns)) {
      const index = names.indexOf(name);
      const cell = index < 0 ? '' : record[index]!.trim();
      if (cell === '') {
        if (column.required) {
          reject(line, 'è obbligatorio', 'is required', name);
          whole = false;
        }
        continue;
      }
      const reading = column.read(cell);
      if ('fault' in reading) {
        reject(line, reading.fault.it, reading.fault.en, name);
        whole = false;
      } else row[name] = reading.value;
    }
    if (whole) rows.push(row as RowOf<F>);
  }
  return { rows, faults };
}

interface Record_ {
  readonly record: readonly string[];
  readonly line: number;
}

function parseRecords(text: string): Record_[] | CsvError {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = firstLine.split(';').length > firstLine.split(',').length ? ';' : ',';
  const positions: Record_[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      relaxColumnCount: true,
      maxRecordSize: 100_000,
      // Line numbers must stay those a person sees, so empty lines are read and then left out.
      onRecord: (record: string[], { lines }) => {
        positions.push({ record, line: lines });
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
  return positions.filter(({ record }) => record.some((cell) => cell.trim() !== ''));
}
