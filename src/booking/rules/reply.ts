import type { Instant } from '../../platform/clock.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Answer, AppointmentState } from '../table.ts';
import { normaliseCode } from './code.ts';
import { isImposed, judgeCancellation } from './lifecycle.ts';

/** What somebody wrote back to a text message of ours. */
export interface Reply {
  /** Undefined when it is none of the words that are understood. */
  readonly word: 'cancel' | 'confirm' | undefined;
  /** The booking code that follows the word, if any. */
  readonly code: string | undefined;
  /** The language of the word. */
  readonly locale: Locale;
}

const WORDS: Readonly<Record<string, readonly [Reply['word'], Locale]>> = {
  ANNULLA: ['cancel', 'it'],
  ANNULLARE: ['cancel', 'it'],
  ANNULLO: ['cancel', 'it'],
  DISDICO: ['cancel', 'it'],
  DISDETTA: ['cancel', 'it'],
  CANCEL: ['cancel', 'en'],
  CONFERMO: ['confirm', 'it'],
  CONFERMA: ['confirm', 'it'],
  CONFIRM: ['confirm', 'en'],
};

/**
 * A word alone, or a word and a booking code, in any spelling of either. Whatever else stands in the
 * message makes it not understood: “annulla quello di lunedì” cancels nothing.
 */
export function readReply(text: string): Reply {
  const [first = '', ...rest] = text
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const [word, locale] = WORDS[first] ?? [undefined, 'it'];
  const code = rest.length === 0 ? undefined : normaliseCode(rest.join(''));
  const understood = code === undefined || /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code);
  return understood ? { word, code, locale } : { word: undefined, code: undefined, locale };
}

/** The appointment that a message is about, as far as an answer depends on it. */
interface Told {
  readonly code: string;
  readonly state: AppointmentState;
  readonly startsAt: Instant;
  readonly origin: string;
}

/**
 * What a reply comes to, among the appointments that its number was written to about: one word cancels
 * only where one appointment alone can be meant, and a date that the office imposed stays.
 * `cancelled` is still to be done.
 */
export function judgeReply<T extends Told>(
  { word, code }: Reply,
  told: readonly T[],
  now: Instant,
): { readonly answer: Answer; readonly about?: T } {
  if (word === undefined) return { answer: 'not-understood' };
  const standing = told.filter((one) => judgeCancellation(one, now).kind === 'allowed');
  const meant = code === undefined ? standing : told.filter((one) => one.code === code);
  const [about] = meant;
  if (!about) return { answer: code === undefined ? 'none' : 'code-unknown' };
  if (meant.length > 1) return { answer: 'which' };
  const verdict = judgeCancellation(about, now).kind;
  if (verdict === 'already-cancelled') return { answer: 'cancelled-already', about };
  if (verdict !== 'allowed') return { answer: 'closed', about };
  if (word === 'confirm')
    return { answer: about.state === 'confirmed' ? 'confirmed' : 'closed', about };
  return { answer: isImposed(about) ? 'imposed' : 'cancelled', about };
}
