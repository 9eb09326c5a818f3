import type { Locale } from './locale.ts';
import { type Bilingual, type FieldFault, notFound, type Problem } from './problem.ts';

/** What several rooms find wrong with a field once they have looked further than its form. */
const WORDS = {
  required: {
    it: 'Scrivi un valore: qui è obbligatorio.',
    en: 'This field is required here: fill it in.',
  },
  unknown: { it: 'Qui non c’è nulla con questo valore.', en: 'There is nothing with this value.' },
  unknownComune: {
    it: 'Nessun comune ha questo codice Istat.',
    en: 'No comune has this ISTAT code.',
  },
  unknownCategory: { it: 'Categoria sconosciuta.', en: 'Unknown category.' },
  past: { it: 'È già passato.', en: 'It has passed already.' },
  tooLong: { it: 'Il periodo è troppo lungo.', en: 'The period is too long.' },
  backwards: { it: 'Viene prima dell’inizio.', en: 'It comes before the beginning.' },
} satisfies Record<string, Bilingual>;

/** A fault in the words of whoever asked. */
export function fault(pointer: string, kind: keyof typeof WORDS, locale: Locale): FieldFault {
  return { pointer, detail: WORDS[kind][locale] };
}

/**
 * The request names something that is not there, or not for this caller.
 * @param named what was found of each, by its pointer; nothing where there is none
 */
export function unknownAmong(locale: Locale, named: Readonly<Record<string, unknown>>): Problem {
  const pointers = Object.keys(named).filter((pointer) => named[pointer] === undefined);
  return notFound({
    detail: {
      it: 'La richiesta nomina qualcosa che non esiste, o che non è visibile a chi la fa: vedi «errors».',
      en: 'The request names something that does not exist, or is not visible to whoever asks: see “errors”.',
    },
    errors: pointers.map((pointer) =>
      fault(pointer, pointer.endsWith('comune') ? 'unknownComune' : 'unknown', locale),
    ),
  });
}
