import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { openStarts, startsWithin } from '../../src/booking/rules/starts.ts';
import { merge, subtract } from '../../src/network/rules/openings.ts';
import { type Interval, MINUTE, wall } from '../../src/platform/clock.ts';

/**
 * What people who use other booking systems expect of free starts, from those systems' own tests and
 * complaints. Starts here follow one another as long as an appointment takes, unless a case says
 * otherwise, from where each free stretch begins.
 */

const THURSDAY = '2027-03-04';
const at = (time: string, day = THURSDAY) =>
  DateTime.fromISO(`${day}T00:00`, { zone: 'Europe/Rome' })
    .set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) })
    .toMillis();
/** `09:00-12:00`, of one day. */
const span = (text: string, day = THURSDAY): Interval => {
  const [from, to] = text.split('-') as [string, string];
  return { start: at(from, day), end: at(to, day) };
};
const timing = (
  minutes: number,
  given: Partial<{ step: number; buffer: number; before: number; notice: number }> = {},
) => {
  const { buffer = 0, before = 0, notice = 0 } = given;
  return {
    durationMinutes: minutes,
    bufferMinutes: buffer,
    bufferBeforeMinutes: before,
    gridMinutes: given.step ?? before + minutes + buffer,
    gridAnchor: 'stretch' as const,
    operators: 1,
    minNoticeMinutes: notice,
    horizonDays: 90,
  };
};
const times = (starts: readonly number[]) => starts.map((start) => wall(start).toFormat('HH:mm'));
const everything = { start: at('00:00'), end: at('00:00', '2027-03-20') };

describe('the starts that a day holds', () => {
  it.each([
    ['opening 9 to 11:20, an hour', '09:00-11:20', timing(60), '09:00 10:00'],
    ['never at closing time', '12:00-18:00', timing(90), '12:00 13:30 15:00 16:30'],
    ['less than one fits nowhere', '09:00-09:15', timing(30), ''],
    ['one and a half is one', '09:00-09:45', timing(30), '09:00'],
    [
      'seven to ten is six half hours',
      '07:00-10:00',
      timing(30),
      '07:00 07:30 08:00 08:30 09:00 09:30',
    ],
    ['not on the hour', '09:10-10:10', timing(15), '09:10 09:25 09:40 09:55'],
    ['until midnight', '21:00-24:00', timing(60), '21:00 22:00 23:00'],
    ['two hours and an hour after', '09:00-12:00', timing(120, { buffer: 60 }), '09:00'],
    ['a quarter before each', '09:00-12:00', timing(60, { before: 15 }), '09:15 10:30'],
    ['an odd minute is rounded up to five', '09:02-10:10', timing(30), '09:05 09:35'],
  ])('%s', (_, free, service, expected) => {
    expect(times(startsWithin(service, [span(free)], everything)).join(' ')).toBe(expected);
  });

  it.each([
    ['four hours of quarters', '12:00-16:00', timing(15), 16],
    ['a whole day of twenty minutes', '00:00-23:45', timing(20), 71],
  ])('%s', (_, free, service, count) => {
    expect(startsWithin(service, [span(free)], everything)).toHaveLength(count);
  });

  it('of a morning and an afternoon, an hour each: seven', () => {
    const free = [span('09:00-12:00'), span('14:00-18:00')];
    expect(startsWithin(timing(60), free, everything)).toHaveLength(7);
  });

  it('of the same, half an hour and ten minutes to write it down', () => {
    const free = [span('09:00-12:00'), span('14:00-18:00')];
    expect(times(startsWithin(timing(30, { buffer: 10 }), free, everything)).join(' ')).toBe(
      '09:00 09:40 10:20 11:00 14:00 14:40 15:20 16:00 16:40 17:20',
    );
  });

  it('at 15:03, whatever the order of the openings: 15:05, 18:00, 19:00', () => {
    const free = [span('18:00-20:00'), span('09:00-12:00'), span('14:00-17:00')];
    const now = { start: at('15:03'), end: everything.end };
    expect(times(startsWithin(timing(60), free, now))).toEqual(['15:05', '18:00', '19:00']);
  });

  it('asked at eight of an opening since seven: from eight', () => {
    const now = { start: at('08:00'), end: everything.end };
    expect(times(startsWithin(timing(60), [span('07:00-11:00')], now))).toEqual([
      '08:00',
      '09:00',
      '10:00',
    ]);
  });

  it('days that are gone hold nothing', () => {
    const free = ['2027-03-02', '2027-03-03', THURSDAY].map((day) => span('09:00-11:00', day));
    const today = { start: at('00:00'), end: everything.end };
    expect(times(startsWithin(timing(60), free, today))).toEqual(['09:00', '10:00']);
    const tomorrow = { start: at('00:00', '2027-03-05'), end: everything.end };
    expect(startsWithin(timing(60), free, tomorrow)).toEqual([]);
  });

  it('with 1,500 minutes of notice, eleven full hours of tomorrow are left at noon less a second', () => {
    const now = at('11:59') + 59_000;
    const tomorrow = { start: at('00:00', '2027-03-05'), end: at('00:00', '2027-03-06') };
    const window = { start: now + 1500 * MINUTE, end: tomorrow.end };
    const hourly = { ...timing(60), gridAnchor: 'clock' as const };
    expect(startsWithin(hourly, [tomorrow], window)).toHaveLength(11);
  });

  it('one operator with overlapping openings: each start once', () => {
    const free = merge([span('11:00-12:00'), span('11:20-12:40')]);
    expect(times(startsWithin(timing(20), free, everything)).join(' ')).toBe(
      '11:00 11:20 11:40 12:00 12:20',
    );
  });

  it('two operators free at nine: shown once, for two', () => {
    const free = [[span('09:00-09:30')], [span('09:00-09:30')]];
    expect(openStarts(timing(30), free, everything)).toEqual([
      { start: at('09:00'), operators: 2 },
    ]);
  });

  it('two operators who begin a quarter apart each offer their own two', () => {
    const free = [[span('11:00-13:00')], [span('11:15-13:00')]];
    expect(times(openStarts(timing(45), free, everything).map(({ start }) => start))).toEqual([
      '11:00',
      '11:15',
      '11:45',
      '12:00',
    ]);
  });
});

describe('what is left of an opening', () => {
  const left = (open: string, ...busy: string[]) =>
    subtract([span(open)], merge(busy.map((one) => span(one)))).map(
      ({ start, end }) => `${times([start])}-${times([end])}`,
    );

  it.each([
    ['a booking that began before it', '09:00-11:00', ['08:30-09:15'], ['09:15-11:00']],
    ['two absences', '09:00-11:00', ['08:30-09:30', '09:45-10:45'], ['09:30-09:45', '10:45-11:00']],
    [
      'the same absence twice',
      '09:00-11:00',
      ['09:30-10:00', '09:30-10:00'],
      ['09:00-09:30', '10:00-11:00'],
    ],
    [
      'one within another',
      '09:00-11:00',
      ['09:30-10:30', '09:45-10:00'],
      ['09:00-09:30', '10:30-11:00'],
    ],
    ['one that covers it all', '09:00-11:00', ['08:00-12:00'], []],
    ['one that only touches it', '09:00-11:00', ['11:00-12:00'], ['09:00-11:00']],
  ])('%s', (_, open, busy, expected) => {
    expect(left(open, ...busy)).toEqual(expected);
  });
});
