import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE, wall } from '../../src/platform/clock.ts';
import { offerExpiry, wakingTime } from '../../src/waitlist/rules/offer-clock.ts';

const at = (text: string) => Date.parse(text);
const TWO_HOURS = 120 * MINUTE;

describe('how long an offer stands', () => {
  it.each([
    [
      'two hours by day',
      '2027-03-04T09:00+01:00',
      '2027-03-08T09:00+01:00',
      '2027-03-04T11:00+01:00',
    ],
    [
      'over the night',
      '2027-03-04T20:00+01:00',
      '2027-03-08T09:00+01:00',
      '2027-03-05T09:00+01:00',
    ],
    [
      'from the morning on, made by night',
      '2027-03-04T23:30+01:00',
      '2027-03-08T09:00+01:00',
      '2027-03-05T10:00+01:00',
    ],
    [
      'a third of what is left when the time is near',
      '2027-03-04T09:00+01:00',
      '2027-03-04T12:00+01:00',
      '2027-03-04T10:00+01:00',
    ],
    [
      'a quarter of an hour at least',
      '2027-03-04T09:00+01:00',
      '2027-03-04T09:20+01:00',
      '2027-03-04T09:15+01:00',
    ],
    [
      'over the night when clocks go forward',
      '2027-03-27T20:00+01:00',
      '2027-04-08T09:00+02:00',
      '2027-03-28T09:00+02:00',
    ],
  ])('is %s', (_, now, latest, expiry) => {
    expect(offerExpiry(at(now), at(latest), TWO_HOURS)).toBe(at(expiry));
  });

  it('nobody is asked when there is no time to answer', () => {
    const now = at('2027-03-04T09:00+01:00');
    expect(offerExpiry(now, now + 14 * MINUTE, TWO_HOURS)).toBeUndefined();
    expect(offerExpiry(now, now - DAY, TWO_HOURS)).toBeUndefined();
    // From nine in the evening to eight in the morning nobody needs to look.
    expect(
      offerExpiry(at('2027-03-04T21:00+01:00'), at('2027-03-05T08:10+01:00'), TWO_HOURS),
    ).toBeUndefined();
  });

  const instants = fc.integer({ min: at('2027-01-01T00:00Z'), max: at('2028-12-31T00:00Z') });

  it('is never past the last useful answer, never in the night, never shorter than promised', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 30 * DAY }),
        fc.integer({ min: 15, max: 24 * 60 }),
        (now, ahead, minutes) => {
          const latest = now + ahead;
          const expiry = offerExpiry(now, latest, minutes * MINUTE);
          if (expiry === undefined) return wakingTime(now, latest) < 15 * MINUTE;
          const { hour, minute, second, millisecond } = wall(expiry);
          const night = hour < 8 || hour > 21 || (hour === 21 && minute + second + millisecond > 0);
          return (
            expiry <= latest &&
            !night &&
            wakingTime(now, expiry) >= 15 * MINUTE &&
            wakingTime(now, expiry) <= minutes * MINUTE
          );
        },
      ),
    );
  });
});
