import type { Bilingual } from '../../platform/problem.ts';

export interface Skill {
  readonly code: string;
  readonly name: Bilingual;
  /** Lowest level of category (see `staff_category.level`) that may use it; 1 is the lowest. */
  readonly minLevel: number;
}

/**
 * What operators are skilled for. Codes and lowest categories are ours: they follow what each
 * category may sign, and an administration may use codes of its own beside them.
 */
const SKILLS: readonly Skill[] = [
  {
    code: 'accoglienza',
    name: { it: 'Accoglienza e informazione', en: 'Reception and information' },
    minLevel: 1,
  },
  {
    code: 'did',
    name: { it: 'Did e pratiche amministrative', en: 'Did and administrative procedures' },
    minLevel: 2,
  },
  {
    code: 'patto',
    name: { it: 'Primo colloquio e patto di servizio', en: 'First interview and service pact' },
    minLevel: 3,
  },
  {
    code: 'orientamento',
    name: { it: 'Orientamento specialistico', en: 'Specialist guidance' },
    minLevel: 3,
  },
  {
    code: 'collocamento-mirato',
    name: { it: 'Collocamento mirato', en: 'Targeted placement for people with disabilities' },
    minLevel: 3,
  },
  {
    code: 'ricerca-lavoro',
    name: { it: 'Aiuto nella ricerca di lavoro', en: 'Job search help' },
    minLevel: 3,
  },
  {
    code: 'imprese',
    name: { it: 'Servizi alle imprese', en: 'Services for employers' },
    minLevel: 4,
  },
];

export const skillByCode: ReadonlyMap<string, Skill> = new Map(
  SKILLS.map((skill) => [skill.code, skill]),
);
