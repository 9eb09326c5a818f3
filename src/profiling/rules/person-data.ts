import type { IsoDate } from '../../platform/clock.ts';

/** Ministerial titles of study, first digits of the ISTAT classification. */
export const EDUCATION_CODES = [
  '00000000',
  '10000000',
  '20000000',
  '30000000',
  '40000000',
  '50000000',
  '60000000',
  '70000000',
  '80000000',
] as const;
export const STATUS_YEAR_BEFORE = ['employed', 'unemployed', 'student', 'inactive'] as const;
export const PRESENCE_IN_ITALY = [
  'birth',
  'over_5_years',
  'from_1_to_5_years',
  'under_1_year',
] as const;
export const DIGITAL_SKILLS = ['none', 'basic', 'intermediate', 'advanced'] as const;
export const ITALIAN_LEVELS = ['up_to_a2', 'b1_b2', 'c1_or_native'] as const;
export const FOREIGN_LANGUAGES = ['none', 'one', 'two_or_more'] as const;
export const TRANSPORT = ['own', 'public', 'limited'] as const;
export const SEXES = ['F', 'M'] as const;
export const CITIZENSHIPS = ['it', 'eu', 'other'] as const;

/**
 * The data form a person confirms with the operator before the automatic profile: what the national
 * call of the Gol programme asks (age, title, status one year before, presence in Italy, household,
 * children, licence…) and what a person can change (languages, digital skills, training, transport).
 * Sex, citizenship and presence in Italy are kept for the national call and for auditing the model;
 * they never enter the local score.
 */
export interface PersonData {
  readonly birthDate: IsoDate;
  readonly sex: (typeof SEXES)[number];
  readonly citizenship: (typeof CITIZENSHIPS)[number];
  readonly presenceInItaly: (typeof PRESENCE_IN_ITALY)[number];
  readonly education: (typeof EDUCATION_CODES)[number];
  /** First day out of work. */
  readonly unemployedSince: IsoDate;
  readonly statusYearBefore: (typeof STATUS_YEAR_BEFORE)[number];
  /** Whole months worked, any contract, in the 24 before. */
  readonly monthsWorkedLast2Years: number;
  readonly householdSize: number;
  readonly dependentChildren: boolean;
  readonly drivingLicence: boolean;
  readonly transport: (typeof TRANSPORT)[number];
  readonly digitalSkills: (typeof DIGITAL_SKILLS)[number];
  readonly italianLevel: (typeof ITALIAN_LEVELS)[number];
  readonly foreignLanguages: (typeof FOREIGN_LANGUAGES)[number];
  /** A course of at least 40 hours completed in the last 24 months. */
  readonly recentTraining: boolean;
}
