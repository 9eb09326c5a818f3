import { sql } from 'drizzle-orm';
import {
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
import type { AlsoBy } from '../identity/also-by.ts';
import { person } from '../identity/table.ts';
import { closure, office, operator } from '../network/table.ts';
import { instant, instantRange } from '../platform/columns.ts';

type InBothLanguages = { readonly it: string; readonly en: string };

export const SESSION_STATES = ['draft', 'published', 'cancelled'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** A meeting of a group: a workshop, an information meeting. Its seats are rows: {@link seat}. */
export const groupSession = pgTable(
  'group_session',
  {
    id: uuid().primaryKey(),
    /** The same for sessions that were made together as a series; each lives on its own. */
    seriesId: uuid('series_id'),
    officeId: uuid('office_id').notNull(),
    title: jsonb().$type<InBothLanguages>().notNull(),
    description: jsonb().$type<InBothLanguages>().notNull(),
    whatToBring: jsonb('what_to_bring').$type<{ it: string[]; en: string[] }>().notNull(),
    /** Where in the office, as the door says. */
    room: text().notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    registrationOpensAt: instant('registration_opens_at').notNull(),
    registrationClosesAt: instant('registration_closes_at').notNull(),
    state: text().$type<SessionState>().notNull(),
    cancelReason: text('cancel_reason'),
    version: integer().notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'group_session_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }),
    index('group_session_office').on(t.officeId, t.startsAt),
    index('group_session_starts').on(t.startsAt),
    check('group_session_order', sql`${t.startsAt} < ${t.endsAt}`),
    check(
      'group_session_registration',
      sql`${t.registrationOpensAt} < ${t.registrationClosesAt} and ${t.registrationClosesAt} <= ${t.startsAt}`,
    ),
    check('group_session_state', sql`${t.state} in ('draft', 'published', 'cancelled')`),
  ],
);

/**
 * Who leads a session, and the closure that keeps their agenda shut meanwhile. The exclusion
 * constraint `session_leader_no_overlap` (see `drizzle/`) forbids to lead two at once.
 */
export const sessionLeader = pgTable(
  'session_leader',
  {
    sessionId: uuid('session_id').notNull(),
    operatorId: uuid('operator_id').notNull(),
    during: instantRange().notNull(),
    /** Null once the time was given back. */
    closureId: uuid('closure_id'),
  },
  (t) => [
    primaryKey({ name: 'session_leader_pk', columns: [t.sessionId, t.operatorId] }),
    foreignKey({
      name: 'session_leader_session_fk',
      columns: [t.sessionId],
      foreignColumns: [groupSession.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'session_leader_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'session_leader_closure_fk',
      columns: [t.closureId],
      foreignColumns: [closure.id],
    }).onDelete('set null'),
    check('session_leader_not_empty', sql`not isempty(${t.during})`),
  ],
);

/**
 * `offered`: a seat is kept for the person until `expires_at`. `lapsed`: they let it pass.
 * `revoked`: the office cancelled the session; it never counts against anybody.
 */
export const REGISTRATION_STATES = [
  'registered',
  'offered',
  'waiting',
  'came',
  'absent',
  'excused',
  'cancelled',
  'lapsed',
  'revoked',
] as const;
export type RegistrationState = (typeof REGISTRATION_STATES)[number];

/** A person's place in a session, or in the queue for it. One row a person, whatever happens. */
export const registration = pgTable(
  'session_registration',
  {
    id: uuid().primaryKey(),
    sessionId: uuid('session_id').notNull(),
    personId: uuid('person_id').notNull(),
    /** With the e-mail or telephone it opens the registration without a login. */
    code: text().notNull(),
    contactEmail: text('contact_email'),
    contactPhone: text('contact_phone'),
    /** A channel they want messages by, besides e-mail. */
    alsoBy: text('also_by').$type<AlsoBy>(),
    locale: text().notNull().default('it'),
    state: text().$type<RegistrationState>().notNull(),
    /** When the person came into the queue: who has waited longest is next. */
    queuedAt: instant('queued_at').notNull(),
    /** When an offered seat goes to the next. */
    expiresAt: instant('expires_at'),
    version: integer().notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'session_registration_session_fk',
      columns: [t.sessionId],
      foreignColumns: [groupSession.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'session_registration_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }),
    uniqueIndex('session_registration_person_unique').on(t.sessionId, t.personId),
    uniqueIndex('session_registration_code_unique').on(t.code),
    index('session_registration_waiting')
      .on(t.sessionId, t.queuedAt)
      .where(sql`${t.state} = 'waiting'`),
    index('session_registration_offered').on(t.expiresAt).where(sql`${t.state} = 'offered'`),
    check(
      'session_registration_offer',
      sql`(${t.state} = 'offered') = (${t.expiresAt} is not null)`,
    ),
    check(
      'session_registration_state',
      sql`${t.state} in ('registered', 'offered', 'waiting', 'came', 'absent', 'excused', 'cancelled', 'lapsed', 'revoked')`,
    ),
    check('session_registration_also_by', sql`${t.alsoBy} in ('sms', 'app_io')`),
    check('session_registration_code_form', sql`${t.code} ~ '^[0-9A-HJKMNP-TV-Z]{10}$'`),
  ],
);

/**
 * A seat of a session, numbered from 1: what is full is seen by looking, never by counting. Whoever
 * takes a seat writes their registration into it.
 */
export const seat = pgTable(
  'session_seat',
  {
    sessionId: uuid('session_id').notNull(),
    number: smallint().notNull(),
    registrationId: uuid('registration_id'),
  },
  (t) => [
    primaryKey({ name: 'session_seat_pk', columns: [t.sessionId, t.number] }),
    foreignKey({
      name: 'session_seat_session_fk',
      columns: [t.sessionId],
      foreignColumns: [groupSession.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'session_seat_registration_fk',
      columns: [t.registrationId],
      foreignColumns: [registration.id],
    }).onDelete('set null'),
    uniqueIndex('session_seat_registration_unique').on(t.registrationId),
    check('session_seat_number', sql`${t.number} between 1 and 500`),
  ],
);
