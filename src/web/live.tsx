import type { Child } from 'hono/jsx';
import type { AppContext } from '../platform/http.ts';
import { asset } from './assets.ts';
import { LocaleContext } from './components/locale-context.tsx';

/** The script that keeps a part of the page up to date. */
export const liveScript = () => <script src={asset('live.js')} defer />;

/** A part of a page that renews itself from `href`, where JavaScript is on. */
export function Live(props: { href: string; every: number; children: Child }) {
  return (
    <div data-live={props.href} data-every={props.every}>
      {props.children}
    </div>
  );
}

/** The live part alone, or 304 when it is as the asker has it. */
export async function liveAnswer(c: AppContext, part: Child): Promise<Response> {
  const locale = c.get('locale');
  const html = String(
    await (<LocaleContext.Provider value={locale}>{part}</LocaleContext.Provider>),
  );
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(html));
  const tag = `"${[...new Uint8Array(digest).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
  const headers = { ETag: tag, 'Cache-Control': 'private, no-cache' };
  if (c.req.header('If-None-Match')?.includes(tag)) return c.body(null, 304, headers);
  return c.html(html, 200, headers);
}
