import manifest from '../dist/asset-manifest.json';
import { createApp } from './app.ts';
import { deliverWebhooks } from './exchange/actions/deliver-webhooks.ts';
import { postByFetch } from './exchange/post.ts';
import { minutely } from './minutely.ts';
import { nightly } from './nightly.ts';
import { sendAllDue } from './notices/actions/send-due.ts';
import { carriersOf } from './notices/carriers/carriers.ts';
import { systemCall } from './platform/call.ts';
import { systemClock } from './platform/clock.ts';
import { ConfigError, parseConfig } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import type { Services } from './platform/http.ts';
import { newId } from './platform/ids.ts';
import { createLog } from './platform/log.ts';
import { connectPostgres } from './platform/postgres.ts';
import { createSecrets } from './platform/secrets.ts';
import { useAssets } from './web/assets.ts';

/** Bindings and variables of `wrangler.toml`; what is a string there is configuration. */
interface Env {
  readonly HYPERDRIVE: { readonly connectionString: string };
  readonly [name: string]: unknown;
}

interface Context {
  waitUntil(promise: Promise<unknown>): void;
}

/** A Worker may hold six connections open at once; a request needs few, and never waits for others. */
const CONNECTIONS = 5;
/** The schedule of `wrangler.toml` on which the calendar grows; every other one settles what lapsed and sends messages. */
const NIGHTLY = '10 1 * * *';
/** Stop taking new batches of messages then: the next run goes on. */
const SENDING_MS = 25_000;

/** What an isolate makes once and keeps: its environment does not change while it lives. */
interface Foundation {
  readonly services: Omit<Services, 'database'>;
  readonly app: ReturnType<typeof createApp>;
}

let foundation: Promise<Foundation> | undefined;

async function lay(env: Env): Promise<Foundation> {
  const variables = Object.entries(env).filter((entry) => typeof entry[1] === 'string');
  const config = parseConfig(Object.fromEntries(variables) as Record<string, string>);
  const { sessionKey, dataKey } = config;
  // There is no folder to keep keys in, and keys made anew would lock everybody out.
  if (sessionKey === undefined) throw new ConfigError('bad configuration: SESSION_KEY: required');
  if (dataKey === undefined) throw new ConfigError('bad configuration: DATA_KEY: required');
  useAssets(manifest);
  const services = {
    config,
    clock: systemClock,
    ids: newId,
    secrets: await createSecrets(sessionKey, dataKey),
    log: createLog(config.logLevel),
  };
  return {
    services,
    app: createApp({ ...services, database: (c) => (c.env as RequestEnv).database }),
  };
}

/** What a request brings along: connections cannot outlive the request that opened them. */
type RequestEnv = Pick<Services, 'database'>;

async function withDatabase<T>(
  env: Env,
  context: Context,
  work: (foundation: Foundation, database: Database) => Promise<T>,
): Promise<T> {
  foundation ??= lay(env);
  const ground = await foundation;
  const { database, close } = connectPostgres(env.HYPERDRIVE.connectionString, CONNECTIONS);
  try {
    return await work(ground, database);
  } finally {
    context.waitUntil(close());
  }
}

export default {
  fetch(request: Request, env: Env, context: Context): Promise<Response> {
    return withDatabase(env, context, async ({ app }, database) =>
      app.fetch(request, { database } satisfies RequestEnv),
    );
  },

  scheduled({ cron }: { readonly cron: string }, env: Env, context: Context): Promise<void> {
    return withDatabase(env, context, async ({ services }, database) => {
      const world = { ...services, database };
      if (cron === NIGHTLY) await nightly(systemCall(world, 'nightly'));
      else {
        await minutely(systemCall(world, 'minutely'));
        await Promise.all([
          send(world),
          deliverWebhooks(
            systemCall(world, 'webhooks'),
            postByFetch,
            world.clock.now() + SENDING_MS,
          ),
        ]);
      }
    });
  },
};

async function send(services: Services): Promise<void> {
  const call = systemCall(services, 'send-notices');
  const carriers = carriersOf(services);
  if (!carriers.email) call.log.warning('no SMTP_URL: e-mail waits unsent');
  await sendAllDue(call, carriers, call.clock.now() + SENDING_MS);
}
