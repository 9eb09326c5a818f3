import { stringify } from 'csv-stringify/sync';
import type { Locale } from './locale.ts';

/**
 * A table as Italian Excel opens it as it is: UTF-8 with a byte-order mark, semicolons, CRLF, and no
 * cell that a spreadsheet would run as a formula. Numbers have at most two decimals, after a comma in
 * Italian.
 */
export function spreadsheet(lines: readonly (readonly unknown[])[], locale: Locale): string {
  return stringify(lines as unknown[][], {
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
    // A negative number begins like a formula, and is none.
    cast: { number: (value) => ({ value: decimal(value, locale), escape_formulas: false }) },
  });
}

function decimal(value: number, locale: Locale): string {
  const text = String(Math.round(value * 100) / 100);
  return locale === 'it' ? text.replace('.', ',') : text;
}

/** Of an answer that is such a file. */
export function csvHeaders(name: string) {
  return {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
  };
}
