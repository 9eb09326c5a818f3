import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  instantAt,
  merge,
  openDays,
  type Schedule,
  subtract,
  type WeeklyOpening,
} from '../../src/network/rules/openings.ts';

const every = (weekday: number, starts: string, ends: string): WeeklyOpening => ({
  weekday,
  starts,
  ends,
  validFrom: '2020-01-01',
  validTo: null,
});
const at = (iso: string) => DateTime.fromISO(iso, { setZone: true }).toMillis();
const hours = (schedule: Schedule, from: string, to: string) =>
  openDays(schedule, from, to).map(({ day, open }) => [
    day,
    ...open.map(({ start, end }) => {
      const wall = (instant: number) =>
        DateTime.fromMillis(instant, { zone: 'Europe/Rome' }).toFormat('HH:mm');
      return `${wall(start)}-${wall(end)}`;
    }),
  ]);

const weekdays = [1, 2, 3, 4, 5].map((weekday) => every(weekday, '09:00', '13:00'));

describe('when an office is open', () => {
  it('a week has its mornings and its two afternoons, and no weekend', () => {
    const openings = [...weekdays, every(2, '15:00', '17:00'), every(4, '15:00:00', '17:00:00')];
    expect(hours({ openings, closures: [] }, '2027-03-01', '2027-03-07')).toEqual([
      ['2027-03-01', '09:00-13:00'],
      ['2027-03-02', '09:00-13:00', '15:00-17:00'],
      ['2027-03-03', '09:00-13:00'],
      ['2027-03-04', '09:00-13:00', '15:00-17:00'],
      ['2027-03-05', '09:00-13:00'],
    ]);
  });

  it('is closed on Easter Monday, on All Saints and on 4 October 2027', () => {
    const open = (day: string) => hours({ openings: weekdays, closures: [] }, day, day);
    expect(open('2027-03-29')).toEqual([]);
    expect(open('2027-11-01')).toEqual([]);
    expect(open('2027-10-04')).toEqual([]);
    expect(open('2027-03-30')).toHaveLength(1);
  });

  it('is closed on the feast of its own patron saint', () => {
    const turin: Schedule = { openings: weekdays, closures: [], patron: { month: 6, day: 24 } };
    expect(hours(turin, '2027-06-23', '2027-06-25').map(([day]) => day)).toEqual([
      '2027-06-23',
      '2027-06-25',
    ]);
  });

  it('opens at nine on both sides of each change of the clocks', () => {
    const [friday, tuesday] = openDays(
      { openings: weekdays, closures: [] },
      '2027-03-26',
      '2027-03-30',
    );
    expect(friday?.open[0]?.start).toBe(at('2027-03-26T08:00:00Z'));
    expect(tuesday?.open[0]?.start).toBe(at('2027-03-30T07:00:00Z'));
    const [before, after] = openDays(
      { openings: weekdays, closures: [] },
      '2027-10-29',
      '2027-11-02',
    );
    expect(before?.open[0]?.start).toBe(at('2027-10-29T07:00:00Z'));
    expect(after?.open[0]?.start).toBe(at('2027-11-02T08:00:00Z'));
  });

  it('a night opening is an hour short in spring and an hour long in autumn', () => {
    const night: Schedule = { openings: [every(7, '01:00', '05:00')], closures: [] };
    const length = (day: string) => {
      const [interval] = openDays(night, day, day)[0]!.open;
      return (interval!.end - interval!.start) / 3_600_000;
    };
    // Not 2027: there the clocks change on Easter Sunday.
    expect(length('2028-03-26')).toBe(3);
    expect(length('2028-10-29')).toBe(5);
    expect(length('2028-11-05')).toBe(4);
  });

  it('a time that spring skips stands for the change; one lived twice has a first and a last passage', () => {
    expect(instantAt('2027-03-28', '02:30', 'first')).toBe(at('2027-03-28T01:00:00Z'));
    expect(instantAt('2027-10-31', '02:30', 'first')).toBe(at('2027-10-31T00:30:00Z'));
    expect(instantAt('2027-10-31', '02:30', 'last')).toBe(at('2027-10-31T01:30:00Z'));
    const skipped: Schedule = { openings: [every(7, '02:00', '03:00')], closures: [] };
    expect(openDays(skipped, '2028-03-26', '2028-03-26')).toEqual([]);
  });

  it('new hours take over on the day they start, and the last day of the old ones is included', () => {
    const openings = [
      { ...every(1, '09:00', '12:00'), validTo: '2027-03-08' },
      { ...every(1, '08:00', '14:00'), validFrom: '2027-03-09' },
    ];
    expect(hours({ openings, closures: [] }, '2027-03-01', '2027-03-15')).toEqual([
      ['2027-03-01', '09:00-12:00'],
      ['2027-03-08', '09:00-12:00'],
      ['2027-03-15', '08:00-14:00'],
    ]);
  });

  it('a closure takes out its hours, across several days if it lasts', () => {
    const closures = [
      { start: at('2027-03-01T10:00:00+01:00'), end: at('2027-03-01T11:00:00+01:00') },
      { start: at('2027-03-02T12:00:00+01:00'), end: at('2027-03-04T09:30:00+01:00') },
    ];
    expect(hours({ openings: weekdays, closures }, '2027-03-01', '2027-03-04')).toEqual([
      ['2027-03-01', '09:00-10:00', '11:00-13:00'],
      ['2027-03-02', '09:00-12:00'],
      ['2027-03-04', '09:30-13:00'],
    ]);
  });

  it('openings that overlap or touch count once', () => {
    const openings = [
      every(1, '09:00', '12:00'),
      every(1, '11:00', '13:00'),
      every(1, '13:00', '14:00'),
    ];
    expect(hours({ openings, closures: [] }, '2027-03-01', '2027-03-01')).toEqual([
      ['2027-03-01', '09:00-14:00'],
    ]);
  });

  it('an opening may last until midnight', () => {
    expect(instantAt('2027-03-01', '24:00', 'last')).toBe(at('2027-03-02T00:00:00+01:00'));
    expect(instantAt('2027-10-31', '24:00', 'last')).toBe(at('2027-11-01T00:00:00+01:00'));
  });
});

describe('time taken out of time', () => {
  const intervals = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 30 }))
      .map(([start, length]) => ({ start, end: start + length })),
    { maxLength: 12 },
  );
  const covers = (list: readonly { start: number; end: number }[], point: number) =>
    list.some(({ start, end }) => start <= point && point < end);

  it('what is left is exactly what was open and is not closed, minute by minute', () => {
    fc.assert(
      fc.property(intervals, intervals, (open, closed) => {
        const left = subtract(merge(open), merge(closed));
        for (let minute = 0; minute <= 231; minute++) {
          expect(covers(left, minute)).toBe(covers(open, minute) && !covers(closed, minute));
        }
        for (const [index, interval] of left.entries()) {
          expect(interval.end).toBeGreaterThan(interval.start);
          if (index > 0) expect(interval.start).toBeGreaterThan(left[index - 1]!.end);
        }
      }),
    );
  });

  it('the wall clock reads the opening time on every day of ten years', () => {
    const schedule: Schedule = {
      openings: [1, 2, 3, 4, 5, 6, 7].map((weekday) => every(weekday, '09:00', '13:00')),
      closures: [],
    };
    for (const { open } of openDays(schedule, '2026-01-01', '2035-12-31')) {
      const wall = DateTime.fromMillis(open[0]!.start, { zone: 'Europe/Rome' });
      expect([wall.hour, wall.minute]).toEqual([9, 0]);
      expect(open[0]!.end - open[0]!.start).toBe(4 * 3_600_000);
    }
  });
});
