import type { FormatterModule } from 'i18next';
import i18next from 'i18next';
import type { Locale } from '../platform/locale.ts';
import { LOCALES } from '../platform/locale.ts';
import { formatNumber } from './format.ts';

// Numbers among the values are written the reader's way: 1.234 posti, 1,234 places.
const localNumbers: FormatterModule = {
  type: 'formatter',
  init() {},
  add() {},
  addCached() {},
  format: (value: unknown, _format, language) =>
    typeof value === 'number' ? formatNumber(value, language as Locale) : String(value ?? ''),
};

// One instance for the whole application. Rooms add their texts to it as their modules load, so it
// must be ready at once: everything is in memory and nothing is fetched.
const dictionary = i18next.createInstance().use(localNumbers);
void dictionary.init({
  initAsync: false,
  lng: LOCALES[0],
  supportedLngs: [...LOCALES],
  fallbackLng: LOCALES[0],
  keySeparator: false,
  nsSeparator: false,
  resources: {},
  // hono/jsx escapes whatever it prints; escaping here as well would show &amp; to people.
  interpolation: { escapeValue: false, alwaysFormat: true },
});

type PluralSuffix = '_one' | '_other';
type Key<Texts> = {
  [K in keyof Texts & string]: K extends `${infer Base}${PluralSuffix}` ? Base : K;
}[keyof Texts & string];

type Placeholders<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** Names that the Italian text of `K` (or of its plural forms) wants filled. */
type Names<Texts, K extends string> = K extends keyof Texts
  ? Placeholders<Texts[K]>
  :
      | 'count'
      | Placeholders<Texts[Extract<keyof Texts, `${K}_one`>]>
      | Placeholders<Texts[Extract<keyof Texts, `${K}_other`>]>;

type Values<Texts, K extends string> = [Names<Texts, K>] extends [never]
  ? []
  : [values: { [N in Names<Texts, K>]: N extends 'count' ? number : string | number }];

/** Text lookup of one namespace in one language. Numbers among the values are written the locale's way. */
export type Translate<Texts> = <K extends Key<Texts>>(
  key: K,
  ...values: Values<Texts, K>
) => string;

/**
 * Texts of one room in every language: `defineStrings('booking', { it: {…}, en: {…} })`.
 * Placeholders are `{{name}}`; plurals are two keys, `slots_one` and `slots_other`, asked for as
 * `t('slots', { count })`. Both languages must have the same keys, or the compiler objects.
 */
export function defineStrings<const Texts extends Record<string, string>>(
  namespace: string,
  texts: { it: Texts; en: { [K in keyof Texts]: string } },
): (locale: Locale) => Translate<Texts> {
  // Two rooms that share a name would silently say each other's words.
  if (dictionary.hasResourceBundle(LOCALES[0], namespace)) {
    throw new Error(`strings ${namespace} defined twice`);
  }
  const lookups = {} as Record<Locale, Translate<Texts>>;
  for (const locale of LOCALES) {
    dictionary.addResourceBundle(locale, namespace, withItalianMillions(texts[locale]));
    const t = dictionary.getFixedT(locale, namespace);
    lookups[locale] = ((key: string, values?: object) => t(key, { ...values })) as never;
  }
  return (locale) => lookups[locale];
}

/** Italian has a third plural, "many", for round millions: here it always reads like "other". */
function withItalianMillions(texts: Record<string, string>): Record<string, string> {
  const others = Object.entries(texts).filter(([key]) => key.endsWith('_other'));
  const many = others.map(([key, text]) => [key.replace(/_other$/, '_many'), text]);
  return { ...Object.fromEntries(many), ...texts };
}
