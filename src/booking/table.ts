import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
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
import { office, operator } from '../network/table.ts';
import { instant, instantMultirange, instantRange } from '../platform/columns.ts';

type InBothLanguages = { readonly it: string; readonly en: string };

/** What one may come for. Durations and notice in minutes, horizon in days. */
export const service = pgTable(
  'service',
  {
    id: uuid().primaryKey(),
    code: text().notNull(),
    name: jsonb().$type<InBothLanguages>().notNull(),
    description: jsonb().$type<InBothLanguages>().notNull(),
    whatToBring: jsonb('what_to_bring').$type<{ it: string[]; en: string[] }>().notNull(),
    durationMinutes: smallint('duration_minutes').notNull(),
    /** Other lengths that may be asked for instead, in minutes. */
    otherDurations: smallint('other_durations').array().notNull().default(sql`'{}'`),
    /** Kept free after each appointment. */
    bufferMinutes: smallint('buffer_minutes').notNull().default(0),
    /** Kept free before each appointment. */
    bufferBeforeMinutes: smallint('buffer_before_minutes').notNull().default(0),
    /** Whether the public is proposed only starts that break the day up least. */
    compactStarts: boolean('compact_starts').notNull().default(false),
    /** Starts lie on a grid of these minutes, counted from `gridAnchor`. */
    gridMinutes: smallint('grid_minutes').notNull().default(15),
    /** `clock`: from midnight on the wall; `stretch`: from where each free stretch begins. */
    gridAnchor: text('grid_anchor').notNull().default('clock'),
    minNoticeMinutes: integer('min_notice_minutes').notNull(),
    horizonDays: smallint('horizon_days').notNull(),
    mode: text().notNull().default('desk'),
    /** Where video appointments meet; `{room}` in it becomes a room of each one's own. */
    videoAddress: text('video_address'),
    /** Skill an operator must have; see `operator.skills`. */
    skill: text().notNull(),
    /** Lowest staff category that may do it. */
    minCategory: text('min_category').notNull(),
    lep: text(),
    audience: text().notNull().default('anyone'),
    taxCodeRequired: boolean('tax_code_required').notNull().default(false),
    /** How many operators receive the person together. */
    operators: smallint().notNull().default(1),
    /** Only with the operator who follows the person already. */
    ownOperator: boolean('own_operator').notNull().default(false),
    /** Kind of desk or room it takes besides the operator; none when null. */
    resourceKind: text('resource_kind'),
    /** How long a start is kept while the form is filled in. */
    holdMinutes: smallint('hold_minutes').notNull().default(10),
    /** How long cancelled time stays closed to the public, against trading in appointments. */
    releaseDelayMinutes: smallint('release_delay_minutes').notNull().default(0),
    /** At most so many appointments of one person within so many days; no limit when null. */
    limitCount: smallint('limit_count'),
    limitDays: smallint('limit_days'),
    /** Whether one can wait for freed time; freed time is then offered to those who wait first. */
    waitingList: boolean('waiting_list').notNull().default(false),
    position: smallint().notNull().default(0),
    active: boolean().notNull().default(true),
    version: integer().notNull().default(1),
  },
  (t) => [
    uniqueIndex('service_code_unique').on(t.code),
    check(
      'service_duration',
      sql`${t.durationMinutes} between 1 and 480 and ${t.bufferMinutes} between 0 and 120
        and ${t.bufferBeforeMinutes} between 0 and 120 and 1 <= all (${t.otherDurations}) and 480 >= all (${t.otherDurations})`,
    ),
    check(
      'service_grid',
      sql`case ${t.gridAnchor} when 'clock' then ${t.gridMinutes} in (3, 4, 5, 6, 10, 12, 15, 20, 30, 60)
        when 'stretch' then ${t.gridMinutes} between 1 and 480 else false end`,
    ),
    check(
      'service_limit',
      sql`(${t.limitCount} is null) = (${t.limitDays} is null)
        and ${t.limitCount} between 1 and 100 and ${t.limitDays} between 1 and 400`,
    ),
    check('service_operators', sql`${t.operators} between 1 and 4`),
    check(
      'service_keeping',
      sql`${t.holdMinutes} between 1 and 120 and ${t.releaseDelayMinutes} between 0 and 10080`,
    ),
    check(
      'service_window',
      sql`${t.minNoticeMinutes} >= 0 and ${t.horizonDays} between 1 and 400 and ${t.minNoticeMinutes} < ${t.horizonDays} * 1440`,
    ),
    check(
      'service_video',
      sql`${t.videoAddress} is null or ${t.mode} = 'video' and ${t.videoAddress} like 'https://%'`,
    ),
    check('service_mode', sql`${t.mode} in ('desk', 'phone', 'video', 'outreach')`),
    check('service_audience', sql`${t.audience} in ('anyone', 'own_cpi', 'invited', 'staff')`),
  ],
);

/**
 * What is left of an operator's day: openings minus closures minus occupied time. Claimed in one
 * statement with the `occupied` row; `rebuild-free-time` derives it anew at any moment.
 */
export const freeTime = pgTable(
  'free_time',
  {
    operatorId: uuid('operator_id').notNull(),
    day: date().notNull(),
    officeId: uuid('office_id').notNull(),
    free: instantMultirange().notNull(),
    /** What in it is not for everything or everybody; see `store/limits.ts`. Null for most. */
    limits: jsonb(),
    /** Length of the longest free stretch: lets a search step over full days by index alone. */
    longestMinutes: smallint('longest_minutes')
      .notNull()
      .generatedAlwaysAs(sql`longest_minutes(free)`),
  },
  (t) => [
    primaryKey({ name: 'free_time_pk', columns: [t.operatorId, t.day] }),
    // Two keys, not one: from a day on an operator may be free at the office they move to.
    foreignKey({
      name: 'free_time_operator_id_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'free_time_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    index('free_time_search')
      .on(t.officeId, t.day, t.longestMinutes)
      .where(sql`${t.longestMinutes} > 0`),
  ],
);

/**
 * `held`: kept while a form is filled in or an offer stands. `displaced`: confirmed, but the office
 * took the time away and owes another. `late`: seen, though late. `revoked`: cancelled by the office.
 */
export const APPOINTMENT_STATES = [
  'held',
  'confirmed',
  'displaced',
  'seen',
  'late',
  'absent',
  'excused',
  'cancelled',
  'revoked',
  'expired',
] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

export const appointment = pgTable(
  'appointment',
  {
    id: uuid().primaryKey(),
    /** Short code the person is given; with the e-mail it opens the appointment without a login. */
    code: text().notNull(),
    serviceId: uuid('service_id').notNull(),
    officeId: uuid('office_id').notNull(),
    operatorId: uuid('operator_id').notNull(),
    personId: uuid('person_id'),
    /** Where this appointment's messages go; may differ from the person's own contact. */
    contactEmail: text('contact_email'),
    contactPhone: text('contact_phone'),
    /** A channel the person wants messages by, besides e-mail. */
    alsoBy: text('also_by').$type<AlsoBy>(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    state: text().$type<AppointmentState>().notNull(),
    locale: text().notNull().default('it'),
    origin: text().notNull().default('web'),
    note: text(),
    cancelReason: text('cancel_reason'),
    /** Cancelled later than the service's notice allows without remark. */
    late: boolean().notNull().default(false),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** When a held one lapses. */
    expiresAt: instant('expires_at'),
    /** Whose a held one is while no person is known: a digest of what they keep. */
    holder: text(),
    /** From where a held one was kept: a keyed digest of the network, forgotten with the hold. */
    heldFrom: text('held_from'),
    /** The operator was promised to the person: re-seating leaves it where it is. */
    promised: boolean().notNull().default(false),
    /** Language the operator was asked to speak, ISO 639-1. */
    language: text(),
    /** Appointments made together, one after the other: of a family, or several services. */
    visitId: uuid('visit_id'),
    version: integer().notNull().default(1),
    /** Its hour passed and nobody said how it went, when its person booked the service anew. */
    superseded: boolean().notNull().default(false),
  },
  (t) => [
    uniqueIndex('appointment_code_unique').on(t.code),
    uniqueIndex('appointment_person_service_unique')
      .on(t.personId, t.serviceId)
      .where(
        sql`${t.state} in ('held', 'confirmed', 'displaced') and ${t.personId} is not null and not ${t.superseded}`,
      ),
    uniqueIndex('appointment_holder_unique')
      .on(t.holder, t.serviceId)
      .where(sql`${t.state} = 'held' and ${t.holder} is not null`),
    index('appointment_held_from')
      .on(t.heldFrom)
      .where(sql`${t.state} = 'held' and ${t.heldFrom} is not null`),
    check('appointment_held_from_known', sql`${t.heldFrom} is null or ${t.state} = 'held'`),
    index('appointment_visit').on(t.visitId).where(sql`${t.visitId} is not null`),
    check('appointment_also_by', sql`${t.alsoBy} in ('sms', 'app_io')`),
    check('appointment_held', sql`${t.state} <> 'held' or ${t.expiresAt} is not null`),
    foreignKey({
      name: 'appointment_service_fk',
      columns: [t.serviceId],
      foreignColumns: [service.id],
    }),
    foreignKey({
      name: 'appointment_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }),
    foreignKey({
      name: 'appointment_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }),
    foreignKey({
      name: 'appointment_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }),
    index('appointment_office_day').on(t.officeId, t.startsAt),
    index('appointment_operator_day').on(t.operatorId, t.startsAt),
    index('appointment_person').on(t.personId),
    index('appointment_contact_open')
      .on(t.contactEmail)
      .where(sql`${t.state} in ('confirmed', 'displaced')`),
    check('appointment_order', sql`${t.startsAt} < ${t.endsAt}`),
    check(
      'appointment_state',
      sql`${t.state} in ('held', 'confirmed', 'displaced', 'seen', 'late', 'absent', 'excused', 'cancelled', 'revoked', 'expired')`,
    ),
    check('appointment_code_form', sql`${t.code} ~ '^[0-9A-HJKMNP-TV-Z]{10}$'`),
  ],
);

/**
 * Time that is taken, whatever the reason, a row for each resource. The exclusion constraint
 * `occupied_no_overlap` (drizzle cannot express it: see `drizzle/`) is the last referee.
 */
export const occupied = pgTable(
  'occupied',
  {
    appointmentId: uuid('appointment_id').notNull(),
    resourceId: uuid('resource_id').notNull(),
    /** Includes the buffers before and after the appointment. */
    during: instantRange().notNull(),
    active: boolean().notNull().default(true),
    /** When it lapses by itself: a hold's end, or the release delay's after a cancellation. */
    releasesAt: instant('releases_at'),
  },
  (t) => [
    index('occupied_lapsing')
      .on(t.releasesAt)
      .where(sql`${t.releasesAt} is not null and ${t.active}`),
    primaryKey({ name: 'occupied_pk', columns: [t.appointmentId, t.resourceId] }),
    foreignKey({
      name: 'occupied_appointment_fk',
      columns: [t.appointmentId],
      foreignColumns: [appointment.id],
    }).onDelete('cascade'),
    check('occupied_not_empty', sql`not isempty(${t.during})`),
  ],
);

/**
 * Time that came free again, until somebody who waits was offered it or nobody wanted it. As long as
 * `withheldBy` still occupies it, the public does not see it.
 */
export const freedTime = pgTable(
  'freed_time',
  {
    id: uuid().primaryKey(),
    officeId: uuid('office_id').notNull(),
    operatorId: uuid('operator_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    during: instantRange().notNull(),
    /** The cancelled appointment whose `occupied` rows keep the time closed meanwhile. */
    withheldBy: uuid('withheld_by'),
    freedAt: instant('freed_at').notNull(),
    /** When somebody was offered it, or it went back to the public. */
    settledAt: instant('settled_at'),
  },
  (t) => [
    foreignKey({
      name: 'freed_time_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'freed_time_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }),
    foreignKey({
      name: 'freed_time_service_fk',
      columns: [t.serviceId],
      foreignColumns: [service.id],
    }),
    foreignKey({
      name: 'freed_time_appointment_fk',
      columns: [t.withheldBy],
      foreignColumns: [appointment.id],
    }).onDelete('cascade'),
    index('freed_time_unsettled').on(t.freedAt).where(sql`${t.settledAt} is null`),
    check('freed_time_not_empty', sql`not isempty(${t.during})`),
  ],
);

/** What a text message that came in is answered. */
export const ANSWERS = [
  'cancelled',
  'cancelled-already',
  'confirmed',
  'imposed',
  'closed',
  'which',
  'code-unknown',
  'none',
  'not-understood',
] as const;
export type Answer = (typeof ANSWERS)[number];

/** A text message that came in: each is answered once, and neither its text nor its number is kept. */
export const inboundMessage = pgTable(
  'inbound_message',
  {
    id: uuid().primaryKey(),
    /** The gateway's name for it. */
    messageId: text('message_id').notNull(),
    answer: text().$type<Answer>(),
    /** What it was about, where that is known. */
    appointmentId: uuid('appointment_id'),
    receivedAt: instant('received_at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    uniqueIndex('inbound_message_unique').on(t.messageId),
    index('inbound_message_appointment').on(t.appointmentId),
    foreignKey({
      name: 'inbound_message_appointment_fk',
      columns: [t.appointmentId],
      foreignColumns: [appointment.id],
    }).onDelete('set null'),
    check(
      'inbound_message_answer',
      sql`${t.answer} in ('cancelled', 'cancelled-already', 'confirmed', 'imposed', 'closed', 'which', 'code-unknown', 'none', 'not-understood')`,
    ),
  ],
);
