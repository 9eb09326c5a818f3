import { createContext, useContext } from 'hono/jsx';
import type { Locale } from '../../platform/locale.ts';

/** Set by `page()`, so that components speak the reader's language without being told each time. */
export const LocaleContext = createContext<Locale>('it');

export function useLocale(): Locale {
  return useContext(LocaleContext);
}
