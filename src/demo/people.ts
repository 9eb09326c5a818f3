import type { Random } from '../platform/random.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts';

export interface DemoPerson {
  readonly id: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly email: string;
  /** ISTAT code. */
  readonly domicile: string;
  readonly locale: 'it' | 'en';
}

interface Comune {
  readonly istatCode: string;
  readonly population: number;
}

/** Some come from elsewhere; names chosen by us. */
const NEWCOMERS = [
  ['Amina', 'Ben Salah'],
  ['Oleksandra', 'Kovalenko'],
  ['Mamadou', 'Diallo'],
  ['Ioana', 'Popescu'],
  ['Fatou', 'Ndiaye'],
  ['Rajesh', 'Perera'],
  ['Mariam', 'Haddad'],
  ['Ousmane', 'Traoré'],
] as const;

/** One invented jobseeker of a bacino: where they live goes by population. */
export function person(
  id: string,
  number: number,
  bacino: readonly Comune[],
  random: Random,
): DemoPerson {
  const newcomer = random.uniform() < 0.06;
  const [given, family] = newcomer
    ? random.pick(NEWCOMERS)
    : [random.pick(GIVEN_NAMES), random.pick(FAMILY_NAMES)];
  return {
    id,
    given_name: given,
    family_name: family,
    email: `persona${number}@example.invalid`,
    domicile: byPopulation(bacino, random),
    locale: newcomer && random.uniform() < 0.6 ? 'en' : 'it',
  };
}

function byPopulation(bacino: readonly Comune[], random: Random): string {
  const all = bacino.reduce((sum, { population }) => sum + population, 0);
  let left = random.uniform() * all;
  for (const { istatCode, population } of bacino) {
    left -= population;
    if (left < 0) return istatCode;
  }
  return bacino.at(-1)!.istatCode;
}
