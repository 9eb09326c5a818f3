import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { dateIn, isHoliday, nationalHolidays } from '../../src/reference/holidays.ts';

describe('Italian holidays by rule', () => {
  it('agree with an independent calendar for every year from 2001 to 2099', () => {
    const oracle = new Holidays('IT');
    for (let year = 2001; year <= 2099; year++) {
      const expected = oracle
        .getHolidays(year)
        .filter(({ type }) => type === 'public')
        .map(({ date }) => date.slice(0, 10))
        .sort();
      expect([...nationalHolidays(year).keys()], String(year)).toEqual([...new Set(expected)]);
    }
  });

  it('Easter falls on the dates of the almanac', () => {
    const almanac = {
      1986: '03-30',
      2000: '04-23',
      2008: '03-23',
      2025: '04-20',
      2026: '04-05',
      2027: '03-28',
      2038: '04-25',
      2285: '03-22',
    };
    for (const [year, day] of Object.entries(almanac)) {
      expect(dateIn(Number(year), { easterOffset: 0 })).toBe(`${year}-${day}`);
    }
  });

  it('4 October is a holiday again from 2026 on, and was not the year before', () => {
    expect(isHoliday('2025-10-04')).toBe(false);
    for (const year of [2026, 2027, 2040, 2090]) expect(isHoliday(`${year}-10-04`)).toBe(true);
  });

  it('Easter Monday 2027 and All Saints 2027 are holidays, the days after are not', () => {
    expect(isHoliday('2027-03-29')).toBe(true);
    expect(isHoliday('2027-03-30')).toBe(false);
    expect(isHoliday('2027-11-01')).toBe(true);
    expect(isHoliday('2027-11-02')).toBe(false);
  });

  it('a patron saint closes the offices of its own comune only', () => {
    const turin = { month: 6, day: 24 };
    const milan = { month: 12, day: 7 };
    expect(isHoliday('2027-06-24', turin)).toBe(true);
    expect(isHoliday('2027-06-24', milan)).toBe(false);
    expect(isHoliday('2027-12-07', turin)).toBe(false);
    expect(isHoliday('2027-12-07', milan)).toBe(true);
  });

  it('a movable feast follows Easter', () => {
    const tuesdayAfterEaster = { easterOffset: 2 };
    expect(isHoliday('2027-03-30', tuesdayAfterEaster)).toBe(true);
    expect(isHoliday('2028-04-18', tuesdayAfterEaster)).toBe(true);
  });

  it('a feast on 29 February exists only in leap years', () => {
    expect(dateIn(2028, { month: 2, day: 29 })).toBe('2028-02-29');
    expect(dateIn(2027, { month: 2, day: 29 })).toBeUndefined();
  });
});
