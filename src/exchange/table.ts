import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { operator } from '../network/table.ts';
import { instant } from '../platform/columns.ts';

/** An application password: lets one calendar program read one operator's agenda, and nothing else. */
export const feedPassword = pgTable(
  'feed_password',
  {
    id: uuid().primaryKey(),
    operatorId: uuid('operator_id').notNull(),
    /** What it is used in, in the operator's words. */
    name: text().notNull(),
    /** Sent with the password; names nobody. */
    username: text().notNull(),
    /** Base64. */
    salt: text().notNull(),
    /** Base64 of PBKDF2-HMAC-SHA-256; see `rules/password.ts`. */
    hash: text().notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
  },
  (t) => [
    uniqueIndex('feed_password_username_unique').on(t.username),
    index('feed_password_operator').on(t.operatorId),
    foreignKey({
      name: 'feed_password_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    check('feed_password_name', sql`length(${t.name}) between 1 and 60`),
  ],
);

/** Where another system wants to be told of what happens here. */
export const webhookEndpoint = pgTable(
  'webhook_endpoint',
  {
    id: uuid().primaryKey(),
    url: text().notNull(),
    /** Told when deliveries are given up. */
    contactEmail: text('contact_email').notNull(),
    /** Each audited action that is told, and as which kind of event; see `rules/events.ts`. */
    subscriptions: jsonb().$type<Record<string, string>>().notNull(),
    /** Sealed; see `platform/secrets.ts`. */
    secretCipher: text('secret_cipher').notNull(),
    /** The secret before the last rotation, which still signs until `previousUntil`. */
    previousCipher: text('previous_cipher'),
    previousUntil: instant('previous_until'),
    active: boolean().notNull().default(true),
    /** Since when no delivery has succeeded; null while they do. */
    failingSince: instant('failing_since'),
    /** When it was switched off because nothing had arrived for days. */
    givenUpAt: instant('given_up_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    check('webhook_endpoint_url', sql`${t.url} ~ '^https?://' and length(${t.url}) <= 500`),
    check(
      'webhook_endpoint_rotation',
      sql`(${t.previousCipher} is null) = (${t.previousUntil} is null)`,
    ),
  ],
);

/**
 * One event owed to one endpoint. Rows are written by the trigger `audit_event_webhooks`, in the very
 * transaction of the event: none can be missed, whatever the order in which transactions commit.
 */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    endpointId: uuid('endpoint_id').notNull(),
    /** The audited event: the `webhook-id` of every attempt. */
    eventId: uuid('event_id').notNull(),
    /** Grows with each event that is written down; gaps mean nothing. */
    sequence: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    kind: text().notNull(),
    /** The body to the letter, as it is signed. */
    body: text().notNull(),
    occurredAt: instant('occurred_at').notNull(),
    state: text().notNull().default('waiting'),
    attempts: smallint().notNull().default(0),
    dueAt: instant('due_at').notNull(),
    lockedUntil: instant('locked_until'),
    /** HTTP status of the last answer; null when there was none. */
    responseStatus: integer('response_status'),
    /** What went wrong last, in a word. */
    lastError: text('last_error'),
    settledAt: instant('settled_at'),
  },
  (t) => [
    primaryKey({ name: 'webhook_delivery_pk', columns: [t.endpointId, t.eventId] }),
    foreignKey({
      name: 'webhook_delivery_endpoint_fk',
      columns: [t.endpointId],
      foreignColumns: [webhookEndpoint.id],
    }).onDelete('cascade'),
    index('webhook_delivery_due').on(t.dueAt).where(sql`${t.state} = 'waiting'`),
    index('webhook_delivery_log').on(t.endpointId, t.sequence),
    check('webhook_delivery_state', sql`${t.state} in ('waiting', 'delivered', 'dead')`),
  ],
);
