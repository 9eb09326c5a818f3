import postgres from 'postgres';
import { type Call, systemCall } from '../../src/platform/call.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { parseConfig } from '../../src/platform/config.ts';
import type { Services } from '../../src/platform/http.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { migrateServer } from '../../src/platform/migrate.ts';
import { connectPostgres } from '../../src/platform/postgres.ts';
import { createSecrets } from '../../src/platform/secrets.ts';
import { loadComuni } from '../../src/reference/load-comuni.ts';
import type { PostgresServer } from '../../test/support/postgres.ts';
import { startServer } from '../../test/support/server.ts';

/** A filled database and the service in a process of its own. */
export interface World {
  readonly services: Services;
  /** Where the service answers. */
  readonly url: string;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

const KEYS = { SESSION_KEY: 's'.repeat(43), DATA_KEY: 'd'.repeat(43) };

/** A new database `name` on the server, filled by `fill`, and the service on it. */
export async function openWorld(
  server: PostgresServer,
  name: string,
  fill: (call: Call) => Promise<void>,
): Promise<World> {
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  await admin.end();
  const databaseUrl = server.url.replace(/\/postgres$/, `/${name}`);
  await migrateServer(databaseUrl);

  const config = parseConfig({ ...KEYS, NODE_ENV: 'test', DATABASE_URL: databaseUrl });
  const connection = connectPostgres(databaseUrl, 1);
  const services: Services = {
    config,
    database: connection.database,
    clock: systemClock,
    ids: newId,
    secrets: await createSecrets(KEYS.SESSION_KEY, KEYS.DATA_KEY),
    log: createLog('error'),
  };
  await loadComuni(connection.database);
  await fill(systemCall(services, 'bench'));

  const service = await startServer({
    ...KEYS,
    DATABASE_URL: databaseUrl,
    RATE_LIMIT_PER_MINUTE: '1000000',
  });
  return {
    services,
    url: service.url,
    databaseUrl,
    async close() {
      await service.stop();
      await connection.close();
    },
  };
}
