import { callOf } from '../../platform/call.ts';
import { createApi } from '../../platform/http.ts';
import { Problem } from '../../platform/problem.ts';
import { rateLimit } from '../../platform/rate-limit.ts';
import { sha256 } from '../../platform/secrets.ts';
import { readFeed } from '../actions/read-feed.ts';

/** What calendar programs ask for by themselves. */
export const feedPages = createApi();

export const FEED_PATH = '/calendari/operatore.ics';

feedPages.use(FEED_PATH, rateLimit({ scope: 'calendar', perMinute: 30 }));
feedPages.get(FEED_PATH, async (c) => {
  try {
    const text = await readFeed(callOf(c), credentials(c.req.header('authorization')));
    const tag = `"${await sha256(text)}"`;
    const headers = { ETag: tag, 'Cache-Control': 'private, no-cache' };
    if (c.req.header('if-none-match')?.includes(tag)) return c.body(null, 304, headers);
    return c.body(text, 200, { ...headers, 'Content-Type': 'text/calendar; charset=utf-8' });
  } catch (error) {
    // Calendar programs ask for name and password only when they are told to.
    if (error instanceof Problem && error.status === 401)
      c.header('WWW-Authenticate', 'Basic realm="Sportello", charset="UTF-8"');
    throw error;
  }
});

/** Name and password of the Basic scheme (RFC 7617). */
function credentials(header: string | undefined) {
  const encoded = header?.match(/^Basic ([A-Za-z0-9+/=]{1,400})$/i)?.[1];
  if (encoded === undefined) return undefined;
  try {
    const [username = '', ...rest] = atob(encoded).split(':');
    return { username: username.trim().toLowerCase(), password: rest.join(':') };
  } catch {
    return undefined;
  }
}
