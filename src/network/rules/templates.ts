import { stringify } from 'csv-stringify/sync';
import { FILES, type FileName } from './import-files.ts';

/**
 * An import file to fill in: its header and one line as an example. With `;` and BOM, so that
 * spreadsheets set to Italian open it as a table with its accents right.
 */
export function template(file: FileName): string {
  const columns = Object.entries(FILES[file]);
  return stringify([columns.map(([name]) => name), columns.map(([, { example }]) => example)], {
    delimiter: ';',
    bom: true,
    record_delimiter: 'windows',
  });
}
