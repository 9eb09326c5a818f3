import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../platform/columns.ts';

/** What is to be told to whom: written in the transaction of the change, sent afterwards. */
export const outbox = pgTable(
  'outbox',
  {
    /** Also the Message-ID of the mail, so that a receiver can tell a repetition. */
    id: uuid().primaryKey(),
    kind: text().notNull(),
    channel: text().notNull().default('email'),
    /** E-mail or PEC address, telephone number, or a person's id for App IO. */
    recipient: text().notNull(),
    locale: text().notNull().default('it'),
    /** What the template needs; never more than the message itself will say. */
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** The service it concerns, whose texts it is written in. */
    serviceId: uuid('service_id'),
    state: text().notNull().default('waiting'),
    /** Not before this instant; and never after `staleAt`, when it would only confuse. */
    dueAt: instant('due_at').notNull(),
    staleAt: instant('stale_at'),
    attempts: smallint().notNull().default(0),
    lockedUntil: instant('locked_until'),
    sentAt: instant('sent_at'),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('outbox_due').on(t.dueAt).where(sql`${t.state} = 'waiting'`),
    index('outbox_subject').on(t.subjectId),
    check('outbox_state', sql`${t.state} in ('waiting', 'sent', 'dropped', 'failed')`),
    check('outbox_channel', sql`${t.channel} in ('email', 'sms', 'app_io', 'pec')`),
  ],
);
