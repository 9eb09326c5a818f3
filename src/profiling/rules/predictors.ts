import { DateTime } from 'luxon';
import type { IsoDate } from '../../platform/clock.ts';
import type { Predictors } from './model.ts';
import type { PersonData } from './person-data.ts';

/** Whole years or months from `from` to `on`; negative when `from` lies ahead. */
function elapsed(from: IsoDate, on: IsoDate, unit: 'years' | 'months'): number {
  const day = (date: IsoDate) => DateTime.fromISO(date, { zone: 'utc' });
  return Math.floor(day(on).diff(day(from), unit).get(unit));
}

export function ageOn(birthDate: IsoDate, on: IsoDate): number {
  return elapsed(birthDate, on, 'years');
}

export function monthsOutOn(unemployedSince: IsoDate, on: IsoDate): number {
  return elapsed(unemployedSince, on, 'months');
}

function ageBand(age: number): string {
  if (age < 30) return 'under_30';
  if (age < 45) return '30_44';
  return age < 55 ? '45_54' : '55_plus';
}

/** First digit of the ministerial title. Tertiary non-university counts as a diploma. */
const EDUCATION_LEVEL: Record<string, string> = {
  0: 'primary',
  1: 'primary',
  2: 'lower_secondary',
  3: 'qualification',
  4: 'diploma',
  5: 'diploma',
  6: 'tertiary',
  7: 'tertiary',
  8: 'tertiary',
};

/**
 * What the local model reads from a person's data form on a given day. Sex, citizenship, presence
 * in Italy and household size stay outside: see the model card.
 */
export function predictorsOf(data: PersonData, on: IsoDate): Predictors {
  return {
    age: ageBand(ageOn(data.birthDate, on)),
    education: EDUCATION_LEVEL[data.education[0]!]!,
    months_out: monthsOutBand(monthsOutOn(data.unemployedSince, on)),
    status_year_before: data.statusYearBefore,
    worked_last_2_years: workedBand(data.monthsWorkedLast2Years),
    dependent_children: yesNo(data.dependentChildren),
    driving_licence: yesNo(data.drivingLicence),
    transport: data.transport,
    digital_skills: data.digitalSkills,
    italian: data.italianLevel,
    foreign_languages: data.foreignLanguages,
    recent_training: yesNo(data.recentTraining),
  };
}

function monthsOutBand(months: number): string {
  if (months < 6) return 'under_6';
  if (months < 12) return '6_11';
  return months < 24 ? '12_23' : '24_plus';
}

function workedBand(months: number): string {
  if (months <= 0) return 'none';
  if (months <= 6) return '1_6';
  return months <= 12 ? '7_12' : '13_24';
}

function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}
