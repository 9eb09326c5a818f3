import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accessTime,
  backlogOf,
  catchUpCapacity,
  criticalWait,
  followWait,
  noShowShare,
  slotsNeeded,
} from '../../src/planning/rules/backlog.ts';

test('four months of waiting at 500 a week are 8,665 people', () => {
  expect(backlogOf(17.33, 500)).toBeCloseTo(8665, 0);
  expect(accessTime(8665, 500)).toBeCloseTo(17.33, 9);
});

test.each([
  [13, 666.54],
  [26, 333.27],
  [52, 166.63],
])('gone within %i weeks it asks for %f more a week', (weeks, more) => {
  expect(catchUpCapacity(8665, 500, weeks) - 500).toBeCloseTo(more, 1);
});

test.each([
  [13, 1, 1083.21],
  [26, 1, 802.41],
  [26, 2, 773.75],
  [52, 1, 654.06],
])('after %i weeks a wait of %i weeks asks for %f a week', (weeks, target, capacity) => {
  expect(catchUpCapacity(8665, 500, weeks, target)).toBeCloseTo(capacity, 1);
});

test('past eighteen days absences feed the queue of 18 arrivals and 20 slots a day', () => {
  expect(criticalWait(18, 20)).toBeCloseTo(17.834, 3);
});

test('a four-month queue destroys a quarter of the capacity', () => {
  expect(noShowShare(85)).toBeCloseTo(0.255195, 6);
  expect(slotsNeeded(18, 85)).toBeCloseTo(24.1674, 4);
});

test('enough slots are never overwhelmed, too few always', () => {
  expect(criticalWait(10, 20)).toBe(Number.POSITIVE_INFINITY);
  expect(criticalWait(21, 20)).toBe(0);
});

test('with as many slots kept as arrivals the wait stays where it is', () => {
  const slots = slotsNeeded(500, 120);
  const { waitDays, weeksToTarget } = followWait(
    { backlog: backlogOf(120 / 7, 500), arrivals: 500, slots },
    { weeks: 52, targetDays: 7 },
  );
  expect(waitDays.at(-1)).toBeCloseTo(120, 6);
  expect(weeksToTarget).toBeNull();
});

test('more slots never lengthen the wait, more arrivals never shorten it', () => {
  const rate = fc.double({ min: 1, max: 500, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 9000, noNaN: true }), rate, rate, rate, (...given) => {
      const [backlog, arrivals, slots, more] = given;
      const end = (a: number, s: number) =>
        followWait({ backlog, arrivals: a, slots: s }, { weeks: 26, targetDays: 7 }).waitDays.at(
          -1,
        )!;
      const now = end(arrivals, slots);
      expect(now).toBeGreaterThanOrEqual(0);
      expect(end(arrivals + more, slots)).toBeGreaterThanOrEqual(now - 1e-6);
      expect(end(arrivals, slots + more)).toBeLessThanOrEqual(now + 1e-6);
    }),
  );
});

test('an office that can see nobody keeps people waiting for ever', () => {
  const { waitDays } = followWait(
    { backlog: 10, arrivals: 5, slots: 0 },
    { weeks: 1, targetDays: 7 },
  );
  expect(waitDays[1]).toBe(Number.POSITIVE_INFINITY);
});
