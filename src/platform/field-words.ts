import { z } from 'zod';
import type { Locale } from './locale.ts';
import type { Bilingual } from './problem.ts';

const fallback = { it: z.locales.it().localeError, en: z.locales.en().localeError };

/** What is wrong with one field, in a sentence for whoever filled it in. */
export function fieldWords(issue: z.core.$ZodIssue, locale: Locale): string {
  const words = ownWords(issue)?.[locale] ?? wordsFor(issue, WORDS[locale]);
  if (words !== undefined) return words;
  const given = fallback[locale](issue as z.core.$ZodRawIssue);
  return (typeof given === 'string' ? given : given?.message) ?? issue.message;
}

/** What a field of ours says of its own refusal: `params: { words }` of a custom issue. */
function ownWords(issue: z.core.$ZodIssue): Bilingual | undefined {
  return issue.code === 'custom' ? (issue.params?.words as Bilingual | undefined) : undefined;
}

/** An empty text or a missing value: for a person both are a field left out. */
function isMissing(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'too_small') return issue.origin === 'string' && issue.minimum === 1;
  if (issue.code === 'invalid_type')
    return /undefined$/.test(issue.message) || issue.input === undefined;
  return false;
}

interface Words {
  readonly missing: string;
  readonly tooShort: (least: string) => string;
  readonly tooLong: (most: string) => string;
  readonly tooSmall: (least: string) => string;
  readonly tooLarge: (most: string) => string;
  readonly tooFew: (least: string) => string;
  readonly tooMany: (most: string) => string;
  readonly email: string;
  readonly uuid: string;
  readonly instant: string;
  readonly form: string;
  readonly choice: string;
  readonly unknown: (names: string) => string;
  readonly invalid: string;
}

const WORDS: Record<Locale, Words> = {
  it: {
    missing: 'Scrivi un valore: è obbligatorio.',
    tooShort: (least) => `Troppo corto: servono almeno ${least} caratteri.`,
    tooLong: (most) => `Troppo lungo: al massimo ${most} caratteri.`,
    tooSmall: (least) => `Il valore minimo è ${least}.`,
    tooLarge: (most) => `Il valore massimo è ${most}.`,
    tooFew: (least) => `Il minimo di voci è ${least}.`,
    tooMany: (most) => `Il massimo di voci è ${most}.`,
    email: 'Scrivi un indirizzo e-mail completo, come nome@esempio.it.',
    uuid: 'Qui va un identificativo (UUID), come quelli che il servizio restituisce.',
    instant: 'Scrivi giorno e ora come 2027-03-04T09:00:00+01:00.',
    form: 'Ci sono caratteri che qui non vanno: controlla come è scritto.',
    choice: 'Scegli uno dei valori proposti.',
    unknown: (names) => `Campi non previsti: ${names}.`,
    invalid: 'Il valore non è valido: controllalo.',
  },
  en: {
    missing: 'This field is required: fill it in.',
    tooShort: (least) => `Too short: at least ${least} characters are needed.`,
    tooLong: (most) => `Too long: at most ${most} characters.`,
    tooSmall: (least) => `The smallest value is ${least}.`,
    tooLarge: (most) => `The largest value is ${most}.`,
    tooFew: (least) => `The fewest entries are ${least}.`,
    tooMany: (most) => `The most entries are ${most}.`,
    email: 'Write a full e-mail address, like name@example.org.',
    uuid: 'An identifier (UUID) goes here, as the service gives them.',
    instant: 'Write day and time like 2027-03-04T09:00:00+01:00.',
    form: 'Some characters do not belong here: check how it is written.',
    choice: 'Choose one of the values proposed.',
    unknown: (names) => `Unknown fields: ${names}.`,
    invalid: 'The value is not valid: check it.',
  },
};

/** Formats that have a sentence of their own. */
const FORMATS = { email: 'email', uuid: 'uuid', datetime: 'instant' } as const;

/** Our own sentence for what people meet most; undefined leaves it to the library. */
function wordsFor(issue: z.core.$ZodIssue, words: Words): string | undefined {
  if (isMissing(issue)) return words.missing;
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return words.tooShort(String(issue.minimum));
      if (issue.origin === 'array') return words.tooFew(String(issue.minimum));
      return isNumber(issue.origin) ? words.tooSmall(String(issue.minimum)) : undefined;
    case 'too_big':
      if (issue.origin === 'string') return words.tooLong(String(issue.maximum));
      if (issue.origin === 'array') return words.tooMany(String(issue.maximum));
      return isNumber(issue.origin) ? words.tooLarge(String(issue.maximum)) : undefined;
    case 'invalid_format':
      return words[FORMATS[issue.format as keyof typeof FORMATS] ?? 'form'];
    case 'invalid_value':
      return words.choice;
    case 'unrecognized_keys':
      return words.unknown(issue.keys.join(', '));
    case 'custom':
      return issue.message === 'Invalid input' ? words.invalid : issue.message;
    default:
      return undefined;
  }
}

function isNumber(origin: string): boolean {
  return origin === 'number' || origin === 'int';
}
