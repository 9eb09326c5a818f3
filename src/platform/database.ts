import { fillPlaceholders, getTableColumns, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgTable } from 'drizzle-orm/pg-core';

/**
 * A PostgreSQL, embedded (PGlite) or served (postgres.js). A transaction is one too, so that
 * whatever takes a `Database` can be made part of a larger transaction.
 */
// biome-ignore lint/suspicious/noExplicitAny: drizzle's own way to accept both drivers
export type Database = PgDatabase<any, Record<string, never>>;

interface Preparer {
  readonly dialect: { sqlToQuery(query: SQL): { sql: string; params: unknown[] } };
  readonly session: {
    prepareQuery(
      query: { sql: string; params: unknown[] },
      fields: undefined,
      name: string | undefined,
      isResponseInArrayMode: boolean,
    ): { all(): Promise<unknown[]> };
  };
}

/**
 * Runs raw SQL and returns its rows as the driver gives them: instants come as text, so select
 * them as `(extract(epoch from x) * 1000)::float8`.
 */
export async function rows<T extends object>(database: Database, query: SQL): Promise<T[]> {
  const result = (await database.execute(query)) as T[] | { rows: T[] };
  return Array.isArray(result) ? result : result.rows;
}

/**
 * Like {@link rows}, as a prepared statement that the server plans once per connection. The text of
 * the query must be constant: what varies goes into parameters.
 */
export async function preparedRows<T extends object>(database: Database, query: SQL): Promise<T[]> {
  // drizzle prepares only named queries, and names only those of its builder.
  const { dialect, session } = database as unknown as Preparer;
  const statement = session.prepareQuery(dialect.sqlToQuery(query), undefined, 'hot', false);
  return (await statement.all()) as T[];
}

/**
 * A statement whose text never changes: put together once in the life of the process, planned once
 * per connection. For the hottest paths, where putting a query together costs more than answering
 * it. `build` names the values where they go, `run` gives them.
 */
export function statement<T extends object, V extends object>(
  build: (value: (name: keyof V & string) => Placeholder) => SQL,
): (database: Database, values: V) => Promise<T[]> {
  let compiled: { sql: string; params: unknown[] } | undefined;
  return async (database, values) => {
    const { dialect, session } = database as unknown as Preparer;
    compiled ??= dialect.sqlToQuery(build((name) => sql.placeholder(name)));
    const params = fillPlaceholders(compiled.params, values as Record<string, unknown>);
    const query = { sql: compiled.sql, params };
    return (await session.prepareQuery(query, undefined, 'hot', false).all()) as T[];
  };
}

/** The same for a query of drizzle's builder: what `make` prepares is kept for each database. */
export function perDatabase<P>(make: (database: Database) => P): (database: Database) => P {
  const made = new WeakMap<Database, P>();
  return (database) => {
    const known = made.get(database);
    if (known !== undefined) return known;
    const prepared = make(database);
    made.set(database, prepared);
    return prepared;
  };
}

interface PostgresFault {
  readonly code: string;
  readonly constraint: string | undefined;
}

/** The SQLSTATE and constraint of a failed statement, whichever driver and wrapper threw it. */
export function postgresFault(error: unknown): PostgresFault | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, constraint_name, constraint } = cause as Error & Record<string, unknown>;
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) {
      const name = constraint_name ?? constraint;
      return { code, constraint: typeof name === 'string' ? name : undefined };
    }
  }
  return undefined;
}

/**
 * What went wrong and where, for the log. A failed query is told without the values it carried, in
 * its own message as in PostgreSQL's: they are what people typed.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `threw a ${typeof error}`;
  if (!postgresFault(error) && !('query' in error)) return error.stack ?? error.message;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const query = 'query' in error ? String(error.query).slice(0, 2000) : error.name;
  const reason = postgresFault(error)?.code ?? innermost(error).message;
  return [`failed query (${reason}): ${query}`, ...frames].join('\n');
}

function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error;
}

/** Network faults, the driver's own, and SQLSTATE classes of a server that is going, gone or starting. */
const UNREACHABLE =
  /^(ECONN|CONNECT|CONNECTION_|ENOTFOUND|EAI_AGAIN|EHOST|ENET|EPIPE|ETIMEDOUT|08|57P)/;

/** Whether the database could not be asked, or went away before it answered. */
export function isUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as Error & { code?: unknown };
    if (typeof code === 'string' && UNREACHABLE.test(code)) return true;
  }
  return false;
}

/** SQLSTATEs after which the same transaction, run again, may well succeed. */
export const PASSING: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);

/** Runs a transaction again, at most `attempts` times in all, when it lost to a concurrent one. */
export async function transactionWithRetry<T>(
  database: Database,
  work: (transaction: Database) => Promise<T>,
  attempts = 4,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction((transaction) => work(transaction as Database));
    } catch (error) {
      const fault = postgresFault(error);
      if (attempt >= attempts || !fault || !PASSING.has(fault.code)) throw error;
    }
  }
}

/** A row under its columns' own names, in the form that `jsonb_populate_recordset` reads. */
export function toColumns<T extends PgTable>(
  table: T,
  row: T['$inferInsert'],
): Record<string, unknown> {
  const values = row as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([key, column]) => {
      const value = values[key];
      // JSON columns travel inside the JSON of the row; the others as their driver would send them.
      const plain = value === undefined || value === null || column.dataType === 'json';
      return [column.name, plain ? (value ?? null) : column.mapToDriverValue(value)];
    }),
  );
}
