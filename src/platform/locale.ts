import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { parseAccept } from 'hono/utils/accept';

/** Languages people can read Sportello in; the first is the one used when none is asked for. */
export const LOCALES = ['it', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

const COOKIE = 'lingua';
const ONE_YEAR = 365 * 24 * 60 * 60;

export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

/** What a reader asked for, most deliberate first: `?lang=`, the remembered cookie, the browser. */
export function negotiateLocale(asked: {
  query?: string | undefined;
  cookie?: string | undefined;
  acceptLanguage?: string | undefined;
}): Locale {
  if (isLocale(asked.query)) return asked.query;
  if (isLocale(asked.cookie)) return asked.cookie;
  const preferred = parseAccept(asked.acceptLanguage ?? '')
    .filter(({ q }) => q > 0)
    .map(({ type }) => type.toLowerCase().split('-')[0])
    .find(isLocale);
  return preferred ?? LOCALES[0];
}

/**
 * Sets `c.get('locale')` and `Content-Language`. Only a deliberate `?lang=` is remembered in a
 * cookie: hono's own language detector would set one on every answer, and no answer could be cached.
 */
export const negotiatedLocale: MiddlewareHandler<{ Variables: { locale: Locale } }> = async (
  c,
  next,
) => {
  const query = c.req.query('lang');
  const locale = negotiateLocale({
    query,
    cookie: getCookie(c, COOKIE),
    acceptLanguage: c.req.header('accept-language'),
  });
  c.set('locale', locale);
  if (isLocale(query)) {
    setCookie(c, COOKIE, query, { path: '/', maxAge: ONE_YEAR, sameSite: 'Lax', httpOnly: true });
  }
  await next();
  c.res.headers.set('Content-Language', locale);
  c.res.headers.append('Vary', 'Accept-Language, Cookie');
};
