import { z } from '@hono/zod-openapi';
import { DateTime } from 'luxon';
import { instantsOnWall, toRfc3339 } from '../platform/clock.ts';
import type { Bilingual } from '../platform/problem.ts';
import { isTaxCode, normaliseTaxCode } from './tax-code.ts';

/**
 * The fields that many rooms take, each bounded in length and form: no request can carry more than
 * what is written here, and the OpenAPI document says so.
 */

/** Letters of any script with the signs that names carry; no figures, no control characters. */
const NAME = /^[\p{L}\p{M}][\p{L}\p{M} '’.-]*$/u;
/** International or local, with the separators people type. */
const PHONE = /^\+?[0-9][0-9 ()./-]{4,24}$/;

const name = (example: string) =>
  z.string().trim().min(1).max(100).regex(NAME).openapi({ example });

export const givenName = name('Maria');
export const familyName = name('Rossi');

/** Lower case, so that an address is found however it was typed. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email().max(254))
  .openapi({ type: 'string', format: 'email', maxLength: 254, example: 'maria.rossi@example.org' });

export const phone = z
  .string()
  .trim()
  .min(5)
  .max(26)
  .regex(PHONE)
  .openapi({ example: '+39 091 1234567' });

/** Codice fiscale, of sixteen characters or provisional of eleven; normalised to upper case. */
export const taxCode = z
  .string()
  .max(32)
  .transform(normaliseTaxCode)
  .refine(isTaxCode, {
    params: {
      words: {
        it: 'Il codice fiscale non è corretto: ricontrolla lettere e cifre.',
        en: 'The tax code is not correct: check its letters and figures.',
      },
    },
  })
  .openapi({
    type: 'string',
    minLength: 11,
    maxLength: 32,
    pattern: '^[0-9A-Za-z\\s]+$',
    example: 'RSSMRA80A01H501U',
  });

export const istatCode = z
  .string()
  .regex(/^[0-9]{6}$/)
  .min(6)
  .max(6)
  .openapi({ example: '082053' });

/** In lower case, as the database gives it back. */
export const uuid = z
  .uuid()
  .toLowerCase()
  .min(36)
  .max(36)
  .openapi({ example: '01890a5d-ac96-774b-bcce-b302099a8057' });

/** A day that exists, `YYYY-MM-DD`, of a year that PostgreSQL knows: there is no year 0. */
export const isoDate = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
  .min(10)
  .max(10)
  .refine((date) => date >= '0001' && DateTime.fromISO(date).isValid, {
    params: { words: { it: 'Questo giorno non esiste.', en: 'There is no such day.' } },
  })
  .openapi({ format: 'date', example: '2027-03-04' });

/** A rule over several fields, and what is said when it is broken. */
type Refinement<T> = [
  holds: (value: T) => boolean,
  otherwise: { path: string[]; params: { words: Bilingual } },
];

interface Days {
  readonly from: string;
  readonly to: string;
}

/** For `refine`: the last day is not before the first. */
export const daysInOrder: Refinement<Days> = [
  ({ from, to }) => from <= to,
  {
    path: ['to'],
    params: {
      words: { it: 'Viene prima del primo giorno.', en: 'It comes before the first day.' },
    },
  },
];

/** For `refine`: from the first day to the last, both included, at most so many. */
export const daysAtMost = (most: number): Refinement<Days> => [
  ({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 < most,
  {
    path: ['to'],
    params: {
      words: { it: `Al massimo ${most} giorni per volta.`, en: `At most ${most} days at a time.` },
    },
  },
];

/** Whether an instant is of a year from 1 to 9999 in UTC, which every store and reader can write. */
const isOfOurEra = (text: string) =>
  Date.parse('0001-01-01T00:00:00Z') <= Date.parse(text) &&
  Date.parse(text) <= Date.parse('9999-12-31T23:59:59.999Z');

/** An instant with its offset, RFC 3339. */
export const instant = z.iso
  .datetime({ offset: true })
  .max(35)
  .refine(isOfOurEra)
  .openapi({ format: 'date-time', example: '2027-03-04T09:00:00+01:00' });

/** RFC 3339 in capitals, with the seconds that people leave out before an offset. */
function inFull(text: string): string {
  return text.toUpperCase().replace(/(T[0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})$/, '$1:00$2');
}

const NO_SUCH_TIME = {
  it: 'Quest’ora non esiste: quel giorno l’orologio passa dalle 2:00 alle 3:00.',
  en: 'There is no such time: on that day clocks go from 2:00 to 3:00.',
};
const TWO_SUCH_TIMES = {
  it: 'Quest’ora si vive due volte: aggiungi +02:00 per la prima, +01:00 per la seconda.',
  en: 'This time comes twice: add +02:00 for the first, +01:00 for the second.',
};

/**
 * An instant with its offset, or a time on the wall clock of Rome without one; always given on as
 * the instant in UTC. A time that spring skips is refused, one that autumn repeats asks for its offset.
 */
export const localOrInstant = z
  .string()
  .max(35)
  .transform(inFull)
  .pipe(z.iso.datetime({ offset: true, local: true }))
  .transform((text, context) => {
    if (/(Z|[+-][0-9]{2}:?[0-9]{2})$/i.test(text)) return toRfc3339(Date.parse(text));
    const found = instantsOnWall(Date.parse(`${text}Z`));
    const [only] = found;
    if (only !== undefined && found.length === 1) return toRfc3339(only);
    const words = only === undefined ? NO_SUCH_TIME : TWO_SUCH_TIMES;
    context.addIssue({ code: 'custom', message: words.en, params: { words } });
    return z.NEVER;
  })
  .openapi({
    type: 'string',
    format: 'date-time',
    minLength: 16,
    maxLength: 35,
    example: '2027-03-04T09:00:00+01:00',
    description:
      'RFC 3339; without an offset it is read on the wall clock of Rome. A time skipped or lived twice when the clocks change is refused: give its offset.',
  });

export const latitude = z
  .number()
  .min(-90)
  .max(90)
  .openapi({ format: 'double', example: 38.11572 });
export const longitude = z
  .number()
  .min(-180)
  .max(180)
  .openapi({ format: 'double', example: 13.36143 });
