/**
 * Builds the demonstration network of Sicily, `src/demo/network/*.csv`: the offices that public
 * sources name, and by rule what they leave open. The same seed gives the same files.
 * Run `npx tsx scripts/build-demo-network.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { bacini, demoOffices, readSourcedOffices } from '../src/demo/build/bacini.ts';
import { openings } from '../src/demo/build/hours.ts';
import { headcounts, operators } from '../src/demo/build/staff.ts';
import type { Provenance } from '../src/network/rules/provenance.ts';
import { seeded } from '../src/platform/random.ts';
import { readComuni } from '../src/reference/load-comuni.ts';

const SEED = 20261122;
const folder = new URL('../src/demo/network/', import.meta.url);

const comuni = readComuni().filter(({ region }) => region === 'Sicilia');
const offices = demoOffices(
  readSourcedOffices(readFileSync(new URL('sources/sicily-offices.csv', folder), 'utf8')),
  comuni,
);
const served = bacini(offices, comuni);
const population = new Map(offices.map(({ code }) => [code, 0]));
for (const { office, comune } of served)
  population.set(office.code, population.get(office.code)! + comune.population);

const random = seeded(SEED);
const heads = headcounts(offices, ({ code }) => population.get(code)!);
const staff = operators(heads, random);
const hours = openings(offices, staff, random);

const from = ({ kind, source, date }: Provenance, prefix = '') => ({
  [`${prefix}kind`]: kind,
  [`${prefix}source`]: source,
  [`${prefix}date`]: date ?? '',
});

function write(name: string, rows: readonly object[]): void {
  writeFileSync(new URL(name, folder), stringify([...rows], { header: true }));
  console.log(`${name}: ${rows.length}`);
}

write(
  'categories.csv',
  [
    { code: 'A', level: 1, name: 'Categoria A' },
    { code: 'B', level: 2, name: 'Categoria B' },
    { code: 'C', level: 3, name: 'Categoria C' },
    { code: 'D', level: 4, name: 'Categoria D' },
  ].map((category) => ({
    ...category,
    valid_from: '2001-01-01',
    source:
      'Categories of the Sicilian Region’s own contract, in the order they contain each other',
  })),
);

write(
  'offices.csv',
  offices.map((office) => {
    const head = heads.find((one) => one.office === office)!;
    return {
      code: office.code,
      name: office.name,
      seat_istat: office.seat.istat_code,
      latitude: office.seat.latitude,
      longitude: office.seat.longitude,
      ...from(office.provenance, 'seat_'),
      ...from(head.provenance, 'staff_'),
    };
  }),
);

write(
  'comuni.csv',
  served.map(({ comune, office, provenance }) => ({
    comune_istat: comune.istat_code,
    comune_name: comune.name,
    office_code: office.code,
    ...from(provenance),
  })),
);

const invented: Provenance = {
  kind: 'computed',
  source: 'Demonstration: an invented person; category and skills by rule',
};
write(
  'operators.csv',
  staff.map((operator) => ({
    staff_number: operator.staffNumber,
    office_code: operator.office.code,
    given_name: operator.givenName,
    family_name: operator.familyName,
    category: operator.category,
    skills: operator.skills.join('|'),
    languages: operator.languages.join('|'),
    bookable: operator.bookable ? 'yes' : 'no',
    ...from(invented),
  })),
);

write(
  'opening-hours.csv',
  hours.map((opening) => ({
    office_code: opening.office.code,
    staff_number: opening.operator?.staffNumber ?? '',
    weekday: opening.weekday,
    starts: opening.starts,
    ends: opening.ends,
    valid_from: '2020-01-01',
    ...from(opening.provenance),
  })),
);
