import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  time,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instantRange } from '../platform/columns.ts';
import { comune } from '../reference/table.ts';
import type { OfficeProvenance, Provenance } from './rules/provenance.ts';

export type { OfficeProvenance, Provenance };

/** A place that serves people: a Cpi today, another kind of office tomorrow. */
export const office = pgTable(
  'office',
  {
    id: uuid().primaryKey(),
    /** Stable short code used in files and addresses, e.g. `pa-palermo`. */
    code: text().notNull(),
    kind: text().notNull().default('cpi'),
    name: text().notNull(),
    /** ISTAT code of the comune of the seat. */
    seat: text().notNull(),
    address: text(),
    phone: text(),
    email: text(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    active: boolean().notNull().default(true),
    demo: boolean().notNull().default(false),
    /** Where each kind of fact about the office comes from. */
    provenance: jsonb().$type<OfficeProvenance>().notNull(),
  },
  (t) => [
    uniqueIndex('office_code_unique').on(t.code),
    foreignKey({ name: 'office_seat_fk', columns: [t.seat], foreignColumns: [comune.istatCode] }),
    check('office_code_form', sql`${t.code} ~ '^[a-z0-9-]{2,60}$'`),
    check(
      'office_coordinates',
      sql`${t.latitude} between -90 and 90 and ${t.longitude} between -180 and 180`,
    ),
  ],
);

/** Bacino di utenza: the comuni an office serves. A comune belongs to one office of a kind. */
export const bacinoComune = pgTable(
  'bacino_comune',
  {
    comune: text().primaryKey(),
    officeId: uuid('office_id').notNull(),
    provenance: jsonb().$type<Provenance>().notNull(),
  },
  (t) => [
    foreignKey({
      name: 'bacino_comune_comune_fk',
      columns: [t.comune],
      foreignColumns: [comune.istatCode],
    }),
    foreignKey({
      name: 'bacino_comune_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    index('bacino_comune_office').on(t.officeId),
  ],
);

/** The ordered staff categories of the administration; `level` says which contains which. */
export const staffCategory = pgTable(
  'staff_category',
  {
    code: text().primaryKey(),
    level: integer().notNull(),
    name: text().notNull(),
    validFrom: date('valid_from').notNull(),
    source: text().notNull(),
    sourceDate: date('source_date'),
    verified: boolean().notNull().default(false),
  },
  (t) => [
    uniqueIndex('staff_category_level_unique').on(t.level),
    check('staff_category_level_positive', sql`${t.level} >= 1`),
  ],
);

export const operator = pgTable(
  'operator',
  {
    id: uuid().primaryKey(),
    /** The administration's own staff number: files are matched on it. */
    staffNumber: text('staff_number').notNull(),
    officeId: uuid('office_id').notNull(),
    givenName: text('given_name').notNull(),
    familyName: text('family_name').notNull(),
    category: text().notNull(),
    /** Codes of what the operator may do; a service asks for one of them. */
    skills: text().array().notNull().default(sql`'{}'`),
    /** ISO 639-1 codes. */
    languages: text().array().notNull().default(sql`'{it}'`),
    /** Whether the operator receives by appointment; the others do reception and back office. */
    bookable: boolean().notNull().default(false),
    active: boolean().notNull().default(true),
    demo: boolean().notNull().default(false),
    provenance: jsonb().$type<Provenance>().notNull(),
  },
  (t) => [
    uniqueIndex('operator_staff_number_unique').on(t.staffNumber),
    foreignKey({ name: 'operator_office_fk', columns: [t.officeId], foreignColumns: [office.id] }),
    foreignKey({
      name: 'operator_category_fk',
      columns: [t.category],
      foreignColumns: [staffCategory.code],
    }),
    index('operator_office').on(t.officeId),
    unique('operator_id_office_unique').on(t.id, t.officeId),
  ],
);

/**
 * Weekly opening hours in local wall time. Without `operatorId` they are the office's, and hold
 * for each of its operators who has none of their own.
 */
export const opening = pgTable(
  'opening',
  {
    id: uuid().primaryKey(),
    officeId: uuid('office_id').notNull(),
    operatorId: uuid('operator_id'),
    /** ISO weekday, 1 Monday … 7 Sunday. */
    weekday: smallint().notNull(),
    starts: time({ precision: 0 }).notNull(),
    ends: time({ precision: 0 }).notNull(),
    validFrom: date('valid_from').notNull(),
    /** Last day it holds, included; null while open-ended. */
    validTo: date('valid_to'),
  },
  (t) => [
    foreignKey({
      name: 'opening_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'opening_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    index('opening_office').on(t.officeId),
    check('opening_weekday', sql`${t.weekday} between 1 and 7`),
    check('opening_order', sql`${t.starts} < ${t.ends}`),
    check('opening_validity', sql`${t.validTo} is null or ${t.validFrom} <= ${t.validTo}`),
  ],
);

/** Time an office (`operatorId` null) or one operator does not receive. */
export const closure = pgTable(
  'closure',
  {
    id: uuid().primaryKey(),
    officeId: uuid('office_id').notNull(),
    operatorId: uuid('operator_id'),
    during: instantRange().notNull(),
    reason: text().notNull(),
  },
  (t) => [
    foreignKey({
      name: 'closure_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'closure_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    index('closure_office').on(t.officeId),
    check('closure_not_empty', sql`not isempty(${t.during})`),
  ],
);

/** The feast of a comune's patron saint, when its office is closed. `easterOffset` for movable ones. */
export const patronFeast = pgTable(
  'patron_feast',
  {
    comune: text().primaryKey(),
    month: smallint(),
    day: smallint(),
    easterOffset: smallint('easter_offset'),
    saint: text().notNull(),
    source: text().notNull(),
  },
  (t) => [
    foreignKey({
      name: 'patron_feast_comune_fk',
      columns: [t.comune],
      foreignColumns: [comune.istatCode],
    }),
    check(
      'patron_feast_rule',
      sql`(${t.month} is not null and ${t.day} is not null) <> (${t.easterOffset} is not null)`,
    ),
  ],
);
