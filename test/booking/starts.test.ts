import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { nearestStarts } from '../../src/booking/rules/choose.ts';
import { bookingCode, formatCode, normaliseCode } from '../../src/booking/rules/code.ts';
import { judgeCancellation } from '../../src/booking/rules/lifecycle.ts';
import { isOfferable, onGrid, openStarts, startsWithin } from '../../src/booking/rules/starts.ts';
import { type Interval, MINUTE, wall } from '../../src/platform/clock.ts';

const at = (time: string, day = '2027-03-04') =>
  DateTime.fromISO(`${day}T${time}`, { zone: 'Europe/Rome' }).toMillis();
const span = (from: string, to: string): Interval => ({ start: at(from), end: at(to) });
const timing = (durationMinutes: number, gridMinutes = durationMinutes, bufferMinutes = 0) => ({
  durationMinutes,
  bufferMinutes,
  bufferBeforeMinutes: 0,
  gridMinutes,
  gridAnchor: 'clock' as const,
  operators: 1,
  minNoticeMinutes: 0,
  horizonDays: 90,
});
const wholeDay = span('00:00', '23:59');
const times = (starts: readonly number[]) => starts.map((start) => wall(start).toFormat('HH:mm'));

describe('the starts of a free stretch', () => {
  it.each([
    [
      'an opening of 2 h 20 min holds two hours',
      timing(60),
      [span('09:00', '11:20')],
      ['09:00', '10:00'],
    ],
    [
      'closing time is never a start',
      timing(90, 30),
      [span('12:00', '15:00')],
      ['12:00', '12:30', '13:00', '13:30'],
    ],
    ['too short a stretch holds nothing', timing(30, 15), [span('09:00', '09:15')], []],
    ['a stretch that just fits holds one', timing(45, 15), [span('09:00', '09:45')], ['09:00']],
    [
      'between two absences nothing of 30 minutes fits',
      timing(30, 5),
      [span('09:30', '09:45'), span('10:45', '11:00')],
      [],
    ],
    [
      'a booking that began before opening leaves the rest',
      timing(30, 15),
      [span('09:15', '10:00')],
      ['09:15', '09:30'],
    ],
    [
      'stretches given out of order come out sorted',
      timing(60),
      [span('18:00', '20:00'), span('09:00', '10:00')],
      ['09:00', '18:00', '19:00'],
    ],
    [
      'overlapping stretches show a start once',
      timing(20),
      [span('11:00', '12:00'), span('11:20', '12:40')],
      ['11:00', '11:20', '11:40', '12:00', '12:20'],
    ],
    ['the buffer must be free too', timing(120, 60, 60), [span('09:00', '12:00')], ['09:00']],
    [
      'seven to ten holds six half hours',
      timing(30),
      [span('07:00', '10:00')],
      ['07:00', '07:30', '08:00', '08:30', '09:00', '09:30'],
    ],
  ])('%s', (_, service, free, expected) => {
    expect(times(startsWithin(service, free, wholeDay))).toEqual(expected);
  });

  it('begins on the grid after now', () => {
    const free = [span('09:00', '12:00'), span('14:00', '17:00')];
    expect(
      times(startsWithin(timing(60, 5), free, { start: at('15:03'), end: at('23:00') }))[0],
    ).toBe('15:05');
  });

  it('counts the operators who could take a start', () => {
    const open = openStarts(
      timing(45, 15),
      [[span('11:00', '13:00')], [span('11:15', '13:00')]],
      wholeDay,
    );
    expect(open[0]).toEqual({ start: at('11:00'), operators: 1 });
    expect(open[1]).toEqual({ start: at('11:15'), operators: 2 });
  });

  it('keeps the hour of the wall clock across both changes of the clock', () => {
    for (const day of ['2027-03-26', '2027-03-30', '2027-10-29', '2027-11-02']) {
      const free = [{ start: at('09:00', day), end: at('10:00', day) }];
      const [start] = startsWithin(timing(30), free, {
        start: at('00:00', day),
        end: at('23:00', day),
      });
      expect(wall(start!).toFormat('yyyy-MM-dd HH:mm')).toBe(`${day} 09:00`);
    }
  });

  it('lies inside the stretch, on the grid and in the window, whatever these are', () => {
    const minutes = fc.integer({ min: 0, max: 1440 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(minutes, minutes), { maxLength: 6 }),
        fc.constantFrom(3, 4, 5, 6, 10, 12, 15, 20, 30, 60),
        fc.integer({ min: 1, max: 180 }),
        fc.integer({ min: 0, max: 60 }),
        minutes,
        (pairs, grid, duration, buffer, from) => {
          const midnight = at('00:00');
          const free = pairs.map(([a, b]) => ({
            start: midnight + Math.min(a, b) * MINUTE,
            end: midnight + Math.max(a, b) * MINUTE,
          }));
          const window = { start: midnight + from * MINUTE, end: midnight + 1200 * MINUTE };
          const service = timing(duration, grid, buffer);
          for (const start of startsWithin(service, free, window)) {
            const end = start + (duration + buffer) * MINUTE;
            expect(free.some((f) => f.start <= start && end <= f.end)).toBe(true);
            expect(onGrid(service, start)).toBe(start);
            expect(start).toBeGreaterThanOrEqual(window.start);
            expect(start).toBeLessThan(window.end);
          }
        },
      ),
    );
  });
});

describe('what is offered', () => {
  const service = { ...timing(30, 15), minNoticeMinutes: 24 * 60, horizonDays: 7 };
  const now = at('16:00');

  it.each([
    ['the next morning is inside a notice of 24 hours', '2027-03-05T09:00', false],
    ['the same hour the next day is not', '2027-03-05T16:00', true],
    ['a time off the grid is not offered', '2027-03-06T09:07', false],
    ['a time beyond the horizon is not offered', '2027-03-12T09:00', false],
    ['a time that is gone is not offered', '2027-03-01T09:00', false],
  ])('%s', (_, iso, expected) => {
    const [day, time] = iso.split('T') as [string, string];
    expect(isOfferable(service, at(time, day), now)).toBe(expected);
  });
});

describe('a cancellation', () => {
  const appointment = { state: 'confirmed' as const, startsAt: at('12:00') };

  it('is allowed on the same day, and marked late', () => {
    expect(judgeCancellation(appointment, at('10:00'))).toEqual({ kind: 'allowed', late: true });
  });
  it('is in time a day before', () => {
    expect(judgeCancellation(appointment, at('12:00', '2027-03-03'))).toEqual({
      kind: 'allowed',
      late: false,
    });
  });
  it('is too late once the appointment began', () => {
    expect(judgeCancellation(appointment, at('12:00'))).toEqual({ kind: 'too-late' });
  });
  it('of what is cancelled changes nothing', () => {
    expect(judgeCancellation({ ...appointment, state: 'cancelled' }, at('10:00'))).toEqual({
      kind: 'already-cancelled',
    });
  });
  it('of what has an outcome is refused', () => {
    expect(judgeCancellation({ ...appointment, state: 'seen' }, at('10:00'))).toEqual({
      kind: 'closed',
    });
  });
});

describe('a booking code', () => {
  it('is read back however it was typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
        const code = bookingCode(bytes);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
        expect(normaliseCode(formatCode(code).toLowerCase())).toBe(code);
        expect(normaliseCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
      }),
    );
  });
});

describe('alternatives', () => {
  it('are the nearest in time, in order', () => {
    expect(nearestStarts([1, 5, 9, 10, 30], 9, 3)).toEqual([5, 9, 10]);
  });
});
