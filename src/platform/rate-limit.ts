import { sql } from 'drizzle-orm';
import type { MiddlewareHandler } from 'hono';
import type { Instant } from './clock.ts';
import { type Database, perDatabase, preparedRows } from './database.ts';
import { type AppEnv, clientAddress, type Services } from './http.ts';
import { tooManyRequests } from './problem.ts';
import { sharing } from './sharing.ts';

const WINDOW_MS = 60_000;
/** The longest wait that insisting leads to. Ours. */
const LONGEST_MS = 15 * 60_000;

/**
 * Counts a client's requests in a window kept in the database, so that all processes and isolates
 * share it, and answers with the `RateLimit-*` headers. Whoever goes on asking while refused waits
 * longer: the window doubles with every further tenth of the limit, up to {@link LONGEST_MS}. A count
 * that cannot be kept lets nobody through: the database is needed for everything else too; one that
 * was tampered with opens at most one new window, and never closes for longer than the longest.
 */
export function rateLimit(options: {
  readonly scope: string;
  readonly perMinute?: number;
}): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const services = c.get('services');
    const limit = options.perMinute ?? services.config.rateLimitPerMinute;
    const { hits, resetSeconds } = await hit(
      services,
      `${options.scope}:${clientAddress(c)}`,
      limit,
    );
    c.header('RateLimit-Limit', String(limit));
    c.header('RateLimit-Remaining', String(Math.max(0, limit - hits)));
    c.header('RateLimit-Reset', String(resetSeconds));
    if (hits > limit) throw tooManyRequests({ retryAfter: Math.max(1, resetSeconds) });
    await next();
  };
}

interface Counted {
  readonly hits: number;
  readonly resets: number;
}

/** Requests that one client makes at one moment are counted together: they would wait for one row. */
const together = perDatabase(() => sharing<Counted>());

async function hit({ database, clock }: Services, client: string, limit: number) {
  const { answer, of, place } = await together(database)(client, (many) =>
    count(database, { client, many, limit, now: clock.now() }),
  );
  return {
    hits: answer.hits - of + place,
    resetSeconds: Math.ceil((answer.resets - clock.now()) / 1000),
  };
}

async function count(
  database: Database,
  { client, many, limit, now }: { client: string; many: number; limit: number; now: Instant },
): Promise<Counted> {
  const at = (instant: number) => sql`to_timestamp(${instant / 1000}::float8)`;
  // Refusals that double the wait once more: a page that asks for many things at once is spared.
  const step = Math.max(5, Math.ceil(limit / 10));
  const over = sql`r.resets_at <= ${at(now)}`;
  // Whatever a count was corrupted to, it can go on counting.
  const before = sql`least(r.hits, 1000000000)`;
  const doublings = sql`least(10, greatest(0, (${before} + ${many}::int - 1 - ${limit}::int) / ${step}::int))`;
  const [counted] = await preparedRows<Counted>(
    database,
    sql`insert into rate_limit as r (client, hits, resets_at) values (${client}, ${many}::int, ${at(now + WINDOW_MS)})
      on conflict (client) do update set
        hits = case when ${over} then excluded.hits else ${before} + excluded.hits end,
        resets_at = case when ${over} then excluded.resets_at else least(${at(now + LONGEST_MS)},
          case when ${doublings} = 0 then r.resets_at
            else greatest(r.resets_at, ${at(now)} + ${WINDOW_MS / 1000}::float8 * power(2, ${doublings}) * interval '1 second')
          end) end
      returning hits, (extract(epoch from resets_at) * 1000)::float8 as resets`,
  );
  if (!counted) throw new Error('the request could not be counted');
  return counted;
}
