import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILE_NAMES } from '../../src/network/rules/import-files.ts';
import {
  type KnownNetwork,
  type NetworkFiles,
  parseNetwork,
} from '../../src/network/rules/parse-network.ts';
import { MAX_FILE_CHARACTERS, readCsv } from '../../src/network/rules/read-csv.ts';
import { template } from '../../src/network/rules/templates.ts';

const point = { latitude: 38, longitude: 13 };
const known: KnownNetwork = {
  comuni: new Map([
    ['082053', { name: 'Palermo', point }],
    ['082006', { name: 'Bagheria', point }],
    ['087011', { name: "Sant'Agata li Battiati" }],
  ]),
  offices: new Set(['pa-old']),
  categories: new Map([
    ['A', 1],
    ['B', 2],
    ['C', 3],
  ]),
  operators: new Map([['OLD1', 'pa-old']]),
};

const offices = 'code,name,seat_istat\npa-palermo,Cpi di Palermo,082053\n';
const told = (files: NetworkFiles) =>
  parseNetwork(files, known).faults.map(
    ({ file, line, column, message }) => `${file}:${line} ${column ?? '-'}: ${message.en}`,
  );

describe('importing a network from CSV', () => {
  it('a small network without faults is read whole', () => {
    const { rows, faults, warnings } = parseNetwork(
      {
        offices,
        comuni: 'comune_istat,comune_name,office_code\n082053,PALERMO,pa-palermo\n82006,,pa-old\n',
        operators:
          'staff_number,office_code,given_name,family_name,category,skills,bookable\n1,pa-palermo,Maria,Rossi,C,patto|orientamento,sì\n',
        'opening-hours':
          'office_code,staff_number,weekday,starts,ends,valid_from\npa-palermo,,lunedì,9:00,13.00,01/02/2026\npa-palermo,1,2,15:00,17:00,2026-02-01\n',
      },
      known,
    );
    expect(faults).toEqual([]);
    expect(warnings).toEqual([]);
    expect(rows.comuni.map(({ comune_istat }) => comune_istat)).toEqual(['082053', '082006']);
    expect(rows.operators[0]).toMatchObject({ bookable: true, skills: ['patto', 'orientamento'] });
    expect(rows['opening-hours'][0]).toMatchObject({
      weekday: 1,
      starts: '09:00',
      ends: '13:00',
      valid_from: '2026-02-01',
    });
  });

  it('a file saved by an Italian spreadsheet, with semicolons, BOM and CRLF, reads the same', () => {
    const plain = readCsv('offices', offices);
    const spreadsheet = readCsv(
      'offices',
      `\ufeff${offices.replaceAll(',', ';').replaceAll('\n', '\r\n')}`,
    );
    expect(spreadsheet).toEqual(plain);
    expect(plain.faults).toEqual([]);
  });

  it('every fault is told at once, each with its file, line and column', () => {
    expect(
      told({
        offices:
          'code,name,seat_istat,latitude,longitude\nPA Palermo,x,082053,,\nok,,999999,91,13\n\npa-a,A,082053,38.1,\n',
        comuni: 'comune_istat,comune_name,office_code\n082053,Bagheria,pa-a\n082053,,pa-none\n',
      }),
    ).toEqual([
      'offices:2 code: must be 2 to 60 lower-case letters, figures or hyphens',
      'offices:3 name: is required',
      'offices:3 latitude: must be a number between -90 and 90',
      'offices:5 latitude: latitude and longitude go together',
      'comuni:2 comune_name: the code 082053 is of Palermo, not of “Bagheria”',
      'comuni:3 comune_istat: “082053” already appears on line 2',
      'comuni:3 office_code: there is no office “pa-none”',
    ]);
  });

  it('a fault is told in Italian too', () => {
    const [fault] = parseNetwork(
      { comuni: 'comune_istat,office_code\n123456,pa-old\n' },
      known,
    ).faults;
    expect(fault?.message.it).toBe('nessun comune ha il codice ISTAT 123456');
  });

  it('an office in a comune whose position is unknown must give its own', () => {
    const row = (rest: string) =>
      `code,name,seat_istat,latitude,longitude\nct-x,X,087011,${rest}\n`;
    expect(told({ offices: row(',') })).toHaveLength(1);
    expect(told({ offices: row('"37,55",15.1') })).toEqual([]);
  });

  it('nobody gets a skill above their category, and a known staff number counts once', () => {
    const header = 'staff_number,office_code,given_name,family_name,category,skills,bookable\n';
    expect(
      told({
        operators: `${header}1,pa-old,A,B,A,accoglienza,yes\n2,pa-old,A,B,B,did|patto,yes\n3,pa-old,A,B,Z,did,yes\n1,pa-old,A,B,C,,no\n4,pa-old,A,B,C,,yes\n`,
      }),
    ).toEqual([
      'operators:3 skills: category “B” is too low for the skill “patto”',
      'operators:4 category: there is no category “Z”',
      'operators:5 staff_number: “1” already appears on line 2',
      'operators:6 skills: whoever receives by appointment must have at least one skill',
    ]);
  });

  it('a category given in the same files may be used at once', () => {
    const operators =
      'staff_number,office_code,given_name,family_name,category,skills,bookable\n1,pa-old,A,B,D1,imprese,yes\n';
    const categories = 'code,level,name,valid_from,source\nD1,4,Funzionari,2022-11-16,Contratto\n';
    expect(told({ operators })).toHaveLength(1);
    expect(told({ operators, categories })).toEqual([]);
  });

  it('hours must be in order, must not overlap, and must be of one’s own office', () => {
    const header = 'office_code,staff_number,weekday,starts,ends,valid_from,valid_to\n';
    expect(
      told({
        offices,
        'opening-hours': `${header}pa-old,,1,13:00,09:00,2026-01-01,\npa-old,,2,09:00,13:00,2026-01-01,\npa-old,,2,12:00,14:00,2026-06-01,\npa-old,,2,13:00,14:00,2026-01-01,2026-05-31\npa-palermo,OLD1,1,09:00,10:00,2026-01-01,\npa-old,,8,25:00,9,2026-02-30,\npa-old,OLD1,2,09:00,13:00,2026-01-01,2025-01-01\n`,
      }),
    ).toEqual([
      'opening-hours:2 ends: must come after the opening',
      'opening-hours:4 starts: overlaps the hours on line 3',
      'opening-hours:6 staff_number: staff number “OLD1” is not of office “pa-palermo”',
      'opening-hours:7 weekday: must be a day from 1 (Monday) to 7 (Sunday), or its name',
      'opening-hours:7 starts: must be a time like 9:00 or 15:30',
      'opening-hours:7 ends: must be a time like 9:00 or 15:30',
      'opening-hours:7 valid_from: must be a date that exists, like 2027-03-04 or 04/03/2027',
      'opening-hours:8 valid_to: cannot come before “valid_from”',
    ]);
  });

  it('a fact said to be sourced must name its source', () => {
    expect(
      told({ comuni: 'comune_istat,office_code,kind,source\n082053,pa-old,sourced,\n' }),
    ).toEqual(['comuni:2 source: a “sourced” fact must name its source or its rule']);
  });

  it('a header with unknown, double or missing columns is refused before any row', () => {
    expect(told({ comuni: 'comune_istat,comune_istat,ofice\n082053,082053,pa-old\n' })).toEqual([
      'comuni:1 comune_istat: the column appears twice',
      'comuni:1 ofice: this column is not expected',
      'comuni:1 office_code: this column is missing',
    ]);
  });

  it('a row with too few cells, an unclosed quote and an empty file are told by line', () => {
    expect(told({ comuni: 'comune_istat,office_code\n082053\n' })).toEqual([
      'comuni:2 -: has 1 cells instead of 2',
    ]);
    expect(told({ comuni: 'comune_istat,office_code\n"082053,pa-old\n' })[0]).toContain(
      'not readable',
    );
    expect(told({ comuni: '' })).toEqual(['comuni:1 -: the file is empty']);
  });

  it('a file beyond the size allowed is refused unread', () => {
    const huge = `${offices}${'x'.repeat(MAX_FILE_CHARACTERS)}`;
    expect(told({ offices: huge })).toEqual(['offices:1 -: the file is too large']);
  });

  it('what looks odd but may be meant is a warning', () => {
    const { faults, warnings } = parseNetwork(
      {
        offices,
        comuni: 'comune_istat,office_code\n082053,pa-old\n',
        operators:
          'staff_number,office_code,given_name,family_name,category,skills,bookable\n1,pa-palermo,A,B,C,juggling,no\n',
      },
      known,
    );
    expect(faults).toEqual([]);
    expect(warnings.map(({ file, message }) => `${file}: ${message.en}`)).toEqual([
      'offices: “pa-palermo” serves no comune',
      'offices: “pa-palermo” has no operator who receives by appointment',
      'operators: the skill “juggling” is not among those foreseen: no service asks for it so far',
    ]);
  });

  it('each template reads back with its example row', () => {
    for (const file of FILE_NAMES) {
      const { rows, faults } = readCsv(file, template(file));
      expect(faults, file).toEqual([]);
      expect(rows, file).toHaveLength(1);
    }
  });

  it('whatever bytes come in, the answer is a list of faults and never a crash', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        for (const file of FILE_NAMES) {
          const { rows, faults } = readCsv(file, `${text}`);
          expect(Array.isArray(rows) && Array.isArray(faults)).toBe(true);
        }
      }),
    );
  });
});
