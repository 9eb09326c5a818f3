import { describe, expect, it } from 'vitest';
import { fieldWords } from '../../src/platform/field-words.ts';
import * as fields from '../../src/reference/fields.ts';

const accepts = (field: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  field.safeParse(value).success;

describe('the fields people fill', () => {
  it('a name may carry accents, apostrophes, hyphens and any script, but no figures', () => {
    for (const name of [
      'Niccolò',
      "D'Angelo",
      'D’Angelo',
      'Anna-Maria',
      'فاطمة',
      'Олена',
      'De Luca',
    ]) {
      expect(accepts(fields.familyName, name), name).toBe(true);
    }
    for (const name of ['', '   ', 'R2D2', 'a'.repeat(101), '<b>', 'Anna\nBruno']) {
      expect(accepts(fields.familyName, name), name).toBe(false);
    }
  });

  it('an e-mail is kept in lower case and without the spaces around it', () => {
    expect(fields.email.parse('  Maria.Rossi@Example.ORG ')).toBe('maria.rossi@example.org');
    for (const bad of ['maria', 'maria@', '@example.org', `${'a'.repeat(250)}@example.org`]) {
      expect(accepts(fields.email, bad), bad).toBe(false);
    }
  });

  it('a phone number is taken the way people write it', () => {
    for (const good of [
      '+39 091 1234567',
      '3331234567',
      '091/1234567',
      '(091) 123.45.67'.slice(1),
    ]) {
      expect(accepts(fields.phone, good.replace(')', '')), good).toBe(true);
    }
    for (const bad of ['123', 'call me', '+', '0'.repeat(30)]) {
      expect(accepts(fields.phone, bad), bad).toBe(false);
    }
  });

  it('a codice fiscale comes out in upper case, and a wrong one is refused', () => {
    expect(fields.taxCode.parse(' rss mra 80a01 h501u ')).toBe('RSSMRA80A01H501U');
    expect(accepts(fields.taxCode, 'RSSMRA80A01H501X')).toBe(false);
  });

  it('a date must exist in the calendar', () => {
    expect(accepts(fields.isoDate, '2028-02-29')).toBe(true);
    for (const bad of [
      '2027-02-29',
      '2027-13-01',
      '2027-3-4',
      '04/03/2027',
      '0000-02-29',
      '2027-03-04T00:00:00Z',
    ]) {
      expect(accepts(fields.isoDate, bad), bad).toBe(false);
    }
  });

  it('an instant must say its offset', () => {
    expect(accepts(fields.instant, '2027-03-04T09:00:00+01:00')).toBe(true);
    expect(accepts(fields.instant, '2027-03-04T08:00:00Z')).toBe(true);
    expect(accepts(fields.instant, '2027-03-04T09:00:00')).toBe(false);
  });

  it('an instant is of the years 1 to 9999, whatever its offset', () => {
    expect(accepts(fields.instant, '0001-01-01T00:00:00Z')).toBe(true);
    expect(accepts(fields.instant, '0001-01-01T00:00:00+01:00')).toBe(false);
    expect(accepts(fields.instant, '9999-12-31T23:59:59-01:00')).toBe(false);
  });
});

describe('a time given without its offset', () => {
  const refusal = (text: string, locale: 'it' | 'en' = 'it') => {
    const { error } = fields.localOrInstant.safeParse(text);
    return error && fieldWords(error.issues[0]!, locale);
  };

  it('is read on the wall clock of Rome, winter and summer', () => {
    expect(fields.localOrInstant.parse('2027-03-26T09:00')).toBe('2027-03-26T08:00:00.000Z');
    expect(fields.localOrInstant.parse('2027-03-30T09:00:00')).toBe('2027-03-30T07:00:00.000Z');
  });

  it('is refused in the hour that spring skips, with the reason', () => {
    expect(refusal('2027-03-28T02:30')).toMatch(/non esiste/);
    expect(refusal('2027-03-28T02:00', 'en')).toMatch(/no such time/);
    expect(fields.localOrInstant.parse('2027-03-28T03:00')).toBe('2027-03-28T01:00:00.000Z');
    expect(fields.localOrInstant.parse('2027-03-28T01:59')).toBe('2027-03-28T00:59:00.000Z');
  });

  it('asks for the offset in the hour that autumn lives twice; with it there are two instants', () => {
    expect(refusal('2027-10-31T02:30')).toMatch(/\+02:00.*\+01:00/);
    expect(refusal('2027-10-31T02:00')).toMatch(/due volte/);
    expect(fields.localOrInstant.parse('2027-10-31T02:30:00+02:00')).toBe(
      '2027-10-31T00:30:00.000Z',
    );
    expect(fields.localOrInstant.parse('2027-10-31t02:30+01:00')).toBe('2027-10-31T01:30:00.000Z');
    expect(fields.localOrInstant.parse('2027-10-31T03:00')).toBe('2027-10-31T02:00:00.000Z');
  });

  it('what is no time at all is refused', () => {
    for (const bad of ['2027-13-01T09:00', '2027-02-30T09:00', 'domani', '2027-03-04', '']) {
      expect(accepts(fields.localOrInstant, bad), bad).toBe(false);
    }
  });
});
