import { mean } from 'simple-statistics';

/**
 * Seasonal indices of a series of whole seasons (quarters, months): the classical decomposition, as
 * the ratio of each value to the centred moving average of one period, averaged by season and scaled
 * to a mean of 1. Written after R's `decompose(type = "multiplicative")`.
 *
 * @param values consecutive, at least two periods
 * @param period seasons in a period: 4 quarters, 12 months
 * @param first season of the first value, from 0
 * @returns one index a season; what season s takes of a yearly total is index[s] / period
 */
export function seasonalIndices(
  values: readonly number[],
  period: number,
  first = 0,
): readonly number[] {
  if (values.length < 2 * period)
    throw new RangeError('a season shows only after two whole periods');
  const half = Math.floor(period / 2);
  const ratios: number[][] = Array.from({ length: period }, () => []);
  for (let i = half; i < values.length - half; i++) {
    const trend = centredAverage(values, i, period);
    if (trend > 0) ratios[(first + i) % period]!.push(values[i]! / trend);
  }
  const means = ratios.map((list) => mean(list));
  const level = mean(means);
  return means.map((m) => m / level);
}

/** Average of one period around `i`; an even period takes half of each end. */
function centredAverage(values: readonly number[], i: number, period: number): number {
  const half = Math.floor(period / 2);
  let sum = 0;
  for (let k = -half; k <= half; k++) {
    const atEnd = period % 2 === 0 && Math.abs(k) === half;
    sum += values[i + k]! * (atEnd ? 0.5 : 1);
  }
  return sum / period;
}
