import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrateServer } from '../../src/platform/migrate.ts';
import { connectPostgres } from '../../src/platform/postgres.ts';
import { loadComuni } from '../../src/reference/load-comuni.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL, or null where none could be started. */
    postgres: string | null;
  }
}

/** The database that {@link ./database.ts freshDatabase} copies: newest schema, every comune. */
export const TEMPLATE = 'sportello_template';

export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const server = await startPostgres().catch((error: Error) => {
    if (process.env.CI) throw error;
    console.error(`
  !!  NO POSTGRESQL: whatever needs a real server (races, faults, the Worker) IS NOT BEING TESTED.
  !!  ${error.message.replaceAll('\n', '\n  !!  ')}
`);
    return undefined;
  });
  project.provide('postgres', server?.url ?? null);
  if (!server) return undefined;

  console.error(`tests run against PostgreSQL ${server.version}`);
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${TEMPLATE}`);
  await admin.end();
  const url = server.url.replace(/\/postgres$/, `/${TEMPLATE}`);
  await migrateServer(url);
  const connection = connectPostgres(url, 1);
  await loadComuni(connection.database);
  await connection.close();
  return () => server.stop();
}
