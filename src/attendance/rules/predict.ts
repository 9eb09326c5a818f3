import { logistic } from '../../reference/statistics/log-odds.ts';
import type { ModelCard } from './model-card.ts';
import { termValue, type Visit } from './visit.ts';

/** What one term adds to the log-odds of not coming, compared with the average appointment. */
export interface Reason {
  readonly code: string;
  readonly value: number;
  readonly logOdds: number;
  /** By how much the odds are multiplied. */
  readonly oddsFactor: number;
}

/** Chance that nobody comes: 1 / (1 + e^−(β₀ + Σ βⱼxⱼ)). */
export function chanceOfAbsence(
  card: Pick<ModelCard, 'intercept' | 'terms'>,
  visit: Visit,
): number {
  return logistic(
    card.terms.reduce(
      (sum, { code, coefficient }) => sum + coefficient * termValue(code, visit),
      card.intercept.coefficient,
    ),
  );
}

/** βⱼ(xⱼ − x̄ⱼ) of each term, the weightiest first: why this appointment differs from the average. */
export function reasonsOf(card: ModelCard, visit: Visit): Reason[] {
  return card.terms
    .map(({ code, coefficient, mean }) => {
      const value = termValue(code, visit);
      const logOdds = coefficient * (value - mean);
      return { code, value, logOdds, oddsFactor: Math.exp(logOdds) };
    })
    .sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
}

/** Appointments held, and of them those that nobody came to. */
export interface Tally {
  readonly n: number;
  readonly notCome: number;
}

/** Observations that a wider group counts for when a share is drawn towards it. Ours. */
const SHRINKAGE = 20;

/**
 * Chance that nobody comes where no model stands: the share of the office's own appointments of the
 * service, drawn towards that of the service everywhere, drawn towards that of all:
 * (absent + 20 p) / (n + 20).
 */
export function baseChance(own: Tally, service: Tally, all: Tally): number {
  const drawn = (tally: Tally, towards: number) =>
    (tally.notCome + SHRINKAGE * towards) / (tally.n + SHRINKAGE);
  return drawn(own, drawn(service, (all.notCome + 1) / (all.n + 2)));
}
