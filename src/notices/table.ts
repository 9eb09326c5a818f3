import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
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
    /** The office in whose name it goes, whose operators may see it; administrators only when null. */
    officeId: uuid('office_id'),
    state: text().notNull().default('waiting'),
    /** Not before this instant; and never after `staleAt`, when it would only confuse. */
    dueAt: instant('due_at').notNull(),
    staleAt: instant('stale_at'),
    attempts: smallint().notNull().default(0),
    lockedUntil: instant('locked_until'),
    sentAt: instant('sent_at'),
    /** When to ask the carrier what became of it; null where the carrier tells by itself. */
    askAt: instant('ask_at'),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('outbox_due').on(t.dueAt).where(sql`${t.state} = 'waiting'`),
    index('outbox_subject').on(t.subjectId),
    // Who was written to at a number: what is answered from it is about that.
    index('outbox_sms_reader').on(t.recipient).where(sql`${t.channel} = 'sms'`),
    index('outbox_created').on(t.createdAt, t.id),
    index('outbox_ask').on(t.askAt).where(sql`${t.askAt} is not null`),
    // Nobody is reminded twice of the same thing at the same moment, whoever asks for it.
    uniqueIndex('outbox_reminder_unique')
      .on(t.kind, t.subjectId, t.recipient, t.channel, t.dueAt)
      .where(sql`${t.kind} like '%-reminder' and ${t.state} in ('waiting', 'sent')`),
    check('outbox_state', sql`${t.state} in ('waiting', 'sent', 'dropped', 'failed')`),
    check('outbox_channel', sql`${t.channel} in ('email', 'sms', 'app_io', 'pec')`),
  ],
);

/** What became of a message after it left: each thing a carrier tells, once. */
export const noticeDelivery = pgTable(
  'notice_delivery',
  {
    id: uuid().primaryKey(),
    outboxId: uuid('outbox_id').notNull(),
    channel: text().notNull(),
    status: text().notNull(),
    /** How the carrier names the message, or the receipt. */
    providerId: text('provider_id').notNull().default(''),
    at: instant().notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** What proves it, without personal data: kind of receipt, digest of its text. */
    evidence: jsonb().$type<Readonly<Record<string, string>>>().notNull().default({}),
    /** A receipt of certified mail as it came, sealed: it holds what was written to whom. */
    receipt: text(),
  },
  (t) => [
    foreignKey({
      name: 'notice_delivery_outbox_fk',
      columns: [t.outboxId],
      foreignColumns: [outbox.id],
    }).onDelete('cascade'),
    unique('notice_delivery_unique').on(t.outboxId, t.status, t.providerId),
    index('notice_delivery_provider').on(t.channel, t.providerId),
    check(
      'notice_delivery_status',
      sql`${t.status} in ('sent', 'accepted', 'delivered', 'read', 'bounced', 'failed')`,
    ),
    check('notice_delivery_channel', sql`${t.channel} in ('email', 'sms', 'app_io', 'pec')`),
  ],
);

/** Texts that an office wrote in place of the default ones; each change is a new version. */
export const noticeTemplate = pgTable(
  'notice_template',
  {
    id: uuid().primaryKey(),
    kind: text().notNull(),
    /** The service it is for; every other when null. */
    serviceId: uuid('service_id'),
    locale: text().notNull(),
    version: integer().notNull(),
    /** Null together with the paragraphs: from this version on the default text serves again. */
    subject: text(),
    paragraphs: jsonb().$type<readonly string[]>(),
    short: text(),
    editedBy: text('edited_by'),
    editedAt: instant('edited_at').notNull(),
  },
  (t) => [
    unique('notice_template_version')
      .on(t.kind, t.serviceId, t.locale, t.version)
      .nullsNotDistinct(),
    check('notice_template_whole', sql`(${t.subject} is null) = (${t.paragraphs} is null)`),
    check('notice_template_first', sql`${t.version} >= 1`),
  ],
);

/** How long before an appointment of a service it is called to mind. */
export const noticeReminder = pgTable(
  'notice_reminder',
  {
    serviceId: uuid('service_id').primaryKey(),
    /** Whole days before, at the same hour on the wall; empty: never. */
    days: smallint().array().notNull(),
    editedBy: text('edited_by'),
    editedAt: instant('edited_at').notNull(),
  },
  (t) => [check('notice_reminder_days', sql`cardinality(${t.days}) <= 5 and 0 < all (${t.days})`)],
);
