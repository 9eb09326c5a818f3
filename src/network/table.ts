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
  primaryKey,
  smallint,
  text,
  time,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instantRange } from '../platform/columns.ts';
import { comune } from '../reference/table.ts';
import type { ClosureKind } from './rules/absence.ts';
import type { AccessFeature } from './rules/accessibility.ts';
import type { OpeningKind } from './rules/openings.ts';
import type { OfficeProvenance, Provenance } from './rules/provenance.ts';
import type { Recurrence } from './rules/recurrence.ts';
import type { Side } from './rules/street.ts';

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
    /** Whether it keeps its hours on national and patron's holidays too. */
    openOnHolidays: boolean('open_on_holidays').notNull().default(false),
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
  ],
);

/**
 * Days on which hours of their own replace the weekly ones: summer, the weeks around Christmas, a
 * year that differs. An office's hold for its operators too, but for those who have one of their own.
 */
export const hoursPeriod = pgTable(
  'hours_period',
  {
    id: uuid().primaryKey(),
    officeId: uuid('office_id').notNull(),
    operatorId: uuid('operator_id'),
    name: text().notNull(),
    validFrom: date('valid_from').notNull(),
    /** Last day, included; a period may reach into the next year. */
    validTo: date('valid_to').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'hours_period_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'hours_period_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    index('hours_period_office').on(t.officeId),
    check('hours_period_order', sql`${t.validFrom} <= ${t.validTo}`),
  ],
);

/**
 * Weekly opening hours in local wall time. Without `operatorId` they are the office's, and hold
 * for each of its operators who has none of their own. See `rules/openings.ts`.
 */
export const opening = pgTable(
  'opening',
  {
    id: uuid().primaryKey(),
    officeId: uuid('office_id').notNull(),
    operatorId: uuid('operator_id'),
    /** `extra` is added to whatever else is open, `pause` is taken away from it. */
    kind: text().$type<OpeningKind>().notNull().default('ordinary'),
    /** The period whose hours these are, when they are not the ordinary ones. */
    periodId: uuid('period_id'),
    /** ISO weekday, 1 Monday … 7 Sunday. */
    weekday: smallint().notNull(),
    starts: time({ precision: 0 }).notNull(),
    ends: time({ precision: 0 }).notNull(),
    validFrom: date('valid_from').notNull(),
    /** Last day it holds, included; null while open-ended. */
    validTo: date('valid_to'),
    /** How the series goes on, and its number: every `nth` week, the `nth` of the month, -1 the last. */
    recurrence: text().$type<Recurrence['rule']>().notNull().default('weeks'),
    nth: smallint().notNull().default(1),
    /** Only services that ask for one of these skills; all of them when null. */
    skills: text().array(),
    /** Kept for the staff: the public neither sees nor books it. */
    staffOnly: boolean('staff_only').notNull().default(false),
    /** Hours before it begins from which the public may have what is kept for the staff. */
    publicHoursBefore: smallint('public_hours_before'),
  },
  (t) => [
    check('opening_skills', sql`cardinality(${t.skills}) > 0`),
    check(
      'opening_public',
      sql`${t.publicHoursBefore} is null or (${t.staffOnly} and ${t.publicHoursBefore} between 0 and 2000)`,
    ),
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
    foreignKey({
      name: 'opening_period_fk',
      columns: [t.periodId],
      foreignColumns: [hoursPeriod.id],
    }).onDelete('cascade'),
    index('opening_office').on(t.officeId),
    check('opening_weekday', sql`${t.weekday} between 1 and 7`),
    check('opening_order', sql`${t.starts} < ${t.ends}`),
    check('opening_validity', sql`${t.validTo} is null or ${t.validFrom} <= ${t.validTo}`),
    check('opening_kind', sql`${t.kind} in ('ordinary', 'extra', 'pause')`),
    check(
      'opening_recurrence',
      sql`case ${t.recurrence} when 'weeks' then ${t.nth} between 1 and 52
        when 'month-week' then ${t.nth} between 1 and 6 or ${t.nth} = -1
        when 'month-weekday' then ${t.nth} between 1 and 5 or ${t.nth} = -1 else false end`,
    ),
  ],
);

/** What is known of an office's accessibility; of a feature without a row nobody knows. */
export const officeAccess = pgTable(
  'office_access',
  {
    officeId: uuid('office_id').notNull(),
    feature: text().$type<AccessFeature>().notNull(),
    present: boolean().notNull(),
    source: text().notNull(),
    date: date().notNull(),
  },
  (t) => [
    primaryKey({ name: 'office_access_pk', columns: [t.officeId, t.feature] }),
    foreignKey({
      name: 'office_access_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
  ],
);

/** One day of a series that differs: dropped (no hours), or with other hours. The series stays. */
export const openingException = pgTable(
  'opening_exception',
  {
    openingId: uuid('opening_id').notNull(),
    day: date().notNull(),
    starts: time({ precision: 0 }),
    ends: time({ precision: 0 }),
  },
  (t) => [
    primaryKey({ name: 'opening_exception_pk', columns: [t.openingId, t.day] }),
    foreignKey({
      name: 'opening_exception_opening_fk',
      columns: [t.openingId],
      foreignColumns: [opening.id],
    }).onDelete('cascade'),
    check(
      'opening_exception_hours',
      sql`(${t.starts} is null and ${t.ends} is null) or coalesce(${t.starts} < ${t.ends}, false)`,
    ),
  ],
);

/**
 * An operator who goes to work at another office from a day on. Until that day `operator.office_id`
 * says the old one; free time is kept at the new one for the days after it already.
 */
export const operatorTransfer = pgTable(
  'operator_transfer',
  {
    id: uuid().primaryKey(),
    operatorId: uuid('operator_id').notNull(),
    fromOfficeId: uuid('from_office_id').notNull(),
    toOfficeId: uuid('to_office_id').notNull(),
    /** First day at the new office. */
    fromDay: date('from_day').notNull(),
    /** Whether the day has come and the operator belongs to the new office. */
    settled: boolean().notNull().default(false),
  },
  (t) => [
    foreignKey({
      name: 'operator_transfer_operator_fk',
      columns: [t.operatorId],
      foreignColumns: [operator.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'operator_transfer_from_fk',
      columns: [t.fromOfficeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'operator_transfer_to_fk',
      columns: [t.toOfficeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    uniqueIndex('operator_transfer_one_ahead').on(t.operatorId).where(sql`not ${t.settled}`),
    check('operator_transfer_moves', sql`${t.fromOfficeId} <> ${t.toOfficeId}`),
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
    /** Why, in a word; whether somebody is ill is nobody's business outside the office. */
    kind: text().$type<ClosureKind>().notNull().default('closure'),
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
    check(
      'closure_kind',
      sql`${t.kind} in ('closure', 'leave', 'illness', 'training', 'duty', 'other')`,
    ),
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

/** A desk, a room or a line of an office: what an appointment may need besides an operator. */
export const resource = pgTable(
  'resource',
  {
    id: uuid().primaryKey(),
    officeId: uuid('office_id').notNull(),
    /** What services ask for: `desk`, `room`, `video-room`, or a word of the administration's own. */
    kind: text().notNull(),
    name: text().notNull(),
    /** People it holds; null where nobody counted. */
    capacity: smallint(),
    active: boolean().notNull().default(true),
  },
  (t) => [
    foreignKey({
      name: 'resource_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    uniqueIndex('resource_name_unique').on(t.officeId, t.kind, sql`lower(${t.name})`),
    check('resource_kind', sql`${t.kind} ~ '^[a-z0-9-]{2,40}$'`),
    check('resource_capacity', sql`${t.capacity} between 1 and 1000`),
  ],
);

/**
 * Streets of a comune that more than one office serves: a stretch of civic numbers, on one side or
 * both, and its office. No two zones share a number: see the exclusion constraint.
 */
export const streetZone = pgTable(
  'street_zone',
  {
    id: uuid().primaryKey(),
    comune: text().notNull(),
    /** As the administration writes it. */
    name: text().notNull(),
    /** As it is compared; see `rules/street.ts`. */
    street: text().notNull(),
    numberFrom: integer('number_from').notNull().default(1),
    /** Last number, included; null to the end of the street. */
    numberTo: integer('number_to'),
    side: text().$type<Side>().notNull().default('all'),
    officeId: uuid('office_id').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'street_zone_comune_fk',
      columns: [t.comune],
      foreignColumns: [comune.istatCode],
    }),
    foreignKey({
      name: 'street_zone_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    index('street_zone_office').on(t.officeId),
    check('street_zone_side', sql`${t.side} in ('all', 'odd', 'even')`),
    check(
      'street_zone_numbers',
      sql`${t.numberFrom} >= 1 and (${t.numberTo} is null or ${t.numberFrom} <= ${t.numberTo})`,
    ),
  ],
);
