import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Database } from './database.ts';

export interface Connection {
  readonly database: Database;
  /** Waits for running statements, then lets go of the server. */
  close(): Promise<void>;
}

/** Connects lazily to a PostgreSQL server; `pool` is the most connections held at once. */
export function connectPostgres(url: string, pool: number): Connection {
  const client = postgres(url, {
    max: pool,
    connect_timeout: 10,
    idle_timeout: 60,
    // Times are compared as instants: the session's zone must never colour their text.
    connection: { TimeZone: 'UTC', application_name: 'sportello' },
    // A round trip on every connection, whose failure nobody could catch: drizzle reads arrays itself.
    fetch_types: false,
    onnotice: () => {},
  });
  return {
    database: drizzle(client) as Database,
    close: () => client.end({ timeout: 5 }),
  };
}
