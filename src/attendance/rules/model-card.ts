import type { Instant } from '../../platform/clock.ts';

/** One term of the model: log-odds of not coming that it adds when it is 1, or for each unit. */
export interface Term {
  /** Of `TERMS`, or `service:` and a service's code. */
  readonly code: string;
  readonly coefficient: number;
  readonly standardError: number;
  /** Mean over the observations: what a contribution is compared with. */
  readonly mean: number;
}

/** A tenth of the observations held back, by predicted probability. */
export interface Decile {
  readonly n: number;
  readonly predicted: number;
  readonly observed: number;
}

/** Everything one must know to judge, and to repeat, a fit. */
export interface ModelCard {
  readonly intercept: { readonly coefficient: number; readonly standardError: number };
  readonly terms: readonly Term[];
  /** Terms without figures: they repeat others, or too few observations have them. */
  readonly leftOut: readonly string[];
  readonly window: { readonly start: Instant; readonly end: Instant };
  readonly n: number;
  readonly notCome: number;
  /** How a fit on the older four fifths foresaw the newest fifth. */
  readonly check: {
    readonly n: number;
    readonly auc: number | null;
    readonly brier: number;
    /** Brier score of telling everybody the same share. */
    readonly brierOfShare: number;
    readonly deciles: readonly Decile[];
  };
}
