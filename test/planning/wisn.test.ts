import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  availableWorkingTime,
  categoryAllowanceFactor,
  individualAllowanceFactor,
  roundPosts,
  staffingNeed,
  standardWorkload,
  wisnDifference,
  wisnRatio,
} from '../../src/planning/rules/wisn.ts';

// Burmen B, Owuor N, Mitei P. Human Resources for Health 15:9 (2017), table 3.
describe('the published WISN of an HIV clinic in western Kenya', () => {
  const time = {
    possibleDays: 4.5 * 52,
    leaveDays: 30,
    holidayDays: 10,
    sickDays: 15,
    otherDays: 0,
    hoursPerDay: 8,
  };

  test('a clinician has 179 days a year', () => {
    expect(availableWorkingTime(time).days).toBe(179);
  });

  test('100,000 visits of a quarter of an hour ask for 17.46 clinicians before allowances', () => {
    const { hours } = availableWorkingTime(time);
    const need = staffingNeed([{ volume: 100_000, minutesPerUnit: 15 }], hours, {
      shares: [10 / 179],
      hoursPerYear: [],
    });
    expect(need.basic).toBeCloseTo(17.46, 2);
    expect(need.categoryFactor).toBeCloseTo(1.059172, 6);
    expect(need.total).toBeCloseTo(18.491, 3);
    expect(wisnRatio(12, need.total)).toBeCloseTo(0.649, 3);
    expect(wisnDifference(12, need.total)).toBeCloseTo(-6.491, 3);
  });
});

test('a post of 36 hours under the local functions contract has 205 days, 1,476 hours', () => {
  const available = availableWorkingTime({
    possibleDays: 260,
    leaveDays: 32,
    holidayDays: 10,
    sickDays: 8,
    otherDays: 5,
    hoursPerDay: 7.2,
  });
  expect(available.days).toBe(205);
  expect(available.hours).toBeCloseTo(1476, 9);
});

test('the work of an office is the sum of its activities, rounded nowhere', () => {
  const need = staffingNeed(
    [
      { volume: 12_000, minutesPerUnit: 20 },
      { volume: 9_000, minutesPerUnit: 60 },
      { volume: 18_000, minutesPerUnit: 30 },
      { volume: 3_000, minutesPerUnit: 120 },
      { volume: 800, minutesPerUnit: 180 },
    ],
    1476,
    { shares: [], hoursPerYear: [] },
  );
  expect(need.perActivity.map((posts) => posts.toFixed(4))).toEqual([
    '2.7100',
    '6.0976',
    '6.0976',
    '4.0650',
    '1.6260',
  ]);
  expect(need.total).toBeCloseTo(20.5962, 4);
});

test('duties of a few add posts after the factor of everybody', () => {
  const need = staffingNeed([{ volume: 1000, minutesPerUnit: 60 }], 1000, {
    shares: [0.1, 0.1],
    hoursPerYear: [300, 200],
  });
  expect(need.total).toBeCloseTo(1 / 0.8 + 0.5, 12);
  expect(individualAllowanceFactor([300, 200], 1000)).toBe(0.5);
});

test('a standard workload is how often an hour-long activity fits into the year', () => {
  expect(standardWorkload(1476, 60)).toBe(1476);
  expect(standardWorkload(1476, 20)).toBe(4428);
});

test('allowances that leave no time for users are refused', () => {
  expect(() => categoryAllowanceFactor([0.6, 0.4])).toThrow(RangeError);
  expect(() =>
    availableWorkingTime({
      possibleDays: 30,
      leaveDays: 30,
      holidayDays: 0,
      sickDays: 0,
      otherDays: 0,
      hoursPerDay: 8,
    }),
  ).toThrow(RangeError);
});

test('without work to do there is no ratio', () => {
  expect(wisnRatio(3, 0)).toBeNull();
});

describe('the rounding of the manual', () => {
  test.each([
    [0, 0],
    [1.0, 1],
    [1.1, 1],
    [1.11, 2],
    [1.9, 2],
    [2.2, 2],
    [2.21, 3],
    [2.9, 3],
    [3.3, 3],
    [3.31, 4],
    [4.4, 4],
    [4.41, 5],
    [5.5, 5],
    [5.51, 6],
    [5.9, 6],
    [18.491, 18],
    [20.5962, 21],
  ])('%f posts are %i', (posts, whole) => {
    expect(roundPosts(posts)).toBe(whole);
  });

  test('is never a whole post away, and never falls as the need grows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (posts, more) => {
          expect(Math.abs(roundPosts(posts) - posts)).toBeLessThan(1);
          expect(roundPosts(posts + more)).toBeGreaterThanOrEqual(roundPosts(posts));
        },
      ),
    );
  });
});
