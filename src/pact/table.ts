import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { appointment } from '../booking/table.ts';
import { person } from '../identity/table.ts';
import { office, operator } from '../network/table.ts';
import { instant } from '../platform/columns.ts';
import type { PercorsoGol } from '../profiling/rules/percorso.ts';
import { percorsoDecision, profile } from '../profiling/table.ts';
import type { Benefit } from './rules/benefits.ts';
import type { LegalLetter, PactContent } from './rules/content.ts';

/** Did: the declaration of immediate availability that makes a person unemployed in law. */
export const did = pgTable(
  'did',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id').notNull(),
    declaredOn: date('declared_on').notNull(),
    benefit: text().$type<Benefit>().notNull().default('none'),
    /** Day the benefit was claimed: for Naspi and Dis-Coll the claim counts as the Did. */
    benefitClaimedOn: date('benefit_claimed_on'),
    /** Day the person first came to the Cpi about it. */
    contactedOn: date('contacted_on'),
    endedOn: date('ended_on'),
    registeredBy: uuid('registered_by').notNull(),
    registeredAt: instant('registered_at').notNull(),
  },
  (t) => [
    uniqueIndex('did_one_open_unique').on(t.personId).where(sql`${t.endedOn} is null`),
    foreignKey({ name: 'did_person_fk', columns: [t.personId], foreignColumns: [person.id] }),
    foreignKey({
      name: 'did_operator_fk',
      columns: [t.registeredBy],
      foreignColumns: [operator.id],
    }),
    check('did_benefit', sql`${t.benefit} in ('none', 'naspi', 'dis_coll', 'adi', 'sfl')`),
    check('did_claim', sql`(${t.benefit} = 'none') = (${t.benefitClaimedOn} is null)`),
    check('did_end', sql`${t.endedOn} is null or ${t.declaredOn} <= ${t.endedOn}`),
  ],
);

export const PACT_STATES = ['draft', 'awaiting_person', 'signed'] as const;
export type PactState = (typeof PACT_STATES)[number];

/**
 * One version of a PattoDiServizio. Signed by both it never changes again (trigger
 * `pact_signed_is_final`, see `drizzle/`): whatever comes later is a new version.
 */
export const pact = pgTable(
  'pact',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id').notNull(),
    /** 1 is the first patto of the person; each later one replaces the one before when signed. */
    version: integer().notNull(),
    state: text().$type<PactState>().notNull(),
    didId: uuid('did_id').notNull(),
    profileId: uuid('profile_id').notNull(),
    decisionId: uuid('decision_id').notNull(),
    percorso: text().$type<PercorsoGol>().notNull(),
    officeId: uuid('office_id').notNull(),
    /** Responsabile delle attività, art. 20 c. 2 letter a. */
    responsabileId: uuid('responsabile_id').notNull(),
    startsOn: date('starts_on').notNull(),
    /** Last day, included. */
    endsOn: date('ends_on').notNull(),
    content: jsonb().$type<PactContent>().notNull(),
    draftedBy: uuid('drafted_by').notNull(),
    draftedAt: instant('drafted_at').notNull(),
    /** Counts edits, for If-Match. */
    revision: integer().notNull().default(1),
    operatorSignedBy: uuid('operator_signed_by'),
    operatorSignedAt: instant('operator_signed_at'),
    personSignedAt: instant('person_signed_at'),
    /** `desk`: on paper before the operator, who keeps it. `online`: in the person's own area. */
    personSignedHow: text('person_signed_how').$type<'desk' | 'online'>(),
  },
  (t) => [
    uniqueIndex('pact_version_unique').on(t.personId, t.version),
    uniqueIndex('pact_one_open_unique').on(t.personId).where(sql`${t.state} <> 'signed'`),
    foreignKey({ name: 'pact_person_fk', columns: [t.personId], foreignColumns: [person.id] }),
    foreignKey({ name: 'pact_did_fk', columns: [t.didId], foreignColumns: [did.id] }),
    foreignKey({ name: 'pact_profile_fk', columns: [t.profileId], foreignColumns: [profile.id] }),
    foreignKey({
      name: 'pact_decision_fk',
      columns: [t.decisionId],
      foreignColumns: [percorsoDecision.id],
    }),
    foreignKey({ name: 'pact_office_fk', columns: [t.officeId], foreignColumns: [office.id] }),
    foreignKey({
      name: 'pact_responsabile_fk',
      columns: [t.responsabileId],
      foreignColumns: [operator.id],
    }),
    foreignKey({
      name: 'pact_drafted_by_fk',
      columns: [t.draftedBy],
      foreignColumns: [operator.id],
    }),
    foreignKey({
      name: 'pact_operator_signature_fk',
      columns: [t.operatorSignedBy],
      foreignColumns: [operator.id],
    }),
    check('pact_state', sql`${t.state} in ('draft', 'awaiting_person', 'signed')`),
    check('pact_percorso', sql`${t.percorso} in ('P1', 'P2', 'P3', 'P4', 'P5')`),
    check('pact_dates', sql`${t.startsOn} <= ${t.endsOn}`),
    check(
      'pact_operator_signature',
      sql`num_nonnulls(${t.operatorSignedBy}, ${t.operatorSignedAt}) = case when ${t.state} = 'draft' then 0 else 2 end`,
    ),
    check(
      'pact_person_signature',
      sql`num_nonnulls(${t.personSignedAt}, ${t.personSignedHow}) = case when ${t.state} = 'signed' then 2 else 0 end`,
    ),
    check(
      'pact_signed_how',
      sql`${t.personSignedHow} is null or ${t.personSignedHow} in ('desk', 'online')`,
    ),
  ],
);

/** Who does what by when, how it is proved, and which letter of art. 20 it answers to. */
export const pactAction = pgTable(
  'pact_action',
  {
    id: uuid().primaryKey(),
    pactId: uuid('pact_id').notNull(),
    position: smallint().notNull(),
    /** Measure of the catalogue it was made from; null when written freely. */
    measure: text(),
    who: text().$type<'person' | 'cpi' | 'provider'>().notNull(),
    what: text().notNull(),
    dueOn: date('due_on').notNull(),
    proof: text().notNull(),
    /** Art. 20 D.Lgs. 150/2015; null for what the Cpi itself takes on. */
    legalLetter: text('legal_letter').$type<LegalLetter>(),
    lep: text(),
    appointmentId: uuid('appointment_id'),
  },
  (t) => [
    uniqueIndex('pact_action_position_unique').on(t.pactId, t.position),
    index('pact_action_due').on(t.dueOn),
    foreignKey({
      name: 'pact_action_pact_fk',
      columns: [t.pactId],
      foreignColumns: [pact.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'pact_action_appointment_fk',
      columns: [t.appointmentId],
      foreignColumns: [appointment.id],
    }),
    check('pact_action_who', sql`${t.who} in ('person', 'cpi', 'provider')`),
    check(
      'pact_action_letter',
      sql`${t.legalLetter} is null or ${t.legalLetter} in ('20.2.c', '20.2.d', '20.3.a', '20.3.b', '20.3.c')`,
    ),
    check(
      'pact_action_obligation_cites_law',
      sql`${t.who} <> 'person' or ${t.legalLetter} is not null`,
    ),
    check('pact_action_words', sql`length(btrim(${t.what})) > 0 and length(btrim(${t.proof})) > 0`),
  ],
);
