import { parse } from 'csv-parse/sync';
import type { Provenance } from '../../network/rules/provenance.ts';
import { distanceKm } from '../../reference/distance.ts';
import type { ComuneRow } from '../../reference/load-comuni.ts';
import { plainName } from '../../reference/names.ts';

export interface SourcedOffice {
  readonly cpi: string;
  readonly province: string;
  readonly seat_comune: string;
  /** Names with `|` between them; empty where no source tells them. */
  readonly comuni_served: string;
  /** Whether the list is whole, a part, or not known. */
  readonly complete: 'yes' | 'partial' | 'unknown';
  readonly staff: string;
  readonly staff_date: string;
  readonly source: string;
}

export interface DemoOffice {
  readonly code: string;
  readonly name: string;
  readonly seat: ComuneRow;
  readonly provenance: Provenance;
  /** The sourced row it comes from; undefined for an office placed by rule. */
  readonly sourced: SourcedOffice | undefined;
}

export interface Served {
  readonly comune: ComuneRow;
  readonly office: DemoOffice;
  readonly provenance: Provenance;
}

/**
 * The six offices that the official total of 64 has over those a source names. With 13 offices in
 * Catania (qds.it) and those of Enna, Caltanissetta and Ragusa whole, two are left for Catania and
 * four for Palermo; the seats are the likeliest, and no source was found that names them.
 */
const BY_RULE = ['Palagonia', 'Scordia', 'Carini', 'Corleone', 'Lercara Friddi', 'Misilmeri'];
const BY_RULE_SOURCE =
  'Computed: 64 offices in all (silavora.it; ANCI Sicilia, November 2024) less the 58 that a source names; likely seat, named by no source';

/** Islands are served from where their ferry lands, whatever lies nearer as the crow flies. */
const FERRIES: Record<string, string> = {
  Favignana: 'Trapani',
  Pantelleria: 'Trapani',
  'Lampedusa e Linosa': 'Agrigento',
  'Santa Marina Salina': 'Lipari',
  Leni: 'Lipari',
  Malfa: 'Lipari',
  Ustica: 'Palermo',
};

export function readSourcedOffices(csv: string): SourcedOffice[] {
  return parse(csv, { columns: true, bom: true });
}

/** The 64 offices, by province and seat. */
export function demoOffices(
  sourced: readonly SourcedOffice[],
  comuni: readonly ComuneRow[],
): DemoOffice[] {
  const named = sourced.map((row) =>
    office(find(comuni, row.seat_comune), row, {
      kind: 'sourced',
      source: row.source,
      ...dated(row.source),
    }),
  );
  const byRule = BY_RULE.map((name) =>
    office(find(comuni, name), undefined, { kind: 'computed', source: BY_RULE_SOURCE }),
  );
  return [...named, ...byRule].sort((a, b) => a.code.localeCompare(b.code));
}

function office(
  seat: ComuneRow,
  sourced: SourcedOffice | undefined,
  provenance: Provenance,
): DemoOffice {
  return {
    code: `${seat.province.toLowerCase()}-${plainName(seat.name).replaceAll(' ', '-')}`,
    name: `Centro per l’impiego di ${seat.name}`,
    seat,
    provenance,
    sourced,
  };
}

/**
 * Who serves each comune of the region: the office a source names; else the ferry's; else the
 * nearest seat in the same province among those whose list is not known to be whole.
 */
export function bacini(offices: readonly DemoOffice[], comuni: readonly ComuneRow[]): Served[] {
  const bySource = new Map<string, DemoOffice>();
  for (const one of offices) {
    const names = one.sourced?.comuni_served.split('|').filter((name) => name !== '') ?? [];
    for (const name of [one.seat.name, ...names]) bySource.set(find(comuni, name).istat_code, one);
  }
  return comuni
    .map((comune): Served => {
      const named = bySource.get(comune.istat_code);
      if (named) return { comune, office: named, provenance: bacinoProvenance(named) };
      const port = FERRIES[comune.name];
      const served = port
        ? offices.find(({ seat }) => seat.name === port)
        : nearest(comune, offices);
      if (!served) throw new Error(`nobody serves ${comune.name}`);
      const source = port
        ? `Computed: the ferry lands at ${port} or its port`
        : 'Computed: nearest seat in the province whose list of comuni is not known to be whole';
      return { comune, office: served, provenance: { kind: 'computed', source } };
    })
    .sort((a, b) => a.comune.istat_code.localeCompare(b.comune.istat_code));
}

function bacinoProvenance({ provenance, sourced }: DemoOffice): Provenance {
  if (sourced === undefined) return provenance;
  const { complete } = sourced;
  if (complete === 'unknown') return { ...provenance, source: `Seat: ${provenance.source}` };
  return provenance;
}

function nearest(comune: ComuneRow, offices: readonly DemoOffice[]): DemoOffice | undefined {
  const open = offices.filter(
    (one) => one.seat.province === comune.province && one.sourced?.complete !== 'yes',
  );
  const km = (one: DemoOffice) => distanceKm(pointOf(comune), pointOf(one.seat));
  return open.toSorted((a, b) => km(a) - km(b))[0];
}

function pointOf({ name, latitude, longitude }: ComuneRow) {
  if (latitude === null || longitude === null) throw new Error(`${name} has no point`);
  return { latitude, longitude };
}

function find(comuni: readonly ComuneRow[], name: string): ComuneRow {
  const found = comuni.filter((comune) => plainName(comune.name) === plainName(name));
  if (found.length !== 1) throw new Error(`${found.length} Sicilian comuni are called ${name}`);
  return found[0]!;
}

/** The latest date a list of sources carries, as precise as they say it. */
export function dated(source: string): { date?: string } {
  const dates = source.match(/\b(19|20)[0-9]{2}(-[01][0-9](-[0-3][0-9])?)?(?=[);,])/g) ?? [];
  const latest = dates.sort().at(-1);
  return latest === undefined ? {} : { date: latest };
}
