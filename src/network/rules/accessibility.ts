import type { Bilingual } from '../../platform/problem.ts';

/**
 * What may make an office possible, or not, for somebody. The list is ours; names follow what
 * Italian public buildings declare about architectural and sensory barriers.
 */
export const ACCESS_FEATURES = {
  'step-free-entrance': { it: 'Ingresso senza gradini', en: 'Step-free entrance' },
  lift: { it: 'Ascensore, o tutto al piano terra', en: 'Lift, or all on the ground floor' },
  'accessible-toilet': { it: 'Servizi igienici accessibili', en: 'Accessible toilet' },
  'reserved-parking': { it: 'Parcheggio riservato vicino', en: 'Reserved parking nearby' },
  'tactile-path': { it: 'Percorso tattile', en: 'Tactile path' },
  'induction-loop': { it: 'Impianto a induzione per apparecchi acustici', en: 'Induction loop' },
  'sign-language': { it: 'Interprete Lis su richiesta', en: 'Sign language on request' },
  'quiet-room': { it: 'Stanza riservata e silenziosa', en: 'Quiet, private room' },
} as const satisfies Record<string, Bilingual>;

export type AccessFeature = keyof typeof ACCESS_FEATURES;

export const ACCESS_FEATURE_NAMES = Object.keys(ACCESS_FEATURES) as [
  AccessFeature,
  ...AccessFeature[],
];

/** What is known of one feature; of those that nobody looked at there is none. */
export interface AccessFact {
  readonly feature: AccessFeature;
  readonly present: boolean;
  /** Who says so, and since when. */
  readonly source: string;
  readonly date: string;
}
