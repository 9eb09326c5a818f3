import { sql } from 'drizzle-orm';
import { check, foreignKey, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { person } from '../identity/table.ts';
import { instant } from '../platform/columns.ts';

export const ERASURE_STATES = ['asked', 'erased', 'refused'] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

/** A person asks that what is held about them be erased (GDPR art. 17); the office decides. */
export const erasureRequest = pgTable(
  'erasure_request',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id').notNull(),
    state: text().$type<ErasureState>().notNull().default('asked'),
    askedAt: instant('asked_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    /** What the office answers; needed when it refuses. */
    answer: text(),
  },
  (t) => [
    foreignKey({
      name: 'erasure_request_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }),
    uniqueIndex('erasure_request_one_asked').on(t.personId).where(sql`${t.state} = 'asked'`),
    index('erasure_request_asked').on(t.askedAt),
    check('erasure_request_state', sql`${t.state} in ('asked', 'erased', 'refused')`),
    check(
      'erasure_request_decided',
      sql`(${t.state} = 'asked') = (${t.decidedAt} is null) and (${t.decidedAt} is null) = (${t.decidedBy} is null)`,
    ),
    check('erasure_request_reason', sql`${t.state} <> 'refused' or ${t.answer} is not null`),
  ],
);
