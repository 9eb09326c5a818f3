import { sql } from 'drizzle-orm';
import type { MiddlewareHandler } from 'hono';
import { preparedRows } from './database.ts';
import { type AppEnv, clientAddress, type Services } from './http.ts';
import { tooManyRequests } from './problem.ts';

const WINDOW_MS = 60_000;

/**
 * Counts a client's requests in a fixed window kept in the database, so that all processes and
 * isolates share it, and answers with the `RateLimit-*` headers. A count that cannot be kept lets
 * nobody through: the database is needed for everything else too.
 */
export function rateLimit(options: {
  readonly scope: string;
  readonly perMinute?: number;
}): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const services = c.get('services');
    const limit = options.perMinute ?? services.config.rateLimitPerMinute;
    const { hits, resetSeconds } = await hit(services, `${options.scope}:${clientAddress(c)}`);
    c.header('RateLimit-Limit', String(limit));
    c.header('RateLimit-Remaining', String(Math.max(0, limit - hits)));
    c.header('RateLimit-Reset', String(resetSeconds));
    if (hits > limit) throw tooManyRequests({ retryAfter: Math.max(1, resetSeconds) });
    await next();
  };
}

async function hit({ database, clock }: Services, client: string) {
  const now = clock.now();
  const [counted] = await preparedRows<{ hits: number; resets: number }>(
    database,
    sql`insert into rate_limit as r (client, hits, resets_at)
      values (${client}, 1, to_timestamp(${(now + WINDOW_MS) / 1000}::float8))
      on conflict (client) do update set
        hits = case when r.resets_at <= to_timestamp(${now / 1000}::float8) then 1 else r.hits + 1 end,
        resets_at = case when r.resets_at <= to_timestamp(${now / 1000}::float8) then excluded.resets_at else r.resets_at end
      returning hits, (extract(epoch from resets_at) * 1000)::float8 as resets`,
  );
  if (!counted) throw new Error('the request could not be counted');
  return { hits: counted.hits, resetSeconds: Math.ceil((counted.resets - now) / 1000) };
}
