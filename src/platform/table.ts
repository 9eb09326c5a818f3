import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** The first answer to a request that carried an `Idempotency-Key`, replayed to its retries. */
export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    /** Whose key it is: two clients may choose the same one. */
    scope: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of method, path and body: the same key with another request is refused. */
    requestHash: text('request_hash').notNull(),
    status: integer(),
    headers: jsonb().$type<Record<string, string>>(),
    /** The body to the letter, so that a replay is the same answer. */
    body: text(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'idempotency_key_pk', columns: [t.scope, t.key] }),
    index('idempotency_key_created_at').on(t.createdAt),
    check('idempotency_key_length', sql`length(${t.key}) between 1 and 128`),
  ],
);

/** Hits a client made in the running window; shared by every process that serves the API. */
export const rateLimit = pgTable(
  'rate_limit',
  {
    client: text().primaryKey(),
    hits: integer().notNull(),
    resetsAt: instant('resets_at').notNull(),
  },
  (t) => [check('rate_limit_hits_positive', sql`${t.hits} >= 0`)],
);

/** Solutions of challenges that were taken already, until they would be refused by their age. */
export const spentChallenge = pgTable(
  'spent_challenge',
  { signature: text().primaryKey(), expiresAt: instant('expires_at').notNull() },
  (t) => [index('spent_challenge_expires_at').on(t.expiresAt)],
);
