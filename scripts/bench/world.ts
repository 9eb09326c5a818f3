import postgres from 'postgres';
import { systemCall } from '../../src/platform/call.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { parseConfig } from '../../src/platform/config.ts';
import type { Services } from '../../src/platform/http.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { migrateServer } from '../../src/platform/migrate.ts';
import { connectPostgres } from '../../src/platform/postgres.ts';
import { createSecrets } from '../../src/platform/secrets.ts';
import { loadComuni } from '../../src/reference/load-comuni.ts';
import { type PostgresServer, startPostgres } from '../../test/support/postgres.ts';
import { startServer } from '../../test/support/server.ts';
import { writeNetwork } from './network.ts';

/** The filled region, its database and the service in a process of its own. */
export interface World {
  readonly services: Services;
  /** Where the service answers. */
  readonly url: string;
  readonly databaseUrl: string;
  /** How many appointments there are from the start. */
  readonly taken: number;
  close(): Promise<void>;
}

const KEYS = { SESSION_KEY: 's'.repeat(43), DATA_KEY: 'd'.repeat(43) };

export async function openWorld(): Promise<World> {
  const server = await startPostgres();
  try {
    return await fill(server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function fill(server: PostgresServer): Promise<World> {
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin.unsafe('create database bench');
  await admin.end();
  const databaseUrl = server.url.replace(/\/postgres$/, '/bench');
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
  const { taken } = await writeNetwork(systemCall(services, 'bench'));

  const service = await startServer({
    ...KEYS,
    DATABASE_URL: databaseUrl,
    RATE_LIMIT_PER_MINUTE: '1000000',
  });
  return {
    services,
    url: service.url,
    databaseUrl,
    taken,
    async close() {
      await service.stop();
      await connection.close();
      await server.stop();
    },
  };
}
