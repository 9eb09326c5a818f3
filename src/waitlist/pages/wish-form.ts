import { z } from 'zod';
import { dayOf, type Instant, wall } from '../../platform/clock.ts';
import type { Locale } from '../../platform/locale.ts';
import { isoDate } from '../../reference/fields.ts';
import { zodErrors } from '../../web/form.ts';
import type { Wish } from '../entry.ts';
import { DAY_PARTS } from '../rules/fit.ts';
import { waitlistStrings } from '../strings.ts';

/** Radii that may be chosen, in kilometres. */
export const RADII = [0, 10, 20, 30, 50, 100] as const;

/** Days ahead that a wish reaches unless told otherwise. */
const USUAL_DAYS = 45;

/** One ticked box comes as a text, several as a list. */
const list = <S extends z.ZodType>(one: S) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(one),
  );

const form = z.object({
  dal: isoDate,
  al: isoDate,
  giorni: list(z.coerce.number().int().min(1).max(7)),
  momenti: list(z.enum(DAY_PARTS)),
});

export type When = Omit<Wish, 'officeIds'>;

/** When somebody could come, as they ticked it; one sentence for each field to be put right. */
export function parseWhen(
  values: Record<string, unknown>,
  now: Instant,
  locale: Locale,
): { readonly when: When } | { readonly errors: Record<string, string> } {
  const parsed = form.safeParse(values);
  if (!parsed.success) return { errors: zodErrors(parsed.error, locale) };
  const { dal, al, giorni, momenti } = parsed.data;
  const t = waitlistStrings(locale);
  if (al < dal || al < dayOf(now)) return { errors: { al: t('dates') } };
  if (giorni.length === 0) return { errors: { giorni: t('pickOne') } };
  if (momenti.length === 0) return { errors: { momenti: t('pickOne') } };
  return { when: { fromDay: dal, toDay: al, weekdays: giorni, parts: momenti } };
}

/** Any working day of the coming weeks. */
export function usualValues(now: Instant): Record<string, string | string[]> {
  return {
    dal: dayOf(now),
    al: wall(now).plus({ days: USUAL_DAYS }).toISODate() as string,
    giorni: ['1', '2', '3', '4', '5'],
    momenti: [...DAY_PARTS],
  };
}

/** A wish as the fields of its form. */
export function wishValues(wish: Wish): Record<string, string | string[]> {
  return {
    dal: wish.fromDay,
    al: wish.toDay,
    giorni: wish.weekdays.map(String),
    momenti: [...wish.parts],
  };
}
