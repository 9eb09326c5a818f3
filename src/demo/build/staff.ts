import type { Provenance } from '../../network/rules/provenance.ts';
import { largestRemainder } from '../../planning/rules/apportionment.ts';
import type { Random } from '../../platform/random.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from '../names.ts';
import { type DemoOffice, dated } from './bacini.ts';

/** Permanent staff of the Sicilian Cpi (ilmattinodisicilia.it; 1,737 to 1,824 in other years). */
const STAFF_IN_ALL = 1777;
/** The thirteen offices of the province of Messina, activity report of 2017 (tempostretto.it). */
const STAFF_OF_MESSINA = 307;
/**
 * Ours: the province of Palermo has fewer staff than that of Messina for about twice its people,
 * as the region's own officials complain; no source gives the number.
 */
const STAFF_OF_PALERMO = 225;
/** Ours: no office opens with fewer. */
const SMALLEST_OFFICE = 6;
/** Ours: staff follow population less than in proportion, as the published headcounts do. */
const POPULATION_EXPONENT = 0.75;

/**
 * Ours, within what is published: over 60 % of the staff are in categories A and B (in 2018 about
 * 40 % were in the lowest grade and could not sign a patto: quotidianoentilocali.ilsole24ore.com).
 */
const CATEGORY_SHARES = { A: 0.3, B: 0.33, C: 0.26, D: 0.11 };
/** Ours: share of each category that receives people by appointment. */
const BOOKABLE_SHARES = { A: 0.14, B: 0.4, C: 0.95, D: 0.8 };

type Category = keyof typeof CATEGORY_SHARES;
const CATEGORIES = Object.keys(CATEGORY_SHARES) as Category[];

export interface Headcount {
  readonly office: DemoOffice;
  readonly staff: number;
  readonly provenance: Provenance;
}

export interface DemoOperator {
  readonly staffNumber: string;
  readonly office: DemoOffice;
  readonly givenName: string;
  readonly familyName: string;
  readonly category: Category;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly bookable: boolean;
}

/** @param population inhabitants of each office's bacino */
export function headcounts(
  offices: readonly DemoOffice[],
  population: (office: DemoOffice) => number,
): Headcount[] {
  const published = new Map(
    offices.flatMap((office) => {
      const { staff = '', staff_date = '', source = '' } = office.sourced ?? {};
      // Alcamo's 28 is what its new seat must hold, not who works there.
      if (staff === '' || office.code === 'tp-alcamo') return [];
      const date = /^[0-9]/.test(staff_date) ? { date: staff_date } : dated(source);
      const fact: Provenance = { kind: 'sourced', source, ...date };
      return [[office.code, { staff: Number(staff), fact }] as const];
    }),
  );
  const inProvince = (mark: string) => offices.filter(({ seat }) => seat.province === mark);
  const people = (list: readonly DemoOffice[]) => list.reduce((sum, o) => sum + population(o), 0);

  const others = [...new Set(offices.map(({ seat }) => seat.province))].filter(
    (mark) => mark !== 'ME' && mark !== 'PA',
  );
  const shares = largestRemainder(
    STAFF_IN_ALL - STAFF_OF_MESSINA - STAFF_OF_PALERMO,
    others.map((mark) => people(inProvince(mark))),
  );
  const totals = new Map([
    ['ME', STAFF_OF_MESSINA],
    ['PA', STAFF_OF_PALERMO],
    ...others.map((mark, index) => [mark, shares[index]!] as const),
  ]);

  return [...totals].flatMap(([mark, total]) => {
    const list = inProvince(mark);
    const unknown = list.filter(({ code }) => !published.has(code));
    const known = list.reduce((sum, { code }) => sum + (published.get(code)?.staff ?? 0), 0);
    const extra = largestRemainder(
      total - known - SMALLEST_OFFICE * unknown.length,
      unknown.map((office) => population(office) ** POPULATION_EXPONENT),
    );
    return list.map((office): Headcount => {
      const found = published.get(office.code);
      if (found) return { office, staff: found.staff, provenance: found.fact };
      return {
        office,
        staff: SMALLEST_OFFICE + extra[unknown.indexOf(office)]!,
        provenance: { kind: 'computed', source: ruleOf(mark, total) },
      };
    });
  });
}

function ruleOf(province: string, total: number): string {
  const split = `divided among its offices by population to the power ${POPULATION_EXPONENT}, at least ${SMALLEST_OFFICE} each`;
  if (province === 'ME')
    return `Computed: the ${total} staff published for the province of Messina in 2017 (tempostretto.it) ${split}`;
  if (province === 'PA')
    return `Computed: ${total} staff assumed for the province of Palermo, fewer than Messina’s 307 for about twice the people, ${split}`;
  return `Computed: of ${STAFF_IN_ALL} staff in Sicily, ${total} fall to the province of ${province} by population, ${split}`;
}

/** Every member of staff, invented by name; categories and skills by rule, the rest by chance. */
export function operators(heads: readonly Headcount[], random: Random): DemoOperator[] {
  const everyone: DemoOperator[] = [];
  const names = new Set<string>();
  for (const { office, staff } of heads) {
    const counts = largestRemainder(
      staff,
      CATEGORIES.map((category) => CATEGORY_SHARES[category]),
    );
    for (const [index, category] of CATEGORIES.entries()) {
      const count = counts[index]!;
      const receiving = Math.max(1, Math.round(count * BOOKABLE_SHARES[category]));
      for (let rank = 0; rank < count; rank++) {
        const bookable = rank < receiving && !(category === 'A' && staff < 15);
        everyone.push({
          ...someone(random, names),
          staffNumber: `D${String(everyone.length + 1).padStart(5, '0')}`,
          office,
          category,
          skills: skillsOf(category, rank, staff),
          languages: languagesOf(random),
          bookable,
        });
      }
    }
  }
  return everyone;
}

/** In rotation, so that each office has every skill its size allows and first interviews most. */
function skillsOf(category: Category, rank: number, staff: number): string[] {
  switch (category) {
    case 'A':
      return ['accoglienza'];
    case 'B':
      return ['accoglienza', 'did'];
    case 'C':
      if (rank % 4 === 2) return ['orientamento', 'ricerca-lavoro'];
      if (rank % 8 === 5 && staff >= 20) return ['collocamento-mirato', 'ricerca-lavoro'];
      return rank % 2 === 0 ? ['patto', 'orientamento'] : ['patto', 'ricerca-lavoro'];
    case 'D':
      return rank % 2 === 0 ? ['patto', 'orientamento'] : ['collocamento-mirato', 'imprese'];
  }
}

function languagesOf(random: Random): string[] {
  const chance = random.uniform();
  const languages = ['it'];
  if (chance < 0.32) languages.push('en');
  if (chance > 0.24 && chance < 0.4) languages.push('fr');
  if (chance > 0.96) languages.push('ar');
  return languages;
}

function someone(random: Random, taken: Set<string>): { givenName: string; familyName: string } {
  for (;;) {
    const givenName = random.pick(GIVEN_NAMES);
    const familyName = random.pick(FAMILY_NAMES);
    const name = `${givenName} ${familyName}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return { givenName, familyName };
  }
}
