import { describe, expect, it } from 'vitest';
import { seeded } from '../../../src/platform/random.ts';
import { brier } from '../../../src/reference/statistics/calibration.ts';
import { auc } from '../../../src/reference/statistics/discrimination.ts';
import { FitFailed, fitLogistic } from '../../../src/reference/statistics/fit.ts';
import { logistic } from '../../../src/reference/statistics/log-odds.ts';

/** GPA, TUCE, PSI, GRADE: Spector & Mazzeo (1980), as printed in Greene and in statsmodels. */
const SPECTOR =
  '2.66,20,0,0;2.89,22,0,0;3.28,24,0,0;2.92,12,0,0;4.0,21,0,1;2.86,17,0,0;2.76,17,0,0;2.87,21,0,0;3.03,25,0,0;3.92,29,0,1;2.63,20,0,0;3.32,23,0,0;3.57,23,0,0;3.26,25,0,1;3.53,26,0,0;2.74,19,0,0;2.75,25,0,0;2.83,19,0,0;3.12,23,1,0;3.16,25,1,1;2.06,22,1,0;3.62,28,1,1;2.89,14,1,0;3.51,26,1,0;3.54,24,1,1;2.83,27,1,1;3.39,17,1,1;2.67,24,1,0;3.65,21,1,1;4.0,23,1,1;3.1,21,1,0;2.39,19,1,1';
/** Temperature in °F and O-ring damage of 23 shuttle flights. */
const CHALLENGER =
  '53,1;57,1;58,1;63,1;66,0;67,0;67,0;67,0;68,0;69,0;70,1;70,0;70,1;70,0;72,0;73,0;75,0;75,1;76,0;76,0;78,0;79,0;81,0';

function read(text: string): { x: number[][]; y: number[] } {
  const rows = text.split(';').map((row) => row.split(',').map(Number));
  return { x: rows.map((row) => [1, ...row.slice(0, -1)]), y: rows.map((row) => row.at(-1)!) };
}

function expectRelative(actual: readonly (number | null)[], expected: number[], tolerance = 1e-6) {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! / value - 1)).toBeLessThan(tolerance);
  }
}

describe('the fit gives what R’s glm gives', () => {
  it('on Spector and Mazzeo’s classes', () => {
    const { x, y } = read(SPECTOR);
    const fit = fitLogistic(x, y);
    expectRelative(fit.coefficients, [-13.02135, 2.826113, 0.09515766, 2.378688]);
    expectRelative(fit.standardErrors, [4.931324, 1.262941, 0.1415542, 1.064564]);
    expectRelative([fit.logLikelihood, fit.nullDeviance / -2], [-12.889634, -20.59173]);
    expectRelative([fit.deviance, fit.aic], [25.77927, 33.77927]);
    expect(fit.iterations).toBe(5);
    expectRelative(
      fit.devianceByIteration,
      [26.45291782, 25.80930509, 25.77936498, 25.77926845, 25.77926844],
      1e-9,
    );
    expect(auc(y, fit.fitted)).toBeCloseTo(0.883117, 6);
    expect(brier(y, fit.fitted)).toBeCloseTo(0.129505, 6);
    expect(fit.separated).toBe(false);
  });

  it('on the O-rings of the Challenger', () => {
    const { x, y } = read(CHALLENGER);
    const fit = fitLogistic(x, y);
    expectRelative(fit.coefficients, [15.0429, -0.2321627], 2e-6);
    expectRelative(fit.standardErrors, [7.378636, 0.1082365]);
    expectRelative([fit.nullDeviance, fit.deviance, fit.aic], [28.26715, 20.31519, 24.31519]);
    const [a, b] = fit.coefficients as number[];
    const at = (fahrenheit: number) => logistic(a! + b! * fahrenheit);
    expect(at(31)).toBeCloseTo(0.9996088, 6);
    expect(at(53)).toBeCloseTo(0.9392478, 6);
    expect(at(70)).toBeCloseTo(0.2299683, 6);
  });

  it('recovers the coefficients of histories it knows the truth of, in a second', () => {
    const random = seeded(7);
    const truth = [-0.4, 0.8, -1.2, 0.3];
    const x = Array.from({ length: 40_000 }, () => [
      1,
      ...truth.slice(1).map(() => (random.uniform() < 0.4 ? 1 : 0)),
    ]);
    const y = x.map((row) => {
      const eta = row.reduce((sum, value, j) => sum + value * truth[j]!, 0);
      return random.uniform() < logistic(eta) ? 1 : 0;
    });
    const fit = fitLogistic(x, y);
    for (const [j, value] of truth.entries()) {
      expect(Math.abs(fit.coefficients[j]! - value)).toBeLessThan(4 * fit.standardErrors[j]!);
    }
  });
});

describe('the fit refuses what means nothing', () => {
  const ones = (values: number[]) => values.map((value) => [1, value]);

  it('warns when a value separates the outcomes wholly', () => {
    expect(fitLogistic(ones([1, 2, 3, 4, 5, 6]), [0, 0, 0, 1, 1, 1]).separated).toBe(true);
  });

  it('warns when only one corner is separated', () => {
    // Everybody with x = 1 has the outcome; those with x = 0 are mixed.
    const x = ones([0, 0, 0, 0, 0, 0, 1, 1, 1]);
    expect(fitLogistic(x, [0, 1, 0, 1, 0, 0, 1, 1, 1]).separated).toBe(true);
  });

  it('does not warn of a steep slope that is real', () => {
    const x = ones([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const fit = fitLogistic(x, [0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1]);
    expect(fit.separated).toBe(false);
  });

  it('leaves out a column that repeats others, and says which', () => {
    const { x, y } = read(CHALLENGER);
    const doubled = x.map(([one, t]) => [one!, t!, 2 * t! - 3, t! * t!]);
    const fit = fitLogistic(doubled, y);
    expect(fit.aliased).toEqual([2]);
    expect(fit.coefficients[2]).toBeNull();
    expect(fit.standardErrors[2]).toBeNull();
    const plain = fitLogistic(
      doubled.map((row) => [row[0]!, row[1]!, row[3]!]),
      y,
    );
    expect(fit.deviance).toBeCloseTo(plain.deviance, 9);
  });

  it.each([
    ['nothing', [], []],
    ['a single outcome', ones([1, 2, 3]), [1, 1, 1]],
    ['outcomes that are not 0 or 1', ones([1, 2, 3]), [0, 1, 0.5]],
    ['rows of different lengths', [[1, 2], [1]], [0, 1]],
    ['a value that is not a number', ones([1, Number.NaN]), [0, 1]],
    ['more outcomes than rows', ones([1, 2]), [0, 1, 1]],
    [
      'fewer rows than columns',
      [
        [1, 0, 0, 3],
        [1, 1, 0, 2],
      ],
      [0, 1],
    ],
  ])('%s', (_what, x, y) => {
    if (_what === 'fewer rows than columns') {
      // Two rows carry two columns at most: the others are left out as repeats.
      expect(fitLogistic(x, y).aliased).toHaveLength(2);
    } else {
      expect(() => fitLogistic(x, y)).toThrow(FitFailed);
    }
  });
});
