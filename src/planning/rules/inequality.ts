/** How unequally something is spread over the offices. */
import { quantile } from 'd3-array';

/**
 * Gini index of what each has per head, from 0 (equal) towards 1: the area between the Lorenz curve
 * and the diagonal, doubled, with no correction for small samples. `amounts` are what the places
 * have (operators), `weights` whom they have it for (users, inhabitants); without weights each place
 * counts the same.
 */
export function gini(amounts: readonly number[], weights?: readonly number[]): number {
  const places = amounts
    .map((amount, i) => ({ amount, weight: weights?.[i] ?? 1 }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => a.amount / a.weight - b.amount / b.weight);
  const totalAmount = places.reduce((sum, { amount }) => sum + amount, 0);
  const totalWeight = places.reduce((sum, { weight }) => sum + weight, 0);
  if (totalAmount <= 0 || totalWeight <= 0) return 0;

  // Twice the area under the Lorenz curve, by trapezes.
  let area = 0;
  let reached = 0;
  for (const { amount, weight } of places) {
    const share = amount / totalAmount;
    area += (weight / totalWeight) * (2 * reached + share);
    reached += share;
  }
  return Math.max(0, 1 - area);
}

/** 90th over 10th percentile (linear interpolation, R's type 7); null where it has no meaning. */
export function percentileRatio(values: readonly number[]): number | null {
  const high = quantile(values, 0.9);
  const low = quantile(values, 0.1);
  return high === undefined || !low || low <= 0 ? null : high / low;
}
