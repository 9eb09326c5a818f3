import { mean } from 'simple-statistics';
import { fitLogistic } from './fit.ts';
import { logit } from './log-odds.ts';

/** Mean squared error of the probabilities. `y` is 0 or 1 a person, here and below. */
export function brier(y: readonly number[], p: readonly number[]): number {
  return mean(y.map((value, i) => (p[i]! - value) ** 2));
}

/** −mean[y ln p + (1 − y) ln(1 − p)]; infinite when a sure prediction is wrong. */
export function logLoss(y: readonly number[], p: readonly number[]): number {
  return mean(y.map((value, i) => -(value === 1 ? Math.log(p[i]!) : Math.log1p(-p[i]!))));
}

export interface ReliabilityBin {
  readonly n: number;
  readonly observed: number;
  readonly predicted: number;
}

/** People by predicted probability in equal widths [a, b), the last closed; empty bins left out. */
export function reliability(
  y: readonly number[],
  p: readonly number[],
  bins: number,
): ReliabilityBin[] {
  const members: number[][] = Array.from({ length: bins }, () => []);
  for (const [i, value] of p.entries()) {
    members[Math.min(Math.floor(value * bins), bins - 1)]!.push(i);
  }
  return members
    .filter((bin) => bin.length > 0)
    .map((bin) => ({
      n: bin.length,
      observed: mean(bin.map((i) => y[i]!)),
      predicted: mean(bin.map((i) => p[i]!)),
    }));
}

/** Expected and maximum distance between what was predicted and what was observed. */
export function calibrationError(bins: readonly ReliabilityBin[]): { ece: number; mce: number } {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  const gaps = bins.map((bin) => Math.abs(bin.observed - bin.predicted));
  return {
    ece: bins.reduce((sum, bin, i) => sum + (bin.n / n) * gaps[i]!, 0),
    mce: Math.max(0, ...gaps),
  };
}

/**
 * Refits the outcome on logit(p): slope 1 and intercept 0 mean that the probabilities can be taken
 * at their word; a slope under 1, that they are too sure of themselves.
 * @throws {FitFailed} where the refit is impossible.
 */
export function calibrationLine(
  y: readonly number[],
  p: readonly number[],
): { intercept: number; slope: number | null; separated: boolean } {
  const fit = fitLogistic(
    p.map((value) => [1, logit(value)]),
    y,
  );
  return {
    intercept: fit.coefficients[0] ?? Number.NaN,
    slope: fit.coefficients[1] ?? null,
    separated: fit.separated,
  };
}
