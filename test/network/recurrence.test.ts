import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { openDays, type Schedule, type WeeklyOpening } from '../../src/network/rules/openings.ts';
import { recursOn, weekdayOf } from '../../src/network/rules/recurrence.ts';

const morning = (weekday: number, given: Partial<WeeklyOpening> = {}): WeeklyOpening => ({
  weekday,
  starts: '09:00',
  ends: '11:00',
  validFrom: '2027-01-01',
  validTo: null,
  ...given,
});
const schedule = (openings: WeeklyOpening[], rest: Partial<Schedule> = {}): Schedule => ({
  openings,
  closures: [],
  ...rest,
});
const daysOf = (of: Schedule, from: string, to: string) =>
  openDays(of, from, to).map(({ day }) => day);
const hoursOn = (of: Schedule, day: string) =>
  openDays(of, day, day).flatMap(({ open }) =>
    open.map(({ start, end }) => {
      const wall = (instant: number) =>
        DateTime.fromMillis(instant, { zone: 'Europe/Rome' }).toFormat('HH:mm');
      return `${wall(start)}-${wall(end)}`;
    }),
  );
const at = (iso: string) => DateTime.fromISO(iso, { setZone: true }).toMillis();

const MONDAY = 1;
const TUESDAY = 2;
const SATURDAY = 6;
const anyDay = fc
  .integer({ min: 0, max: 3652 })
  .map((days) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const later = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

describe('a series of openings', () => {
  it('every two weeks until a day includes that day', () => {
    const fortnight = morning(TUESDAY, {
      validFrom: '2027-05-04',
      validTo: '2027-06-01',
      recurrence: { rule: 'weeks', nth: 2 },
    });
    expect(daysOf(schedule([fortnight]), '2027-04-01', '2027-07-31')).toEqual([
      '2027-05-04',
      '2027-05-18',
      '2027-06-01',
    ]);
  });

  it('every n weeks is counted from the week of the first day, whatever weekday it begins on', () => {
    // A Thursday: that week's Tuesday is over, so the series begins two weeks after it.
    const fortnight = morning(TUESDAY, {
      validFrom: '2027-05-06',
      recurrence: { rule: 'weeks', nth: 2 },
    });
    expect(daysOf(schedule([fortnight]), '2027-05-01', '2027-06-05')).toEqual([
      '2027-05-18',
      '2027-06-01',
    ]);
  });

  it('the nth weekday of the month, the nth row of its calendar and its last are different days', () => {
    const may = (nth: number, rule: 'month-week' | 'month-weekday') =>
      daysOf(
        schedule([morning(TUESDAY, { recurrence: { rule, nth } })]),
        '2027-05-03',
        '2027-05-31',
      );
    // May 2027 begins on a Saturday: its first row holds that weekend alone.
    expect(may(1, 'month-week')).toEqual([]);
    expect(may(2, 'month-week')).toEqual(['2027-05-04']);
    expect(may(1, 'month-weekday')).toEqual(['2027-05-04']);
    expect(may(4, 'month-weekday')).toEqual(['2027-05-25']);
    expect(may(-1, 'month-weekday')).toEqual(['2027-05-25']);
    // The last row has the 31st only, a Monday.
    expect(may(-1, 'month-week')).toEqual([]);
    expect(may(6, 'month-week')).toEqual([]);
    expect(recursOn('2027-05-31', '2027-01-01', { rule: 'month-week', nth: 6 })).toBe(true);
    expect(recursOn('2027-05-31', '2027-01-01', { rule: 'month-week', nth: -1 })).toBe(true);
  });

  it('the last weekday of a month of five is the fifth', () => {
    const last = schedule([morning(MONDAY, { recurrence: { rule: 'month-weekday', nth: -1 } })]);
    expect(daysOf(last, '2027-08-01', '2027-08-31')).toEqual(['2027-08-30']);
  });

  it('the fifth weekday of the month takes place only in months that have one', () => {
    const fifth = schedule([morning(MONDAY, { recurrence: { rule: 'month-weekday', nth: 5 } })]);
    // 29 March is a fifth Monday too, and Easter Monday.
    expect(daysOf(fifth, '2027-01-01', '2027-12-31')).toEqual([
      '2027-05-31',
      '2027-08-30',
      '2027-11-29',
    ]);
  });

  it('a monthly opening whose first occurrence falls in an absence is next open a month later', () => {
    const monthly = schedule(
      [
        morning(TUESDAY, {
          validFrom: '2027-09-07',
          recurrence: { rule: 'month-weekday', nth: 1 },
        }),
      ],
      {
        closures: [
          { start: at('2027-09-07T08:00:00+02:00'), end: at('2027-09-07T12:00:00+02:00') },
        ],
      },
    );
    const [first] = openDays(monthly, '2027-09-01', '2027-12-31');
    expect(first?.day).toBe('2027-10-05');
    expect(hoursOn(monthly, '2027-10-05')).toEqual(['09:00-11:00']);
  });

  it('every n weeks repeats with that period and with no shorter one', () => {
    fc.assert(
      fc.property(anyDay, anyDay, fc.integer({ min: 1, max: 52 }), (from, day, nth) => {
        const rule = { rule: 'weeks', nth } as const;
        expect(recursOn(day, from, rule)).toBe(recursOn(later(day, 7 * nth), from, rule));
        const weeks = Array.from({ length: nth }, (_, week) => later(from, 7 * week));
        expect(weeks.filter((one) => recursOn(one, from, rule))).toEqual([from]);
      }),
    );
  });

  it('each month has one nth weekday, and every day one row of the calendar', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const rows = [1, 2, 3, 4, 5, 6].filter((nth) =>
          recursOn(day, '2026-01-01', { rule: 'month-week', nth }),
        );
        expect(rows).toHaveLength(1);
        const first = `${day.slice(0, 8)}01`;
        for (const nth of [1, 2, 3, 4, -1]) {
          const days = Array.from({ length: 31 }, (_, index) => later(first, index)).filter(
            (one) =>
              one.slice(0, 7) === day.slice(0, 7) &&
              weekdayOf(one) === weekdayOf(day) &&
              recursOn(one, '2026-01-01', { rule: 'month-weekday', nth }),
          );
          expect(days).toHaveLength(1);
        }
      }),
    );
  });
});

describe('one day of a series', () => {
  const weekly = morning(TUESDAY);

  it('can be dropped, and the others stay', () => {
    const without = schedule([{ ...weekly, exceptions: [{ day: '2027-05-11', hours: null }] }]);
    expect(daysOf(without, '2027-05-01', '2027-05-31')).toEqual([
      '2027-05-04',
      '2027-05-18',
      '2027-05-25',
    ]);
  });

  it('can have other hours', () => {
    const hours = { starts: '15:00', ends: '17:30' };
    const changed = schedule([{ ...weekly, exceptions: [{ day: '2027-05-11', hours }] }]);
    expect(hoursOn(changed, '2027-05-11')).toEqual(['15:00-17:30']);
    expect(hoursOn(changed, '2027-05-18')).toEqual(['09:00-11:00']);
  });

  it('whatever the exception, every other day is as it was', () => {
    const hours = fc.constantFrom(null, { starts: '15:00', ends: '17:30' });
    fc.assert(
      fc.property(anyDay, hours, fc.integer({ min: 1, max: 5 }), (day, hours, nth) => {
        const series = morning(weekdayOf(day), {
          validFrom: '2026-01-01',
          recurrence: { rule: 'weeks', nth },
        });
        const before = openDays(schedule([series]), later(day, -80), later(day, 80));
        const after = openDays(
          schedule([{ ...series, exceptions: [{ day, hours }] }]),
          later(day, -80),
          later(day, 80),
        );
        const others = (days: typeof before) => days.filter((one) => one.day !== day);
        expect(others(after)).toEqual(others(before));
      }),
      { numRuns: 40 },
    );
  });
});

describe('days that differ from the ordinary week', () => {
  const week = [1, 2, 3, 4, 5].map((weekday) => morning(weekday, { validFrom: '2020-01-01' }));

  it('a period has its own hours and may reach into the next year', () => {
    const christmas = {
      validFrom: '2027-12-20',
      validTo: '2028-01-07',
      openings: [morning(TUESDAY, { starts: '10:00', validFrom: '2020-01-01' })],
    };
    const of = schedule(week, { periods: [christmas] });
    expect(hoursOn(of, '2027-12-17')).toEqual(['09:00-11:00']);
    expect(daysOf(of, '2027-12-20', '2028-01-07')).toEqual([
      '2027-12-21',
      '2027-12-28',
      '2028-01-04',
    ]);
    expect(hoursOn(of, '2028-01-04')).toEqual(['10:00-11:00']);
    expect(hoursOn(of, '2028-01-10')).toEqual(['09:00-11:00']);
  });

  it('where two periods hold, the first decides', () => {
    const period = (starts: string) => ({
      validFrom: '2027-07-01',
      validTo: '2027-07-31',
      openings: [morning(TUESDAY, { starts })],
    });
    const of = schedule(week, { periods: [period('10:00'), period('08:00')] });
    expect(hoursOn(of, '2027-07-06')).toEqual(['10:00-11:00']);
  });

  it('a pause of one year is closed time in that year alone', () => {
    const pause = morning(TUESDAY, {
      starts: '10:00',
      ends: '10:30',
      validFrom: '2027-01-01',
      validTo: '2027-12-31',
    });
    const of = schedule(week, { pauses: [pause] });
    expect(hoursOn(of, '2027-05-04')).toEqual(['09:00-10:00', '10:30-11:00']);
    expect(hoursOn(of, '2028-05-02')).toEqual(['09:00-11:00']);
    expect(hoursOn(of, '2027-05-05')).toEqual(['09:00-11:00']);
  });

  it('an extra opening adds to the day, and holds on a holiday only when made for it', () => {
    const saturday = morning(SATURDAY, { validFrom: '2027-05-08', validTo: '2027-05-08' });
    const all = morning(SATURDAY, { validFrom: '2027-05-01' });
    // 1 May 2027 is a Saturday.
    const onFirstOfMay = morning(SATURDAY, { validFrom: '2027-05-01', validTo: '2027-05-01' });
    expect(daysOf(schedule(week, { extras: [saturday] }), '2027-05-01', '2027-05-16')).toContain(
      '2027-05-08',
    );
    expect(hoursOn(schedule(week, { extras: [all] }), '2027-05-01')).toEqual([]);
    expect(hoursOn(schedule(week, { extras: [onFirstOfMay] }), '2027-05-01')).toEqual([
      '09:00-11:00',
    ]);
  });

  it('is closed at Christmas unless the office keeps its hours on holidays, in any year', () => {
    for (const year of [2027, 2028, 2034, 2045]) {
      const every = schedule([1, 2, 3, 4, 5, 6, 7].map((weekday) => morning(weekday)));
      expect(hoursOn(every, `${year}-12-25`)).toEqual([]);
      expect(hoursOn({ ...every, openOnHolidays: true }, `${year}-12-25`)).toEqual(['09:00-11:00']);
    }
  });

  it('Torino is closed on 24 June and open on 7 December, Milano the other way round', () => {
    const of = (month: number, day: number) => schedule(week, { patron: { month, day } });
    const [torino, milano] = [of(6, 24), of(12, 7)];
    expect([hoursOn(torino, '2027-06-24'), hoursOn(milano, '2027-06-24')]).toEqual([
      [],
      ['09:00-11:00'],
    ]);
    expect([hoursOn(torino, '2027-12-07'), hoursOn(milano, '2027-12-07')]).toEqual([
      ['09:00-11:00'],
      [],
    ]);
  });
});

describe('absences and busy time', () => {
  const away = (...closures: [from: string, to: string][]) =>
    schedule(
      [1, 2, 3, 4, 5].map((weekday) => morning(weekday, { ends: '13:00' })),
      {
        closures: closures.map(([from, to]) => ({ start: at(from), end: at(to) })),
      },
    );

  it('from Wednesday at nine to Thursday at noon takes the right hours of both days', () => {
    const of = away(['2027-10-27T09:00:00+02:00', '2027-10-28T12:00:00+02:00']);
    expect(hoursOn(of, '2027-10-26')).toEqual(['09:00-13:00']);
    expect(hoursOn(of, '2027-10-27')).toEqual([]);
    expect(hoursOn(of, '2027-10-28')).toEqual(['12:00-13:00']);
  });

  it('those that begin before the opening, overlap, or are nested count once', () => {
    const day = '2027-05-04';
    const of = away(
      [`${day}T08:30:00+02:00`, `${day}T09:30:00+02:00`],
      [`${day}T09:45:00+02:00`, `${day}T10:45:00+02:00`],
      [`${day}T09:45:00+02:00`, `${day}T10:45:00+02:00`],
      [`${day}T10:00:00+02:00`, `${day}T10:15:00+02:00`],
    );
    expect(hoursOn(of, day)).toEqual(['09:30-09:45', '10:45-13:00']);
  });

  it('an opening until midnight ends with its day', () => {
    const late = schedule([morning(TUESDAY, { starts: '21:00', ends: '24:00' })]);
    const [open] = openDays(late, '2027-05-04', '2027-05-04')[0]!.open;
    expect(open?.end).toBe(at('2027-05-05T00:00:00+02:00'));
  });
});

describe('the clocks change', () => {
  it('the calendar over the night of 30 October 2016 has all its hours', () => {
    const all = schedule(
      [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
        morning(weekday, { starts: '00:00', ends: '24:00', validFrom: '2016-01-01' }),
      ),
    );
    const hours = openDays(all, '2016-10-29', '2016-10-31').map(({ open }) =>
      open.reduce((sum, { start, end }) => sum + (end - start) / 3_600_000, 0),
    );
    expect(hours).toEqual([24, 25, 24]);
  });

  it('the last day of the month in which they change is open', () => {
    const every = schedule([1, 2, 3, 4, 5, 6, 7].map((weekday) => morning(weekday)));
    expect(hoursOn(every, '2027-03-31')).toEqual(['09:00-11:00']);
    expect(hoursOn(every, '2027-10-31')).toEqual(['09:00-11:00']);
  });

  it('no length of an opening on any night is negative, and none overlaps the next', () => {
    const minute = fc.integer({ min: 0, max: 287 }).map((fives) => fives * 5);
    const clock = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(
        fc.constantFrom('2028-03-26', '2028-10-29', '2029-03-25', '2029-10-28'),
        fc.array(fc.tuple(minute, minute), { maxLength: 6 }),
        (day, pairs) => {
          const openings = pairs
            .filter(([starts, ends]) => starts < ends)
            .map(([starts, ends]) =>
              morning(7, { starts: clock(starts), ends: clock(ends), validFrom: '2020-01-01' }),
            );
          const open = openDays(schedule(openings), day, day).flatMap((one) => one.open);
          for (const [index, { start, end }] of open.entries()) {
            expect(end).toBeGreaterThan(start);
            if (index > 0) expect(start).toBeGreaterThan(open[index - 1]!.end);
          }
        },
      ),
    );
  });
});
