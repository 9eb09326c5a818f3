import { describe, expect, it } from 'vitest';
import * as format from '../../src/web/format.ts';

const morning = Date.parse('2027-03-04T08:00:00Z');
const DAY = 86_400_000;
/** Italian and British number formats put a no-break space before units. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('dates as people say them', () => {
  it('carry the day of the week and the hour of Rome', () => {
    expect(format.formatDateTime(morning, 'it')).toBe('giovedì 4 marzo 2027, ore 9:00');
    expect(format.formatDateTime(morning, 'en')).toBe('Thursday 4 March 2027, 9:00');
  });

  it('follow the change to summer time', () => {
    expect(format.formatTime(Date.parse('2027-03-28T07:00:00Z'), 'it')).toBe('9:00');
    expect(format.formatTime(Date.parse('2027-03-27T08:00:00Z'), 'it')).toBe('9:00');
  });

  it('exist short, by month and without time', () => {
    expect(format.formatShortDate(morning, 'it')).toBe('4 mar 2027');
    expect(format.formatMonth('2027-03', 'it')).toBe('marzo 2027');
    expect(format.formatDay('2027-03-04', 'en')).toBe('Thursday 4 March 2027');
    expect(format.formatTimeRange(morning, morning + 2_700_000, 'it')).toBe('9:00–9:45');
  });

  it('say how long one waits in calendar days', () => {
    expect(format.formatWait(morning, morning - 118 * DAY, 'it')).toBe('fra 118 giorni');
    expect(format.formatWait(morning, morning - 118 * DAY, 'en')).toBe('in 118 days');
    expect(format.formatWait(morning, morning, 'it')).toBe('oggi');
    // Late in the evening before: less than a day away, and yet tomorrow.
    expect(format.formatWait(morning, morning - 10 * 3_600_000, 'it')).toBe('domani');
    expect(format.formatDays(118 * DAY, 'it')).toBe('118 giorni');
  });
});

describe('quantities with their units', () => {
  it('durations', () => {
    expect(format.formatDuration(45, 'it')).toBe('45 minuti');
    expect(format.formatDuration(60, 'it')).toBe('1 ora');
    expect(format.formatDuration(90, 'it')).toBe('1 ora e 30 minuti');
    expect(format.formatDuration(0, 'en')).toBe('0 minutes');
    expect(format.formatDuration(119.6, 'en')).toBe('2 hours');
  });

  it('distances, finer when near', () => {
    expect(plain(format.formatDistance(3.44, 'it'))).toBe('3,4 km');
    expect(plain(format.formatDistance(27.4, 'en'))).toBe('27 km');
  });

  it('numbers, shares and money', () => {
    expect(format.formatNumber(1234, 'it')).toBe('1.234');
    expect(format.formatNumber(3.4, 'it', 2)).toBe('3,40');
    expect(format.formatNumber(1234.5, 'en')).toBe('1,234.5');
    expect(format.formatPercent(0.125, 'it', 1)).toBe('12,5%');
    expect(plain(format.formatEuro(1250, 'it'))).toBe('1.250 €');
  });
});
