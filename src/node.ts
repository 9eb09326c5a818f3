import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { deliverWebhooks } from './exchange/actions/deliver-webhooks.ts';
import { postFromNode } from './exchange/post-from-node.ts';
import { minutely } from './minutely.ts';
import { nightly } from './nightly.ts';
import { carriersOf } from './notices/carriers/carriers.ts';
import { startSending } from './notices/send-loop.ts';
import { systemCall } from './platform/call.ts';
import { systemClock } from './platform/clock.ts';
import { type Config, parseConfig } from './platform/config.ts';
import { describeError, postgresFault } from './platform/database.ts';
import type { Services } from './platform/http.ts';
import { newId } from './platform/ids.ts';
import { createLog } from './platform/log.ts';
import { type Connection, connectPostgres, PATIENCE } from './platform/postgres.ts';
import { createSecrets, newKey } from './platform/secrets.ts';
import { loadComuni } from './reference/load-comuni.ts';
import { useAssets } from './web/assets.ts';
import { compression } from './web/compression.ts';
import { readAssetManifest, serveAssets } from './web/serve-assets.ts';

/** What the build made: static files and their names. */
const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** How often the calendar is looked at: it grows by a day at midnight, wherever the clock stands. */
const HOUR = 3_600_000;
/** How often what lapses is looked at: holds, offers, deadlines. */
const HALF_MINUTE = 30_000;
const UNDEFINED_TABLE = '42P01';

async function openDatabase(config: Config): Promise<Connection> {
  if (config.databaseUrl !== undefined)
    return connectPostgres(config.databaseUrl, config.databasePool, PATIENCE);
  // The embedded database never reaches the Worker: only this entry imports it, and only when used.
  const [{ openEmbedded }, { migrateEmbedded }, { templateFor }] = await Promise.all([
    import('./platform/embedded.ts'),
    import('./platform/migrate.ts'),
    import('./embedded-template.ts'),
  ]);
  const embedded = await openEmbedded(config.dataDir, templateFor(config.dataDir));
  await migrateEmbedded(embedded.client);
  return embedded;
}

/** Keys of an embedded installation are made on its first start and kept beside its data. */
function localKeys(config: Config): { sessionKey: string; dataKey: string } {
  const { sessionKey, dataKey, dataDir } = config;
  if (sessionKey !== undefined && dataKey !== undefined) return { sessionKey, dataKey };
  const path = join(dataDir, 'keys.json');
  mkdirSync(dataDir, { recursive: true });
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as { sessionKey: string; dataKey: string };
    return { sessionKey: sessionKey ?? kept.sessionKey, dataKey: dataKey ?? kept.dataKey };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const made = { sessionKey: sessionKey ?? newKey(), dataKey: dataKey ?? newKey() };
    writeFileSync(path, JSON.stringify(made), { mode: 0o600 });
    return made;
  }
}

/** What must be in the database before anybody asks: comuni, demonstration data, days to come. */
async function prepare(services: Services): Promise<void> {
  const call = systemCall(services, 'start');
  await loadComuni(services.database);
  if (services.config.demo) {
    const { seedDemo } = await import('./demo/seed.ts');
    let told = '';
    await seedDemo(call, {
      seed: services.config.demoSeed,
      onProgress: (what, share) => {
        const line = `demo data: ${what}, ${Math.floor(share * 10) * 10} %`;
        if (line !== told) console.error(line);
        told = line;
      },
    });
  }
  await nightly(call);
}

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  const { sessionKey, dataKey } = localKeys(config);
  const connection = await openDatabase(config);
  const services: Services = {
    config,
    database: connection.database,
    clock: systemClock,
    ids: newId,
    secrets: await createSecrets(sessionKey, dataKey),
    log,
  };

  await prepare(services);
  const carriers = carriersOf(services);
  if (!carriers.email) log.warning('no SMTP_URL: e-mail waits unsent');
  const stopSending = startSending(services, carriers);

  useAssets(readAssetManifest(DIST));
  const app = createApp(services, serveAssets(DIST), compression);
  const server = serve(
    { fetch: app.fetch, port: config.port, hostname: config.host },
    (address) => {
      log.info('listening', { port: address.port });
      console.error(`Sportello: http://localhost:${address.port}/`);
    },
  );
  server.on('error', fail);
  const hourly = setInterval(() => {
    nightly(systemCall(services, 'nightly')).catch((error: unknown) =>
      log.error('the tasks of the day failed', { error: describeError(error) }),
    );
  }, HOUR);
  const post = postFromNode(config);
  let delivering: Promise<unknown> | undefined;
  let looking: Promise<void> | undefined;
  const halfMinutely = setInterval(() => {
    looking ??= minutely(systemCall(services, 'minutely')).finally(() => {
      looking = undefined;
    });
    // On its own: another system that answers slowly keeps nobody here waiting.
    delivering ??= deliverWebhooks(systemCall(services, 'webhooks'), post)
      .catch((error: unknown) =>
        log.error('events could not be delivered', { error: describeError(error) }),
      )
      .finally(() => {
        delivering = undefined;
      });
  }, HALF_MINUTE);

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    clearInterval(hourly);
    clearInterval(halfMinutely);
    server.close(async () => {
      await looking;
      await delivering;
      await stopSending();
      await connection.close();
      process.exit(0);
    });
    // Requests under way get ten seconds; idle keep-alive connections none.
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    setTimeout(() => process.exit(1), 10_000).unref();
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

/** Ends the process with one clear message; what a query carried is nobody's business. */
function fail(error: unknown): never {
  console.error(explained(error));
  process.exit(1);
}

function explained(error: unknown): string {
  const { name, code, message } = error as Error & { code?: string };
  if (name === 'ConfigError' || name === 'FolderInUse') return message;
  if (code === 'EADDRINUSE') return 'PORT: another process listens there already';
  if (postgresFault(error)?.code === UNDEFINED_TABLE) {
    return 'the database lacks tables: bring it to the newest schema with npm run migrate';
  }
  return describeError(error);
}

process.on('uncaughtException', fail);
main().catch(fail);
