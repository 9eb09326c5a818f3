import type { IsoDate } from '../../platform/clock.ts';

/** sourced: published; computed: ours, by the rule that `source` states; demo: invented. */
export type FigureNature = 'sourced' | 'computed' | 'demo';

/** What figures are about when it is no activity. */
export const MEASURES = {
  /** Workers whose job ended in a quarter: the inflow of a Cpi follows it. */
  terminations: 'terminations',
  /** People out of work, as a share of the labour force, in [0, 1]. */
  unemploymentRate: 'unemployment-rate',
  /** Share of the inhabitants aged 15–64, in [0, 1]. */
  workingAgeShare: 'working-age-share',
} as const;

/** One number about one place, with where it comes from. */
export interface Figure {
  readonly measure: string;
  readonly officeId: string | null;
  readonly province: string | null;
  readonly region: string | null;
  readonly periodStart: IsoDate;
  readonly periodEnd: IsoDate;
  readonly value: number;
  readonly nature: FigureNature;
  readonly source: string;
  readonly sourceDate: IsoDate | null;
  readonly verified: boolean;
}

/** Whose standard it is, and how sure. */
export interface Sourced {
  readonly source: string;
  readonly sourceDate: IsoDate | null;
  readonly verified: boolean;
}
