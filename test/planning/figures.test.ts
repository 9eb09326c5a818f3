import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestRemainder } from '../../src/planning/rules/apportionment.ts';
import { allotFlow, workingStock } from '../../src/planning/rules/bacino.ts';
import { gini, percentileRatio } from '../../src/planning/rules/inequality.ts';
import { seasonalIndices } from '../../src/planning/rules/seasonality.ts';

// Provinces of Sicily, census 2011 (ISTAT): PA CT ME AG TP SR RG CL EN.
const POPULATION = [
  1_243_585, 1_078_766, 649_824, 446_837, 429_917, 399_933, 307_492, 273_099, 173_451,
];
/** Navigators hired in 2019 in the same provinces. */
const NAVIGATORS = [125, 100, 45, 35, 35, 31, 21, 24, 13];

describe('inequality', () => {
  test.each([
    [[1, 1, 1, 1], 0],
    [[0, 0, 0, 1], 0.75],
    [[1, 2, 3, 4, 5], 0.266667],
    [[], 0],
    [[0, 0], 0],
  ])('Gini of %j is %f', (values, expected) => {
    expect(gini(values)).toBeCloseTo(expected, 6);
  });

  test('navigators followed the population of Sicily within a Gini of 0.0766', () => {
    expect(gini(NAVIGATORS, POPULATION)).toBeCloseTo(0.0766076, 6);
  });

  const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), {
    minLength: 1,
    maxLength: 60,
  });

  test('lies between 0 and 1, and does not depend on the unit', () => {
    fc.assert(
      fc.property(amounts, fc.double({ min: 0.01, max: 100, noNaN: true }), (list, unit) => {
        const index = gini(list);
        expect(index).toBeGreaterThanOrEqual(0);
        expect(index).toBeLessThan(1);
        expect(gini(list.map((amount) => amount * unit))).toBeCloseTo(index, 6);
      }),
    );
  });

  test('splitting an office in two of the same kind changes nothing when weighted', () => {
    fc.assert(
      fc.property(amounts, (list) => {
        const weights = list.map((_, i) => i + 1);
        const halves = list.flatMap((amount) => [amount / 2, amount / 2]);
        const halfWeights = weights.flatMap((weight) => [weight / 2, weight / 2]);
        expect(gini(halves, halfWeights)).toBeCloseTo(gini(list, weights), 9);
      }),
    );
  });

  test('a tenth at each end is compared as R does', () => {
    expect(percentileRatio([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])).toBe(5);
    expect(percentileRatio([])).toBeNull();
    expect(percentileRatio([0, 0, 5])).toBeNull();
  });
});

describe('largest remainder', () => {
  test('429 navigators by population', () => {
    expect(largestRemainder(429, POPULATION)).toEqual([107, 93, 56, 38, 37, 34, 26, 23, 15]);
  });

  test('hands out every seat, each within one of its quota', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 80 }),
        (seats, weights) => {
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          fc.pre(total > 0);
          const given = largestRemainder(seats, weights);
          expect(given.reduce((sum, each) => sum + each, 0)).toBe(seats);
          given.forEach((each, i) => {
            expect(Math.abs(each - (seats * weights[i]!) / total)).toBeLessThan(1 + 1e-6);
          });
        },
      ),
    );
  });

  test('nobody to give to is an error only when there is something to give', () => {
    expect(largestRemainder(0, [0, 0])).toEqual([0, 0]);
    expect(() => largestRemainder(3, [0, 0])).toThrow(RangeError);
  });
});

// Workers whose job ended, Sicily, 2017 Q1 – 2025 Q3 (Ministry of Labour, comunicazioni obbligatorie).
const CESSAZIONI = [
  85796, 134861, 151944, 231563, 90972, 145162, 158155, 236102, 93084, 145927, 164481, 234744,
  101165, 116144, 144123, 227031, 81661, 149452, 164129, 238711, 106285, 170271, 172277, 234690,
  100201, 161445, 165604, 244452, 103142, 177863, 170321, 248622, 105808, 182106, 174957,
];

describe('seasons', () => {
  test('in Sicily two and a half times as many jobs end in autumn as in winter', () => {
    const [q1, q2, q3, q4] = seasonalIndices(CESSAZIONI, 4);
    expect(q1).toBeCloseTo(0.5985, 4);
    expect(q2).toBeCloseTo(0.9368, 4);
    expect(q3).toBeCloseTo(1.0014, 4);
    expect(q4).toBeCloseTo(1.4633, 4);
  });

  test('a series that starts in another quarter has the same seasons', () => {
    const whole = seasonalIndices(CESSAZIONI, 4);
    const later = seasonalIndices(CESSAZIONI.slice(1), 4, 1);
    later.forEach((index, quarter) => {
      expect(index).toBeCloseTo(whole[quarter]!, 1);
    });
  });

  test('a pure season is found exactly, for quarters and months', () => {
    for (const period of [3, 4, 12]) {
      const season = Array.from({ length: period }, (_, i) => 1 + (i - (period - 1) / 2) / 20);
      const values = Array.from({ length: 5 * period }, (_, i) => 200 * season[i % period]!);
      seasonalIndices(values, period).forEach((index, i) => {
        expect(index).toBeCloseTo(season[i]!, 9);
      });
    }
  });

  test('a single year shows no season', () => {
    expect(() => seasonalIndices([1, 2, 3, 4, 5], 4)).toThrow(RangeError);
  });
});

test('a flow goes where the people without work live, and none of it is lost', () => {
  const stocks = [
    workingStock([{ population: 100_000, workingAgeShare: 0.65, unemploymentRate: 0.2 }]),
    workingStock([
      { population: 20_000, workingAgeShare: 0.65, unemploymentRate: 0.1 },
      { population: 10_000, workingAgeShare: 0.65, unemploymentRate: 0.1 },
    ]),
  ];
  expect(stocks).toEqual([13_000, expect.closeTo(1950, 9)]);
  const [first, second] = allotFlow(2300, stocks);
  expect(first! + second!).toBeCloseTo(2300, 9);
  expect(first! / second!).toBeCloseTo(13_000 / 1950, 9);
  expect(allotFlow(10, [0, 0])).toEqual([0, 0]);
});
