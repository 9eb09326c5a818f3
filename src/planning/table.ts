/**
 * What planning keeps: the standards a workload is computed with, the demand figures it is computed
 * from, and the scenarios a planner saved.
 *
 * Nobody publishes official minutes for the activities of a Cpi, so every standard is a row with its
 * provenance and its validity, never a constant in the code.
 */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  jsonb,
  pgTable,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { office } from '../network/table.ts';
import { instant } from '../platform/columns.ts';
import type { FigureNature } from './rules/figures.ts';
import type { ScenarioLevers, ScenarioResults } from './scenario.ts';

/** How long one unit of an activity takes and who may do it. `lep` is the letter of the Lep it serves. */
export const activityStandard = pgTable(
  'activity_standard',
  {
    id: uuid().primaryKey(),
    code: text().notNull(),
    nameIt: text('name_it').notNull(),
    nameEn: text('name_en').notNull(),
    minutes: doublePrecision().notNull(),
    minLevel: smallint('min_level').notNull(),
    lep: text(),
    /** Code of the bookable service whose appointments count as this activity; null: back-office work. */
    serviceCode: text('service_code'),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
    source: text().notNull(),
    sourceDate: date('source_date'),
    verified: boolean().notNull().default(false),
  },
  (t) => [
    unique('activity_standard_code_from_unique').on(t.code, t.validFrom),
    check('activity_standard_minutes_positive', sql`${t.minutes} > 0`),
    check('activity_standard_level_positive', sql`${t.minLevel} >= 1`),
    check('activity_standard_validity', sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`),
  ],
);

/** What one full-time post has available in a year: days, less what is not worked, times hours a day. */
export const workingTimeStandard = pgTable(
  'working_time_standard',
  {
    id: uuid().primaryKey(),
    possibleDays: doublePrecision('possible_days').notNull(),
    leaveDays: doublePrecision('leave_days').notNull(),
    holidayDays: doublePrecision('holiday_days').notNull(),
    sickDays: doublePrecision('sick_days').notNull(),
    otherDays: doublePrecision('other_days').notNull(),
    hoursPerDay: doublePrecision('hours_per_day').notNull(),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
    source: text().notNull(),
    sourceDate: date('source_date'),
    verified: boolean().notNull().default(false),
  },
  (t) => [
    unique('working_time_standard_from_unique').on(t.validFrom),
    check(
      'working_time_standard_days',
      sql`least(${t.possibleDays}, ${t.leaveDays}, ${t.holidayDays}, ${t.sickDays}, ${t.otherDays}) >= 0
        and ${t.possibleDays} <= 366
        and ${t.possibleDays} > ${t.leaveDays} + ${t.holidayDays} + ${t.sickDays} + ${t.otherDays}`,
    ),
    check('working_time_standard_hours', sql`${t.hoursPerDay} > 0 and ${t.hoursPerDay} <= 24`),
    check(
      'working_time_standard_validity',
      sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`,
    ),
  ],
);

/**
 * Work that no user asks for. `share`: part of everybody's time; `hours_per_year`: hours of one
 * office in a year, done by some. Exactly one of the two.
 */
export const allowanceStandard = pgTable(
  'allowance_standard',
  {
    id: uuid().primaryKey(),
    code: text().notNull(),
    nameIt: text('name_it').notNull(),
    nameEn: text('name_en').notNull(),
    share: doublePrecision(),
    hoursPerYear: doublePrecision('hours_per_year'),
    minLevel: smallint('min_level').notNull(),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
    source: text().notNull(),
    sourceDate: date('source_date'),
    verified: boolean().notNull().default(false),
  },
  (t) => [
    unique('allowance_standard_code_from_unique').on(t.code, t.validFrom),
    check('allowance_standard_one_kind', sql`num_nonnulls(${t.share}, ${t.hoursPerYear}) = 1`),
    check(
      'allowance_standard_share',
      sql`${t.share} is null or (${t.share} >= 0 and ${t.share} < 1)`,
    ),
    check('allowance_standard_hours', sql`${t.hoursPerYear} is null or ${t.hoursPerYear} >= 0`),
    check(
      'allowance_standard_validity',
      sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`,
    ),
  ],
);

/**
 * One number about one place in a period [start, end): the demand of an office, a region's published
 * flow, a province's unemployment. `measure` is an activity code (yearly units asked for) or one of
 * the names in `rules/figures.ts`.
 */
export const placeFigure = pgTable(
  'place_figure',
  {
    id: uuid().primaryKey(),
    officeId: uuid('office_id'),
    /** Two-letter mark. */
    province: text(),
    region: text(),
    measure: text().notNull(),
    periodStart: date('period_start').notNull(),
    periodEnd: date('period_end').notNull(),
    value: doublePrecision().notNull(),
    nature: text().$type<FigureNature>().notNull(),
    source: text().notNull(),
    sourceDate: date('source_date'),
    verified: boolean().notNull().default(true),
  },
  (t) => [
    foreignKey({
      name: 'place_figure_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }).onDelete('cascade'),
    unique('place_figure_unique')
      .on(t.officeId, t.province, t.region, t.measure, t.periodStart, t.periodEnd)
      .nullsNotDistinct(),
    check(
      'place_figure_one_place',
      sql`num_nonnulls(${t.officeId}, ${t.province}, ${t.region}) = 1`,
    ),
    check('place_figure_period', sql`${t.periodEnd} > ${t.periodStart}`),
    check('place_figure_value', sql`${t.value} >= 0`),
    check('place_figure_nature', sql`${t.nature} in ('sourced', 'computed', 'demo')`),
    index('place_figure_measure').on(t.measure, t.periodStart),
  ],
);

/** A what-if that a planner named and kept, with the answer as it was on that day. */
export const scenario = pgTable(
  'scenario',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    ownerId: text('owner_id').notNull(),
    levers: jsonb().$type<ScenarioLevers>().notNull(),
    results: jsonb().$type<ScenarioResults>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    check('scenario_name_length', sql`char_length(${t.name}) between 1 and 120`),
    index('scenario_owner_index').on(t.ownerId, t.createdAt),
  ],
);
