import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { appointment, freedTime, service } from '../booking/table.ts';
import type { AlsoBy } from '../identity/also-by.ts';
import { person } from '../identity/table.ts';
import { office } from '../network/table.ts';
import { instant } from '../platform/columns.ts';

/** `served`: has the appointment. `ended`: the wish ran out, or too many offers were let pass. */
export const ENTRY_STATES = ['waiting', 'served', 'left', 'ended'] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/** Who waits for time of a service, where and when they could come. */
export const waitingEntry = pgTable(
  'waiting_entry',
  {
    id: uuid().primaryKey(),
    /** With the e-mail or telephone it opens the entry without a login. */
    code: text().notNull(),
    personId: uuid('person_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    contactEmail: text('contact_email'),
    contactPhone: text('contact_phone'),
    /** A channel the person wants messages by, besides e-mail. */
    alsoBy: text('also_by').$type<AlsoBy>(),
    locale: text().notNull().default('it'),
    /** The offices the person would go to. */
    officeIds: uuid('office_ids').array().notNull(),
    /** Days that suit, both included. */
    fromDay: date('from_day').notNull(),
    toDay: date('to_day').notNull(),
    /** ISO weekdays that suit, 1 Monday … 7 Sunday. */
    weekdays: smallint().array().notNull(),
    /** `morning`: starts before 13:00 on the wall; `afternoon`: from 13:00. */
    parts: text().array().notNull(),
    /** An appointment they have: only earlier time suits, and it is moved there. */
    appointmentId: uuid('appointment_id'),
    /** Last day by which the meeting is due, and by which rule. */
    deadline: date(),
    deadlineKind: text('deadline_kind'),
    joinedAt: instant('joined_at').notNull(),
    state: text().$type<EntryState>().notNull(),
    version: integer().notNull().default(1),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'waiting_entry_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }),
    foreignKey({
      name: 'waiting_entry_service_fk',
      columns: [t.serviceId],
      foreignColumns: [service.id],
    }),
    foreignKey({
      name: 'waiting_entry_appointment_fk',
      columns: [t.appointmentId],
      foreignColumns: [appointment.id],
    }).onDelete('set null'),
    uniqueIndex('waiting_entry_code_unique').on(t.code),
    uniqueIndex('waiting_entry_person_service_unique')
      .on(t.personId, t.serviceId)
      .where(sql`${t.state} = 'waiting'`),
    index('waiting_entry_service').on(t.serviceId).where(sql`${t.state} = 'waiting'`),
    check('waiting_entry_also_by', sql`${t.alsoBy} in ('sms', 'app_io')`),
    check('waiting_entry_state', sql`${t.state} in ('waiting', 'served', 'left', 'ended')`),
    check('waiting_entry_code_form', sql`${t.code} ~ '^[0-9A-HJKMNP-TV-Z]{10}$'`),
    check('waiting_entry_offices', sql`cardinality(${t.officeIds}) between 1 and 100`),
    check(
      'waiting_entry_wish',
      sql`${t.fromDay} <= ${t.toDay} and cardinality(${t.weekdays}) > 0 and cardinality(${t.parts}) > 0`,
    ),
    check('waiting_entry_deadline', sql`(${t.deadline} is null) = (${t.deadlineKind} is null)`),
  ],
);

/** `withdrawn`: the person left, or the office took the time away. */
export const OFFER_STATES = ['open', 'accepted', 'declined', 'lapsed', 'withdrawn'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** Time kept for one who waits, until `expires_at`. `held_by` is the appointment that keeps it. */
export const waitingOffer = pgTable(
  'waiting_offer',
  {
    id: uuid().primaryKey(),
    entryId: uuid('entry_id').notNull(),
    /** The freed time it came from; null when the desk offered free time by hand. */
    freedTimeId: uuid('freed_time_id'),
    heldBy: uuid('held_by').notNull(),
    officeId: uuid('office_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    madeAt: instant('made_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    state: text().$type<OfferState>().notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    foreignKey({
      name: 'waiting_offer_entry_fk',
      columns: [t.entryId],
      foreignColumns: [waitingEntry.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'waiting_offer_freed_fk',
      columns: [t.freedTimeId],
      foreignColumns: [freedTime.id],
    }).onDelete('set null'),
    foreignKey({
      name: 'waiting_offer_held_fk',
      columns: [t.heldBy],
      foreignColumns: [appointment.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'waiting_offer_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }),
    uniqueIndex('waiting_offer_entry_open_unique').on(t.entryId).where(sql`${t.state} = 'open'`),
    uniqueIndex('waiting_offer_held_open_unique').on(t.heldBy).where(sql`${t.state} = 'open'`),
    index('waiting_offer_held').on(t.heldBy),
    index('waiting_offer_entry').on(t.entryId, t.madeAt),
    index('waiting_offer_lapsing').on(t.expiresAt).where(sql`${t.state} = 'open'`),
    check(
      'waiting_offer_state',
      sql`${t.state} in ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')`,
    ),
    check('waiting_offer_settled', sql`(${t.state} = 'open') = (${t.settledAt} is null)`),
    check('waiting_offer_order', sql`${t.madeAt} < ${t.expiresAt} and ${t.startsAt} < ${t.endsAt}`),
  ],
);
