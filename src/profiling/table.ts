import { sql } from 'drizzle-orm';
import {
  check,
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
import { person } from '../identity/table.ts';
import { office, operator } from '../network/table.ts';
import { instant } from '../platform/columns.ts';
import type { InterviewAnswers } from './rules/interview.ts';
import type { Contribution, Predictors } from './rules/model.ts';
import type { PercorsoGol } from './rules/percorso.ts';
import type { PersonData } from './rules/person-data.ts';

/** The data form as confirmed at one moment. A correction is a new version, never an edit. */
export const personData = pgTable(
  'person_data',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id').notNull(),
    version: integer().notNull(),
    data: jsonb().$type<PersonData>().notNull(),
    savedBy: uuid('saved_by').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (t) => [
    uniqueIndex('person_data_version_unique').on(t.personId, t.version),
    foreignKey({
      name: 'person_data_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }),
    foreignKey({
      name: 'person_data_operator_fk',
      columns: [t.savedBy],
      foreignColumns: [operator.id],
    }),
    check('person_data_version_positive', sql`${t.version} >= 1`),
  ],
);

export const PROFILE_TRIGGERS = ['DID', '90D', 'DATA_CHANGE', 'MANUAL'] as const;
export type ProfileTrigger = (typeof PROFILE_TRIGGERS)[number];

/** One computation of the local model, kept whole: what went in, which model, what came out. */
export const profile = pgTable(
  'profile',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id').notNull(),
    version: integer().notNull(),
    personDataId: uuid('person_data_id').notNull(),
    modelId: text('model_id').notNull(),
    modelVersion: text('model_version').notNull(),
    modelHash: text('model_hash').notNull(),
    inputs: jsonb().$type<Predictors>().notNull(),
    /** Log-odds, and the probability they stand for. */
    linearPredictor: doublePrecision('linear_predictor').notNull(),
    score: doublePrecision().notNull(),
    /** 1 low, 2 medium, 3 high risk of remaining without work. */
    riskClass: smallint('risk_class').notNull(),
    contributions: jsonb().$type<Contribution[]>().notNull(),
    trigger: text().$type<ProfileTrigger>().notNull(),
    /** Null when computed by the 90-day run. */
    computedBy: uuid('computed_by'),
    computedAt: instant('computed_at').notNull(),
    nextUpdateDueOn: date('next_update_due_on').notNull(),
    /** What the national service answered, stored as received: it cannot be recomputed here. */
    nationalClass: smallint('national_class'),
    nationalCode: text('national_code'),
    nationalComputedOn: date('national_computed_on'),
  },
  (t) => [
    uniqueIndex('profile_version_unique').on(t.personId, t.version),
    foreignKey({ name: 'profile_person_fk', columns: [t.personId], foreignColumns: [person.id] }),
    foreignKey({
      name: 'profile_person_data_fk',
      columns: [t.personDataId],
      foreignColumns: [personData.id],
    }),
    foreignKey({
      name: 'profile_operator_fk',
      columns: [t.computedBy],
      foreignColumns: [operator.id],
    }),
    index('profile_due').on(t.nextUpdateDueOn),
    check('profile_version_positive', sql`${t.version} >= 1`),
    check('profile_score', sql`${t.score} between 0 and 1`),
    check('profile_risk_class', sql`${t.riskClass} between 1 and 3`),
    check('profile_trigger', sql`${t.trigger} in ('DID', '90D', 'DATA_CHANGE', 'MANUAL')`),
    check(
      'profile_national',
      sql`num_nonnulls(${t.nationalClass}, ${t.nationalCode}, ${t.nationalComputedOn}) in (0, 3) and (${t.nationalClass} is null or ${t.nationalClass} between 1 and 3)`,
    ),
  ],
);

/** Which operator read which explanation, and when first: nobody decides on a score unread. */
export const explanationReading = pgTable(
  'explanation_reading',
  {
    profileId: uuid('profile_id').notNull(),
    operatorId: uuid('operator_id').notNull(),
    openedAt: instant('opened_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'explanation_reading_pk', columns: [t.profileId, t.operatorId] }),
    foreignKey({
      name: 'explanation_reading_profile_fk',
      columns: [t.profileId],
      foreignColumns: [profile.id],
    }),
    foreignKey({
      name: 'explanation_reading_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }),
  ],
);

export const interview = pgTable(
  'interview',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id').notNull(),
    /** The questionnaire the answers belong to. */
    questionnaire: text().notNull(),
    state: text().$type<'draft' | 'complete'>().notNull(),
    answers: jsonb().$type<InterviewAnswers>().notNull(),
    version: integer().notNull().default(1),
    savedBy: uuid('saved_by').notNull(),
    startedAt: instant('started_at').notNull(),
    savedAt: instant('saved_at').notNull(),
    completedAt: instant('completed_at'),
  },
  (t) => [
    uniqueIndex('interview_one_draft_unique').on(t.personId).where(sql`${t.state} = 'draft'`),
    index('interview_person').on(t.personId),
    foreignKey({ name: 'interview_person_fk', columns: [t.personId], foreignColumns: [person.id] }),
    foreignKey({
      name: 'interview_operator_fk',
      columns: [t.savedBy],
      foreignColumns: [operator.id],
    }),
    check('interview_state', sql`${t.state} in ('draft', 'complete')`),
    check('interview_completed', sql`(${t.state} = 'complete') = (${t.completedAt} is not null)`),
  ],
);

/** What the operator decided on what was proposed. Appended; the latest one holds. */
export const percorsoDecision = pgTable(
  'percorso_decision',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id').notNull(),
    profileId: uuid('profile_id').notNull(),
    interviewId: uuid('interview_id').notNull(),
    /** Row of the rule table that fired. */
    ruleCode: text('rule_code').notNull(),
    proposed: text().$type<PercorsoGol>().notNull(),
    decided: text().$type<PercorsoGol>().notNull(),
    reason: text(),
    operatorId: uuid('operator_id').notNull(),
    officeId: uuid('office_id').notNull(),
    explanationOpenedAt: instant('explanation_opened_at').notNull(),
    decidedAt: instant('decided_at').notNull(),
  },
  (t) => [
    index('percorso_decision_person').on(t.personId, t.decidedAt),
    foreignKey({
      name: 'percorso_decision_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }),
    foreignKey({
      name: 'percorso_decision_profile_fk',
      columns: [t.profileId],
      foreignColumns: [profile.id],
    }),
    foreignKey({
      name: 'percorso_decision_interview_fk',
      columns: [t.interviewId],
      foreignColumns: [interview.id],
    }),
    foreignKey({
      name: 'percorso_decision_reading_fk',
      columns: [t.profileId, t.operatorId],
      foreignColumns: [explanationReading.profileId, explanationReading.operatorId],
    }),
    foreignKey({
      name: 'percorso_decision_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }),
    foreignKey({
      name: 'percorso_decision_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }),
    check('percorso_decision_proposed', sql`${t.proposed} in ('P1', 'P2', 'P3', 'P4', 'P5')`),
    check('percorso_decision_decided', sql`${t.decided} in ('P1', 'P2', 'P3', 'P4', 'P5')`),
    check(
      'percorso_decision_departure_reason',
      sql`${t.proposed} = ${t.decided} or length(btrim(coalesce(${t.reason}, ''))) >= 20`,
    ),
    check('percorso_decision_after_reading', sql`${t.explanationOpenedAt} <= ${t.decidedAt}`),
  ],
);
