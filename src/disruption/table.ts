import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { appointment } from '../booking/table.ts';
import { closure, office, operator } from '../network/table.ts';
import { instant, instantRange } from '../platform/columns.ts';
import type { Seat } from './rules/propose.ts';

/**
 * `closure`: time is shut; `cancellation`: it stays open; `relocation`: the office moves house;
 * `hours`: opening hours changed; `transfer`: an operator went to another office.
 */
export const DISRUPTION_KINDS = [
  'closure',
  'cancellation',
  'relocation',
  'hours',
  'transfer',
] as const;
export type DisruptionKind = (typeof DISRUPTION_KINDS)[number];

/** `running`: not everybody is seen to yet. `withdrawn`: the closure was taken back. */
export const DISRUPTION_STATES = ['running', 'done', 'withdrawn'] as const;
export type DisruptionState = (typeof DISRUPTION_STATES)[number];

/** What an office did to appointments that were made: closed, called off, moved house. */
export const disruption = pgTable(
  'disruption',
  {
    id: uuid().primaryKey(),
    kind: text().$type<DisruptionKind>().notNull(),
    officeId: uuid('office_id').notNull(),
    /** Whose agenda alone it concerns; the whole office's when null. */
    operatorId: uuid('operator_id'),
    /** A relocation has no end. */
    during: instantRange().notNull(),
    /** Told to the people it concerns. */
    reason: text().notNull(),
    /** Of a relocation: where the office will be. */
    newAddress: text('new_address'),
    /** Null once the time was given back. */
    closureId: uuid('closure_id'),
    state: text().$type<DisruptionState>().notNull(),
    /** Who made it, as the audit trail names them. */
    madeBy: text('made_by'),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    foreignKey({
      name: 'disruption_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'disruption_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'disruption_closure_fk',
      columns: [t.closureId],
      foreignColumns: [closure.id],
    }).onDelete('set null'),
    index('disruption_office').on(t.officeId, t.createdAt),
    index('disruption_running').on(t.createdAt).where(sql`${t.state} = 'running'`),
    check(
      'disruption_kind',
      sql`${t.kind} in ('closure', 'cancellation', 'relocation', 'hours', 'transfer')`,
    ),
    check('disruption_state', sql`${t.state} in ('running', 'done', 'withdrawn')`),
    check('disruption_not_empty', sql`not isempty(${t.during})`),
    check('disruption_address', sql`(${t.kind} = 'relocation') = (${t.newAddress} is not null)`),
  ],
);

/** What is to be done about an appointment, and what was done. */
export const DISRUPTION_FATES = ['reseat', 'displace', 'revoke', 'keep', 'tell'] as const;
export type Fate = (typeof DISRUPTION_FATES)[number];

/**
 * One appointment that a disruption hits. Written with the disruption itself and settled one by one,
 * each in its own transaction: whoever goes on after a crash finds what is left.
 */
export const disruptionItem = pgTable(
  'disruption_item',
  {
    disruptionId: uuid('disruption_id').notNull(),
    appointmentId: uuid('appointment_id').notNull(),
    fate: text().$type<Fate>().notNull(),
    /** The time found for it, when it is to be re-seated. */
    seat: jsonb().$type<Seat>(),
    /** What came of it; null while it waits. */
    outcome: text().$type<Fate | 'gone'>(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    primaryKey({ name: 'disruption_item_pk', columns: [t.disruptionId, t.appointmentId] }),
    foreignKey({
      name: 'disruption_item_disruption_fk',
      columns: [t.disruptionId],
      foreignColumns: [disruption.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'disruption_item_appointment_fk',
      columns: [t.appointmentId],
      foreignColumns: [appointment.id],
    }).onDelete('cascade'),
    index('disruption_item_waiting').on(t.disruptionId).where(sql`${t.outcome} is null`),
    index('disruption_item_appointment').on(t.appointmentId),
    check(
      'disruption_item_fate',
      sql`${t.fate} in ('reseat', 'displace', 'revoke', 'keep', 'tell')`,
    ),
    check(
      'disruption_item_outcome',
      sql`${t.outcome} in ('reseat', 'displace', 'revoke', 'keep', 'tell', 'gone')
        and (${t.outcome} is null) = (${t.settledAt} is null)`,
    ),
    check('disruption_item_seat', sql`(${t.fate} = 'reseat') = (${t.seat} is not null)`),
  ],
);
