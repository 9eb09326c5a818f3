import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentsOf, smsText } from '../../src/notices/rules/sms.ts';
import { internationalNumber } from '../../src/reference/phone.ts';

test('a text of the telephone alphabet holds 160 characters in one part, 153 in each of several', () => {
  expect(segmentsOf('a'.repeat(160))).toEqual({ encoding: 'gsm-7', units: 160, count: 1 });
  expect(segmentsOf('a'.repeat(161))).toEqual({ encoding: 'gsm-7', units: 161, count: 2 });
  expect(segmentsOf('a'.repeat(306)).count).toBe(2);
  expect(segmentsOf('a'.repeat(307)).count).toBe(3);
});

test('the euro sign takes the room of two', () => {
  expect(segmentsOf('€'.repeat(80))).toMatchObject({ units: 160, count: 1 });
  expect(segmentsOf('€'.repeat(81)).count).toBe(2);
});

test('any other script holds 70 characters in one part, 67 in each of several', () => {
  expect(segmentsOf('Привіт'.repeat(11))).toEqual({ encoding: 'ucs-2', units: 66, count: 1 });
  expect(segmentsOf('م'.repeat(71))).toEqual({ encoding: 'ucs-2', units: 71, count: 2 });
  expect(segmentsOf('🙂'.repeat(35))).toMatchObject({ units: 70, count: 1 });
});

test('typographic signs do not turn an Italian text into another script', () => {
  const text = smsText('È confermato: l’appuntamento – «Primo colloquio» – è lunedì…');
  expect(text).toBe('E\' confermato: l\'appuntamento - "Primo colloquio" - è lunedì...');
  expect(segmentsOf(text).encoding).toBe('gsm-7');
});

test('no message takes more than six parts, and what fits is left whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), (typed) => {
      const text = smsText(typed);
      expect(segmentsOf(text).count).toBeLessThanOrEqual(6);
    }),
    { numRuns: 50 },
  );
  expect(smsText('a'.repeat(918))).toBe('a'.repeat(918));
  expect(smsText('a'.repeat(919))).toBe(`${'a'.repeat(915)}...`);
});

test('numbers are taken as people write them; without a country they are Italian', () => {
  expect(internationalNumber('333 123 45 67')).toBe('+393331234567');
  expect(internationalNumber('091/1234567')).toBe('+390911234567');
  expect(internationalNumber('0039 333 1234567')).toBe('+393331234567');
  expect(internationalNumber('+380 44 123 4567')).toBe('+380441234567');
  for (const wrong of ['', 'abc', '+0123456789', '12', '+1234567890123456'])
    expect(internationalNumber(wrong)).toBeUndefined();
});
