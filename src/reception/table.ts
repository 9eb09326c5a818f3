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
import { appointment, service } from '../booking/table.ts';
import { office, operator } from '../network/table.ts';
import { instant } from '../platform/columns.ts';

/** `skipped`: called as often as the rule says and never came. `left`: went away, and said so. */
export const TICKET_STATES = [
  'waiting',
  'called',
  'serving',
  'finished',
  'skipped',
  'left',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** The last number given of each series of an office and day: whoever takes one counts it on. */
export const ticketSequence = pgTable(
  'ticket_sequence',
  {
    officeId: uuid('office_id').notNull(),
    day: date().notNull(),
    series: text().notNull(),
    last: smallint().notNull(),
  },
  (t) => [
    primaryKey({ name: 'ticket_sequence_pk', columns: [t.officeId, t.day, t.series] }),
    foreignKey({
      name: 'ticket_sequence_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
  ],
);

/** Somebody present at an office: one row a visit, from arrival to the end. It names nobody. */
export const ticket = pgTable(
  'ticket',
  {
    id: uuid().primaryKey(),
    officeId: uuid('office_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    day: date().notNull(),
    /** `P` for those who booked, `A` for those who did not. */
    series: text().$type<'A' | 'P'>().notNull(),
    number: smallint().notNull(),
    state: text().$type<TicketState>().notNull(),
    /** The booked appointment; for a walk-in, the one that takes the operator's time once called. */
    appointmentId: uuid('appointment_id'),
    /** The hour that was booked; null for walk-ins. */
    dueAt: instant('due_at'),
    priority: boolean().notNull().default(false),
    /** Only this operator: the one booked with, or the one it was handed to. */
    boundTo: uuid('bound_to'),
    arrivedAt: instant('arrived_at').notNull(),
    /** The place in the common order; see `rules/order.ts`. */
    rankAt: instant('rank_at').notNull(),
    /** When, by whom and where it was last called. */
    calledAt: instant('called_at'),
    operatorId: uuid('operator_id'),
    desk: text(),
    calls: smallint().notNull().default(0),
    skips: smallint().notNull().default(0),
    servedAt: instant('served_at'),
    endedAt: instant('ended_at'),
    locale: text().notNull().default('it'),
    demo: boolean().notNull().default(false),
    version: integer().notNull().default(1),
  },
  (t) => [
    foreignKey({ name: 'ticket_office_fk', columns: [t.officeId], foreignColumns: [office.id] }),
    foreignKey({ name: 'ticket_service_fk', columns: [t.serviceId], foreignColumns: [service.id] }),
    foreignKey({
      name: 'ticket_appointment_fk',
      columns: [t.appointmentId],
      foreignColumns: [appointment.id],
    }).onDelete('set null'),
    foreignKey({
      name: 'ticket_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }),
    foreignKey({ name: 'ticket_bound_fk', columns: [t.boundTo], foreignColumns: [operator.id] }),
    uniqueIndex('ticket_number_unique').on(t.officeId, t.day, t.series, t.number),
    uniqueIndex('ticket_appointment_unique')
      .on(t.appointmentId)
      .where(sql`${t.appointmentId} is not null`),
    // Nobody receives two at once, and nobody is called to two desks.
    uniqueIndex('ticket_operator_unique')
      .on(t.operatorId)
      .where(sql`${t.state} in ('called', 'serving')`),
    index('ticket_finished')
      .on(t.officeId, t.serviceId, t.endedAt)
      .where(sql`${t.state} = 'finished'`),
    check(
      'ticket_state',
      sql`${t.state} in ('waiting', 'called', 'serving', 'finished', 'skipped', 'left')`,
    ),
    check(
      'ticket_series',
      sql`(${t.series} = 'P') = (${t.dueAt} is not null) and ${t.series} in ('A', 'P')`,
    ),
    check('ticket_number', sql`${t.number} between 1 and 999`),
    check(
      'ticket_attended',
      sql`${t.state} not in ('called', 'serving') or (${t.operatorId} is not null and ${t.calledAt} is not null)`,
    ),
    check('ticket_finished_times', sql`${t.state} <> 'finished' or ${t.endedAt} is not null`),
  ],
);

/** What an operator did to a ticket, and how it was before: the last one can be taken back. */
export const ticketStep = pgTable(
  'ticket_step',
  {
    id: uuid().primaryKey(),
    ticketId: uuid('ticket_id').notNull(),
    operatorId: uuid('operator_id').notNull(),
    at: instant().notNull(),
    action: text().notNull(),
    before: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The ticket's version afterwards: who finds another came too late to take it back. */
    version: integer().notNull(),
    undone: boolean().notNull().default(false),
  },
  (t) => [
    foreignKey({
      name: 'ticket_step_ticket_fk',
      columns: [t.ticketId],
      foreignColumns: [ticket.id],
    }).onDelete('cascade'),
    index('ticket_step_operator').on(t.operatorId, t.at),
    index('ticket_step_ticket').on(t.ticketId),
  ],
);

/** Where an operator receives on a day, as the hall's screen says it. */
export const deskDuty = pgTable(
  'desk_duty',
  {
    operatorId: uuid('operator_id').notNull(),
    day: date().notNull(),
    desk: text().notNull(),
  },
  (t) => [
    primaryKey({ name: 'desk_duty_pk', columns: [t.operatorId, t.day] }),
    foreignKey({
      name: 'desk_duty_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    check('desk_duty_desk', sql`char_length(${t.desk}) between 1 and 40`),
  ],
);
