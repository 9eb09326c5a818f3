import { and, eq, sql } from 'drizzle-orm';
import type { MiddlewareHandler } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import { actorId } from './actor.ts';
import { type AppEnv, clientAddress } from './http.ts';
import { defineProblem, malformed } from './problem.ts';
import { fromBase64, type Secrets, sha256 } from './secrets.ts';
import { idempotencyKey } from './table.ts';

const keyReused = defineProblem({
  slug: 'idempotency-key-reused',
  status: 422,
  title: { it: 'Chiave di idempotenza già usata', en: 'Idempotency key already used' },
  explanation: {
    it: 'La stessa «Idempotency-Key» ha accompagnato una richiesta diversa. Usa una chiave nuova per ogni richiesta nuova.',
    en: 'The same Idempotency-Key came with a different request. Use a new key for each new request.',
  },
});

const stillRunning = defineProblem({
  slug: 'idempotent-request-running',
  status: 409,
  title: { it: 'Richiesta già in corso', en: 'Request already running' },
  explanation: {
    it: 'La prima richiesta con questa chiave non è ancora terminata. Attendi e ripeti con la stessa chiave.',
    en: 'The first request with this key has not finished yet. Wait and repeat with the same key.',
  },
});

/** How long an unanswered key blocks its retries: after it, the first attempt counts as dead. */
const ABANDONED_MS = 30_000;
const REPLAYED_HEADERS = ['location', 'etag', 'content-type'];

/**
 * Makes a write repeatable: with an `Idempotency-Key`, the first answer below 500 is kept and given
 * again to every retry, and the same key with another request is refused. Sits outside the action:
 * a crash between the action's commit and the keeping of its answer leaves the key open. The retry
 * then makes its thing under the same `repeatableId`, and finds what the first one wrote; where a
 * thing has no such id it meets the database's own uniqueness, never a second write.
 */
export const idempotent: MiddlewareHandler<AppEnv> = async (c, next) => {
  const key = c.req.header('idempotency-key');
  if (key === undefined || c.req.method === 'GET' || c.req.method === 'HEAD') return next();
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw malformed({
      errors: [{ pointer: '/Idempotency-Key', detail: '1–128 printable ASCII characters' }],
    });
  }
  const { database, clock, secrets } = c.get('services');
  const body = await c.req.raw.clone().text();
  const scope = await secrets.index(actorId(c.get('actor')) ?? clientAddress(c));
  const requestHash = await sha256(`${c.req.method} ${c.req.path}\n${body}`);
  const now = clock.now();
  const mine = and(eq(idempotencyKey.scope, scope), eq(idempotencyKey.key, key));

  const claimed = await database
    .insert(idempotencyKey)
    .values({ scope, key, requestHash, createdAt: now })
    .onConflictDoUpdate({
      target: [idempotencyKey.scope, idempotencyKey.key],
      set: { createdAt: now },
      setWhere: and(
        sql`${idempotencyKey.status} is null`,
        eq(idempotencyKey.requestHash, requestHash),
        sql`${idempotencyKey.createdAt} < ${new Date(now - ABANDONED_MS).toISOString()}::timestamptz`,
      )!,
    })
    .returning({ key: idempotencyKey.key });

  if (claimed.length === 0) {
    const [kept] = await database.select().from(idempotencyKey).where(mine);
    if (kept && kept.requestHash !== requestHash) throw keyReused();
    if (!kept || kept.status === null) throw stillRunning({ retryAfter: 2 });
    return c.newResponse(kept.body, kept.status as StatusCode, {
      ...kept.headers,
      'Idempotency-Replayed': 'true',
    });
  }

  c.set('repeatableId', await idOf(secrets, `${scope}\n${key}\n${requestHash}`));
  await next();
  const answer = c.res;
  if (answer.status >= 500 || answer.status === 429) {
    await database.delete(idempotencyKey).where(mine);
    return;
  }
  const headers: Record<string, string> = {};
  for (const name of REPLAYED_HEADERS) {
    const value = answer.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const text = await answer.clone().text();
  await database
    .update(idempotencyKey)
    .set({ status: answer.status, headers, body: text === '' ? null : text })
    .where(mine);
};

/** The same id for the same request, however often and wherever it arrives (UUIDv8, RFC 9562). */
async function idOf(secrets: Secrets, request: string): Promise<string> {
  const bytes = fromBase64(await secrets.index(`idempotent:${request}`)).subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
