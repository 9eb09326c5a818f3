import { describe, expect, it } from 'vitest';
import { defineStrings } from '../../src/web/strings.ts';

const strings = defineStrings('strings-test', {
  it: {
    greeting: 'Ciao {{name}}',
    seats_one: '{{count}} posto a {{where}}',
    seats_other: '{{count}} posti a {{where}}',
    sentence: 'Attenzione: si chiude. Alle 12',
  },
  en: {
    greeting: 'Hello {{name}}',
    seats_one: '{{count}} seat in {{where}}',
    seats_other: '{{count}} seats in {{where}}',
    sentence: 'Attention: closing. At 12',
  },
});

describe('texts in two languages', () => {
  it('are read in the language asked for', () => {
    expect(strings('it')('greeting', { name: 'Anna' })).toBe('Ciao Anna');
    expect(strings('en')('greeting', { name: 'Anna' })).toBe('Hello Anna');
  });

  it('leave escaping to the page', () => {
    expect(strings('it')('greeting', { name: '<b>&' })).toBe('Ciao <b>&');
  });

  it('say one and many, with numbers written the reader’s way', () => {
    const it = strings('it');
    expect(it('seats', { count: 1, where: 'Enna' })).toBe('1 posto a Enna');
    expect(it('seats', { count: 0, where: 'Enna' })).toBe('0 posti a Enna');
    expect(it('seats', { count: 12_345, where: 'Enna' })).toBe('12.345 posti a Enna');
    expect(strings('en')('seats', { count: 12_345, where: 'Enna' })).toBe('12,345 seats in Enna');
  });

  it('know the Italian plural of round millions', () => {
    expect(strings('it')('seats', { count: 1_000_000, where: 'Enna' })).toBe(
      '1.000.000 posti a Enna',
    );
  });

  it('may hold full stops and colons', () => {
    expect(strings('it')('sentence')).toBe('Attenzione: si chiude. Alle 12');
  });

  it('do not take what a person typed for an instruction', () => {
    const typed = '{{count}} $t(sentence)';
    expect(strings('it')('greeting', { name: typed })).toBe(`Ciao ${typed}`);
  });

  it('refuse, when compiling, a key or a value that does not exist', () => {
    const t = strings('it');
    // @ts-expect-error no such key
    expect(t('nothing')).toBe('nothing');
    // @ts-expect-error the name is missing
    t('greeting');
    defineStrings('strings-test-incomplete', {
      it: { both: 'tutti e due', one: 'uno' },
      // @ts-expect-error English lacks a key
      en: { both: 'both' },
    });
  });
});
