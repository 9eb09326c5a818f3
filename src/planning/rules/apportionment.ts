import { sum } from 'simple-statistics';

/**
 * Largest remainder (Hare): whole seats in proportion to `weights`, summing to `seats`. Equal
 * remainders go to the earlier one, so that the same input gives the same answer.
 */
export function largestRemainder(seats: number, weights: readonly number[]): number[] {
  if (!Number.isInteger(seats) || seats < 0) throw new RangeError('seats must be a whole number');
  const total = sum([...weights]);
  if (!(total > 0)) {
    if (seats === 0) return weights.map(() => 0);
    throw new RangeError('seats need somebody to go to');
  }
  const quotas = weights.map((weight) => (seats * weight) / total);
  const given = quotas.map(Math.floor);
  const left = seats - sum(given);
  const order = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order.slice(0, left)) given[index]!++;
  return given;
}
