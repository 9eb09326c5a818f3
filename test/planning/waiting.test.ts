import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysUntil, startsInTurn, thirdNextAvailable } from '../../src/planning/rules/waiting.ts';

const at = (iso: string) => Date.parse(iso);
const TERMS = {
  bufferBeforeMinutes: 0,
  gridAnchor: 'clock' as const,
  minNoticeMinutes: 0,
  horizonDays: 90,
};
const HALF_HOUR = { ...TERMS, durationMinutes: 30, bufferMinutes: 0, gridMinutes: 15 };

test('the third free start counts, not the first by chance', () => {
  const starts = [
    '2027-03-10T09:00Z',
    '2027-03-04T09:00Z',
    '2027-06-01T09:00Z',
    '2027-06-02T09:00Z',
  ];
  expect(thirdNextAvailable(starts.map(at))).toBe(at('2027-06-01T09:00Z'));
  expect(thirdNextAvailable([at('2027-03-04T09:00Z')])).toBeNull();
});

test('one free hour holds two appointments of half an hour, not every start of the grid', () => {
  const starts = startsInTurn(
    HALF_HOUR,
    [{ start: at('2027-03-04T08:00Z'), end: at('2027-03-04T09:00Z') }],
    0,
  );
  expect(starts).toEqual([at('2027-03-04T08:00Z'), at('2027-03-04T08:30Z')]);
});

test('starts keep to the grid of the wall clock and to the notice', () => {
  const stretch = { start: at('2027-03-04T08:05Z'), end: at('2027-03-04T10:00Z') };
  expect(startsInTurn(HALF_HOUR, [stretch], at('2027-03-04T08:31Z'))).toEqual([
    at('2027-03-04T08:45Z'),
    at('2027-03-04T09:15Z'),
  ]);
});

test('the buffer belongs to the time an appointment takes', () => {
  const stretch = { start: at('2027-03-04T08:00Z'), end: at('2027-03-04T09:00Z') };
  const shape = { ...TERMS, durationMinutes: 30, bufferMinutes: 10, gridMinutes: 10 };
  expect(startsInTurn(shape, [stretch], 0)).toEqual([at('2027-03-04T08:00Z')]);
});

test('no start outside its stretch, no two that could not both be kept', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 600 }),
      fc.integer({ min: 0, max: 600 }),
      fc.constantFrom(5, 10, 15, 20, 30, 60),
      fc.integer({ min: 5, max: 120 }),
      (offset, length, gridMinutes, durationMinutes) => {
        const start = at('2027-03-28T00:00Z') + offset * 60_000;
        const end = start + length * 60_000;
        const shape = { ...TERMS, durationMinutes, bufferMinutes: 5, gridMinutes };
        const starts = startsInTurn(shape, [{ start, end }], 0);
        const taken = (durationMinutes + 5) * 60_000;
        starts.forEach((each, i) => {
          expect(each).toBeGreaterThanOrEqual(start);
          expect(each + taken).toBeLessThanOrEqual(end);
          if (i > 0) expect(each - starts[i - 1]!).toBeGreaterThanOrEqual(taken);
        });
      },
    ),
  );
});

test('days are those of the calendar in Rome, across the change of clocks', () => {
  expect(daysUntil(at('2027-03-29T07:00Z'), at('2027-03-26T20:00Z'))).toBe(3);
  expect(daysUntil(at('2027-03-04T22:59Z'), at('2027-03-04T06:00Z'))).toBe(0);
  expect(daysUntil(at('2027-03-04T23:01Z'), at('2027-03-04T06:00Z'))).toBe(1);
});
