import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { negotiatedLocale, negotiateLocale } from '../../src/platform/locale.ts';

describe('the language of a reader', () => {
  it('is the one asked for, then the one remembered, then the browser’s', () => {
    const all = { query: 'en', cookie: 'it', acceptLanguage: 'it' };
    expect(negotiateLocale(all)).toBe('en');
    expect(negotiateLocale({ ...all, query: undefined })).toBe('it');
    expect(negotiateLocale({ acceptLanguage: 'fr-FR, en-GB;q=0.8, it;q=0.5' })).toBe('en');
  });

  it('is Italian when nothing fits', () => {
    expect(negotiateLocale({})).toBe('it');
    expect(negotiateLocale({ query: 'xx', cookie: '', acceptLanguage: 'de, en;q=0' })).toBe('it');
  });

  it('is remembered only when it was chosen', async () => {
    const app = new Hono<{ Variables: { locale: 'it' | 'en' } }>();
    app.get('/', negotiatedLocale, (c) => c.text(c.get('locale')));
    const chosen = await app.request('/?lang=en');
    expect(chosen.headers.get('set-cookie')).toMatch(/^lingua=en;/);
    expect(chosen.headers.get('content-language')).toBe('en');
    const detected = await app.request('/', { headers: { 'Accept-Language': 'en' } });
    expect(await detected.text()).toBe('en');
    expect(detected.headers.get('set-cookie')).toBeNull();
    const remembered = await app.request('/', { headers: { Cookie: 'lingua=en' } });
    expect(await remembered.text()).toBe('en');
  });
});
