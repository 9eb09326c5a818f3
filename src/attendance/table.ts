import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  customType,
  date,
  doublePrecision,
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
import { type AppointmentState, appointment, service } from '../booking/table.ts';
import { person } from '../identity/table.ts';
import { office } from '../network/table.ts';
import { instant } from '../platform/columns.ts';
import type { MediaType } from './rules/document.ts';
import type { Evidence } from './rules/evidence.ts';
import type { Ground } from './rules/grounds.ts';
import type { Benefit, Step } from './rules/ladder.ts';
import type { ModelCard } from './rules/model-card.ts';

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** `asked`: the office wants to know more. While `sent` or `asked` the absence is frozen. */
export const JUSTIFICATION_STATES = ['sent', 'asked', 'accepted', 'rejected'] as const;
export type JustificationState = (typeof JUSTIFICATION_STATES)[number];

/** Why a person did not, or will not, come, in their own words. */
export const justification = pgTable(
  'justification',
  {
    id: uuid().primaryKey(),
    appointmentId: uuid('appointment_id').notNull(),
    ground: text().$type<Ground>().notNull(),
    /** Null once it is older than the administration keeps it. */
    statement: text(),
    /** Last day of what kept the person away, when they say it. */
    impedimentEndsOn: date('impediment_ends_on'),
    state: text().$type<JustificationState>().notNull().default('sent'),
    sentAt: instant('sent_at').notNull(),
    /** Until when it was in time, not included. */
    deadline: instant().notNull(),
    /** Sent after the deadline: still read, and marked. */
    late: boolean().notNull().default(false),
    /** What the office asks besides. */
    question: text(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
    /** The appointment's state before it was accepted: what taking the decision back restores. */
    stateBefore: text('state_before').$type<AppointmentState>(),
    version: integer().notNull().default(1),
  },
  (t) => [
    foreignKey({
      name: 'justification_appointment_fk',
      columns: [t.appointmentId],
      foreignColumns: [appointment.id],
    }).onDelete('cascade'),
    uniqueIndex('justification_one_standing')
      .on(t.appointmentId)
      .where(sql`${t.state} <> 'rejected'`),
    index('justification_open').on(t.deadline).where(sql`${t.state} in ('sent', 'asked')`),
    index('justification_appointment').on(t.appointmentId),
    check('justification_state', sql`${t.state} in ('sent', 'asked', 'accepted', 'rejected')`),
    check(
      'justification_ground',
      sql`${t.ground} in ('illness', 'service', 'pregnancy', 'court', 'family', 'mobility', 'force_majeure')`,
    ),
    check(
      'justification_decided',
      sql`(${t.state} in ('accepted', 'rejected')) = (${t.decidedAt} is not null and ${t.decidedBy} is not null)`,
    ),
    check(
      'justification_rejection_has_reason',
      sql`${t.state} <> 'rejected' or ${t.decisionReason} is not null`,
    ),
    check('justification_question', sql`${t.state} <> 'asked' or ${t.question} is not null`),
  ],
);

/** A document that supports a justification, encrypted. Deleted when its time is over. */
export const justificationDocument = pgTable(
  'justification_document',
  {
    id: uuid().primaryKey(),
    justificationId: uuid('justification_id').notNull(),
    name: text().notNull(),
    mediaType: text('media_type').$type<MediaType>().notNull(),
    /** Bytes before encryption. */
    size: integer().notNull(),
    sealed: bytes().notNull(),
    addedAt: instant('added_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'justification_document_fk',
      columns: [t.justificationId],
      foreignColumns: [justification.id],
    }).onDelete('cascade'),
    index('justification_document_of').on(t.justificationId),
    check(
      'justification_document_type',
      sql`${t.mediaType} in ('application/pdf', 'image/jpeg', 'image/png', 'image/heic')`,
    ),
    check('justification_document_size', sql`${t.size} between 1 and 5242880`),
  ],
);

/** `withdrawn`: adopted, then taken back by the official. */
export const MEASURE_STATES = ['adopted', 'declined', 'withdrawn'] as const;
export type MeasureState = (typeof MEASURE_STATES)[number];

/**
 * What an official decided about one unjustified absence, with the evidence as it was then. Written
 * by people only: nothing is ever adopted by the software.
 */
export const absenceMeasure = pgTable(
  'absence_measure',
  {
    id: uuid().primaryKey(),
    appointmentId: uuid('appointment_id').notNull(),
    personId: uuid('person_id').notNull(),
    benefit: text().$type<Benefit>().notNull(),
    ordinal: smallint().notNull(),
    step: text().$type<Step>().notNull(),
    evidence: jsonb().$type<Evidence>().notNull(),
    state: text().$type<MeasureState>().notNull(),
    reason: text().notNull(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: instant('decided_at').notNull(),
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawalReason: text('withdrawal_reason'),
  },
  (t) => [
    foreignKey({
      name: 'absence_measure_appointment_fk',
      columns: [t.appointmentId],
      foreignColumns: [appointment.id],
    }),
    foreignKey({
      name: 'absence_measure_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }),
    uniqueIndex('absence_measure_appointment_unique').on(t.appointmentId),
    index('absence_measure_person').on(t.personId),
    check('absence_measure_benefit', sql`${t.benefit} in ('naspi', 'dis_coll')`),
    check('absence_measure_ordinal', sql`${t.ordinal} >= 1`),
    check(
      'absence_measure_step',
      sql`${t.step} = case ${t.ordinal} when 1 then 'quarter_month' when 2 then 'month' else 'benefit_and_status' end`,
    ),
    check('absence_measure_state', sql`${t.state} in ('adopted', 'declined', 'withdrawn')`),
    check('absence_measure_reason', sql`length(btrim(${t.reason})) > 0`),
    check(
      'absence_measure_withdrawn',
      sql`num_nonnulls(${t.withdrawnBy}, ${t.withdrawnAt}, ${t.withdrawalReason})
        = case when ${t.state} = 'withdrawn' then 3 else 0 end`,
    ),
  ],
);

/** Each fit of the attendance model, kept whole: what a past prediction said can be read again. */
export const attendanceModel = pgTable(
  'attendance_model',
  {
    id: uuid().primaryKey(),
    fittedAt: instant('fitted_at').notNull(),
    card: jsonb().$type<ModelCard>().notNull(),
  },
  (t) => [index('attendance_model_newest').on(t.fittedAt)],
);

/** Where, and how far, more people may be booked than there are places; nowhere without a row. */
export const overbookingRule = pgTable(
  'overbooking_rule',
  {
    officeId: uuid('office_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    active: boolean().notNull(),
    /** People beyond the places of a half-day that the office can still receive. */
    tolerance: smallint().notNull(),
    /** Highest accepted chance that more than places and tolerance come. */
    risk: doublePrecision().notNull(),
    /** Whether jobseekers are offered it too, or the desk alone books it. */
    public: boolean().notNull(),
    reason: text().notNull(),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'overbooking_rule_pk', columns: [t.officeId, t.serviceId] }),
    foreignKey({
      name: 'overbooking_rule_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'overbooking_rule_service_fk',
      columns: [t.serviceId],
      foreignColumns: [service.id],
    }).onDelete('cascade'),
    check('overbooking_rule_tolerance', sql`${t.tolerance} between 0 and 5`),
    check('overbooking_rule_risk', sql`${t.risk} between 0.001 and 0.5`),
    check('overbooking_rule_reason', sql`length(btrim(${t.reason})) > 0`),
  ],
);

/** Appointments beyond the places there are: they occupy no time of anybody. */
export const overbooked = pgTable(
  'overbooked',
  {
    appointmentId: uuid('appointment_id').primaryKey(),
    /** Whose predicted absence leaves room. */
    besideId: uuid('beside_id').notNull(),
    bookedAt: instant('booked_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'overbooked_appointment_fk',
      columns: [t.appointmentId],
      foreignColumns: [appointment.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'overbooked_beside_fk',
      columns: [t.besideId],
      foreignColumns: [appointment.id],
    }).onDelete('cascade'),
    index('overbooked_beside').on(t.besideId),
  ],
);
