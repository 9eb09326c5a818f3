import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { type Database, isUnreachable } from './database.ts';

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
    connect_timeout: 5,
    idle_timeout: 60,
    // A server that was away is asked again soon, however long it was: whoever asks meanwhile is
    // told so at once. The driver's own way waits up to twenty seconds. In seconds, ours.
    backoff: () => 0.2,
    // Times are compared as instants: the session's zone must never colour their text.
    connection: { TimeZone: 'UTC', application_name: 'sportello', ...settings },
    // A round trip on every connection, whose failure nobody could catch: drizzle reads arrays itself.
    fetch_types: false,
    onnotice: () => {},
  });
  client.unsafe = answerWhole(client.unsafe.bind(client));
  client.begin = surviveCuts(client.begin.bind(client)) as typeof client.begin;
  return {
    database: drizzle(client) as Database,
    close: () => client.end({ timeout: 5 }),
  };
}

interface Answering {
  resolve(answer: unknown): void;
}

/**
 * A connection that was cut in the middle of an answer goes on counting its rows after it was opened
 * anew: the driver then puts the first answer behind as many places without a row, and whoever looks
 * for the first row finds none. Here those places are taken away. (The first statement of a
 * transaction is none that has rows.)
 */
function answerWhole(unsafe: postgres.Sql['unsafe']): postgres.Sql['unsafe'] {
  return ((...query: Parameters<typeof unsafe>) => {
    const asked = unsafe(...query);
    const answering = asked as unknown as Answering;
    const { resolve } = answering;
    answering.resolve = (answer) => {
      if (Array.isArray(answer) && answer.length > 0 && !(0 in answer)) {
        answer.splice(
          0,
          answer.findIndex((_, place) => place in answer),
        );
      }
      resolve(answer);
    };
    return asked;
  }) as typeof unsafe;
}

/** Milliseconds within which a connection that failed is known to be closed. */
const CLOSES_WITHIN_MS = 1000;

type Scope = postgres.TransactionSql;
type Work<T> = (scope: Scope) => Promise<T>;

/**
 * The driver lets a transaction go on after its connection was cut, and rolls back on what is no
 * longer there: it then writes to nothing, which no caller can catch, and leaves the connection
 * unusable. Here nothing is sent any more once the connection is gone, not even a rollback: the
 * server does that by itself.
 */
function surviveCuts(begin: <T>(work: Work<T>) => Promise<T>) {
  return <T>(work: Work<T>): Promise<T> => {
    let over = false;
    let tellOver = () => {};
    const ended = new Promise<void>((resolve) => {
      tellOver = resolve;
    });
    const guarded =
      <S>(part: Work<S>): Work<S> =>
      async (scope) => {
        const { unsafe, savepoint } = scope;
        scope.unsafe = ((...query: Parameters<typeof unsafe>) => {
          if (over) throw new ConnectionCut();
          return unsafe(...query);
        }) as typeof unsafe;
        scope.savepoint = ((inner: Work<unknown>) => {
          if (over) throw new ConnectionCut();
          return savepoint(guarded(inner));
        }) as typeof savepoint;
        try {
          return await part(scope);
        } catch (error) {
          if (isUnreachable(error)) await Promise.race([ended, timeout(CLOSES_WITHIN_MS)]);
          throw error;
        } finally {
          // The driver waits for this before it goes on: for ever, then, and it forgets the rest.
          if (over) await new Promise<never>(() => {});
        }
      };
    const running = begin(guarded(work));
    const settle = () => {
      over = true;
      tellOver();
    };
    running.then(settle, settle);
    return running;
  };
}

/** What a transaction meets that goes on after its connection was cut. */
class ConnectionCut extends Error {
  readonly code = 'CONNECTION_CLOSED';

  constructor() {
    super('the connection of this transaction was cut');
  }
}

const timeout = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
