import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FILE_NAMES } from '../../src/network/rules/import-files.ts';
import { type NetworkFiles, parseNetwork } from '../../src/network/rules/parse-network.ts';
import { readComuni } from '../../src/reference/load-comuni.ts';

const folder = new URL('../../src/demo/network/', import.meta.url);
const files = Object.fromEntries(
  FILE_NAMES.map((name) => [name, readFileSync(new URL(`${name}.csv`, folder), 'utf8')]),
) as NetworkFiles;
const comuni = readComuni();
const { rows, faults, warnings } = parseNetwork(files, {
  comuni: new Map(
    comuni.map(({ istat_code, name, latitude, longitude }) => [
      istat_code,
      latitude === null || longitude === null ? { name } : { name, point: { latitude, longitude } },
    ]),
  ),
  offices: new Set(),
  categories: new Map(),
  operators: new Map(),
});
const staffOf = (office: string) =>
  rows.operators.filter(({ office_code }) => office_code === office).length;
const officeOf = (name: string) =>
  rows.comuni.find(({ comune_name }) => comune_name === name)?.office_code;

describe('the demonstration network of Sicily', () => {
  it('passes the import without a fault or a warning', () => {
    expect(faults).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('has the 64 official offices, 58 of them sourced and 6 placed by rule', () => {
    expect(rows.offices).toHaveLength(64);
    expect(rows.offices.filter(({ seat_kind }) => seat_kind === 'sourced')).toHaveLength(58);
    expect(rows.offices.filter(({ seat_kind }) => seat_kind === 'computed')).toHaveLength(6);
    for (const { seat_source } of rows.offices) expect(seat_source).toBeTruthy();
  });

  it('every Sicilian comune belongs to exactly one office, in its own province', () => {
    const sicilian = comuni.filter(({ region }) => region === 'Sicilia');
    expect(rows.comuni.map(({ comune_istat }) => comune_istat).sort()).toEqual(
      sicilian.map(({ istat_code }) => istat_code).sort(),
    );
    const province = new Map(sicilian.map(({ istat_code, province }) => [istat_code, province]));
    for (const { comune_istat, office_code } of rows.comuni) {
      expect(office_code.slice(0, 2).toUpperCase()).toBe(province.get(comune_istat));
    }
  });

  it('keeps the sourced lists whole: Bagheria serves its six comuni and no other', () => {
    const served = rows.comuni
      .filter(({ office_code }) => office_code === 'pa-bagheria')
      .map(({ comune_name }) => comune_name)
      .sort();
    expect(served).toEqual([
      'Altavilla Milicia',
      'Bagheria',
      'Casteldaccia',
      'Ficarazzi',
      'Santa Flavia',
      'Villabate',
    ]);
  });

  it('islands are served from where their ferry lands', () => {
    expect(officeOf('Pantelleria')).toBe('tp-trapani');
    expect(officeOf('Favignana')).toBe('tp-trapani');
    expect(officeOf('Lampedusa e Linosa')).toBe('ag-agrigento');
    expect(officeOf('Malfa')).toBe('me-lipari');
    expect(officeOf('Ustica')).toBe('pa-palermo');
  });

  it('has the published staff: 1,777 in all, 307 around Messina, the headcounts that papers gave', () => {
    expect(rows.operators).toHaveLength(1777);
    const inMessina = rows.operators.filter(({ office_code }) => office_code.startsWith('me-'));
    expect(inMessina).toHaveLength(307);
    expect(
      ['cl-gela', 'ag-licata', 'ct-acireale', 'pa-monreale', 'pa-partinico'].map(staffOf),
    ).toEqual([34, 17, 25, 9, 26]);
    expect(staffOf('tp-alcamo')).not.toBe(28);
  });

  it('Palermo, on one office, has fewer staff than Messina for more than twice the people', () => {
    expect(staffOf('pa-palermo')).toBeLessThan(staffOf('me-messina'));
    const inPalermo = rows.operators.filter(({ office_code }) => office_code.startsWith('pa-'));
    expect(inPalermo.length).toBeLessThan(307);
    expect(officeOf('Palermo')).toBe('pa-palermo');
  });

  it('over 60 % of the staff are in categories A and B, and only front-office staff can be booked', () => {
    const low = rows.operators.filter(({ category }) => category === 'A' || category === 'B');
    expect(low.length / rows.operators.length).toBeGreaterThan(0.6);
    const bookable = rows.operators.filter((operator) => operator.bookable);
    const high = bookable.filter(({ category }) => category === 'C' || category === 'D').length;
    expect(high).toBeGreaterThanOrEqual(550);
    expect(high).toBeLessThanOrEqual(650);
    expect(bookable.length - high).toBeGreaterThanOrEqual(250);
    expect(bookable.length - high).toBeLessThanOrEqual(350);
  });

  it('every office can hold a first interview and take a Did', () => {
    for (const { code } of rows.offices) {
      const receives = (skill: string) =>
        rows.operators.some(
          (one) => one.office_code === code && one.bookable && one.skills?.includes(skill),
        );
      expect([code, receives('patto'), receives('did'), receives('orientamento')]).toEqual([
        code,
        true,
        true,
        true,
      ]);
    }
  });

  it('says of every row whether it is sourced or computed, and from what', () => {
    for (const row of [...rows.comuni, ...rows.operators, ...rows['opening-hours']]) {
      expect(row.kind).toMatch(/^(sourced|computed)$/);
      expect(row.source).toBeTruthy();
    }
    for (const row of rows.operators) expect(row.source).toContain('Demonstration');
  });
});
