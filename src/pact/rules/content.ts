/** Letters of art. 20 D.Lgs. 150/2015 that an action of the person answers to. */
export const LEGAL_LETTERS = ['20.2.c', '20.2.d', '20.3.a', '20.3.b', '20.3.c'] as const;
export type LegalLetter = (typeof LEGAL_LETTERS)[number];

/**
 * Minimum content of a patto beside its responsabile (c. 2 a), which is a column, and the personal
 * profile (c. 2 b), which is the profile it refers to. Source: D.Lgs. 150/2015 art. 20 c. 2–3.
 */
export interface PactContent {
  /** c. 2 c: acts of active search and their timing. */
  readonly searchActs: string;
  /** c. 2 d: ordinary frequency of contacts with the responsabile, in days between two. */
  readonly contactEveryDays: number;
  /** c. 2 e: how active search is proved to the responsabile. */
  readonly searchProof: string;
  /** c. 3: what the person declares to be available for. All three are asked by the law. */
  readonly availability: {
    readonly searchSkills: boolean;
    readonly training: boolean;
    readonly suitableOffers: boolean;
  };
  /** The job the person aims at, in words. */
  readonly targetJob: string;
}
