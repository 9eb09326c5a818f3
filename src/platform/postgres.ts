import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Database } from './database.ts';

export interface Connection {
  readonly database: Database;
  /** Waits for running statements, then lets go of the server. */
  close(): Promise<void>;
}

/**
 * Nobody waits for ever for what another holds, and a transaction whose process died lets go. In
 * milliseconds, ours.
 */
export const PATIENCE = {
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
} as const;

/**
 * Connects lazily to a PostgreSQL server; `pool` is the most connections held at once. `settings` are
 * the session's; a pooler in between may not pass them on.
 */
export function connectPostgres(
  url: string,
  pool: number,
  settings: Readonly<Record<string, number>> = {},
): Connection {
  const client = postgres(url, {
    max: pool,
    connect_timeout: 10,
    idle_timeout: 60,
    // Times are compared as instants: the session's zone must never colour their text.
    connection: { TimeZone: 'UTC', application_name: 'sportello', ...settings },
    // A round trip on every connection, whose failure nobody could catch: drizzle reads arrays itself.
    fetch_types: false,
    onnotice: () => {},
  });
  return {
    database: drizzle(client) as Database,
    close: () => client.end({ timeout: 5 }),
  };
}
