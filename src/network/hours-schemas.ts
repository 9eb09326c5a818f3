import { z } from '@hono/zod-openapi';
import { isoDate, istatCode, uuid } from '../reference/fields.ts';
import type { NewStaffMember } from './actions/add-staff-member.ts';
import { STRANDED } from './actions/change-network.ts';
import type { OwnHours } from './actions/read-hours.ts';
import type { Competence } from './competence.ts';
import type { NamedPeriod, Series } from './hours-store.ts';
import type { Resource } from './resource-store.ts';
import type { OpeningLimits } from './rules/openings.ts';
import type { SeriesDetails } from './rules/series.ts';
import type { StaffMember } from './staff-store.ts';
import type { Transfer } from './transfer-store.ts';

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);

const skill = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,39}$/u);

/** A time on the wall clock; the day ends at 24:00. */
const wallTime = z
  .string()
  .min(5)
  .max(5)
  .regex(/^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/u)
  .openapi({ example: '09:00' });

const weekday = z.int().min(1).max(7).openapi({ description: '1 Monday … 7 Sunday.' });
const rule = z.enum(['weeks', 'month-week', 'month-weekday']).openapi({
  description:
    '`weeks`: every nth week from that of the first day. `month-week`: in the nth row of the month’s calendar. `month-weekday`: on the nth such weekday of the month; months without a fifth are passed over.',
});
const nth = z.int().min(-1).max(52).openapi({ description: 'From 1; -1 is the month’s last.' });

const limitsShape = {
  skills: z
    .array(skill)
    .min(1)
    .max(30)
    .optional()
    .openapi({ description: 'Only services that ask for one of these skills; all when absent.' }),
  staff_only: z
    .boolean()
    .optional()
    .openapi({ description: 'Kept for the staff: the public neither sees nor books it.' }),
  public_hours_before: z.int().min(0).max(2000).optional().openapi({
    description:
      'Of what is kept for the staff: hours before it begins from which the public may have it.',
  }),
};

export function toLimits(body: {
  readonly skills?: string[] | undefined;
  readonly staff_only?: boolean | undefined;
  readonly public_hours_before?: number | undefined;
}): OpeningLimits | undefined {
  const { skills, staff_only, public_hours_before } = body;
  if (!skills && !staff_only && public_hours_before === undefined) return undefined;
  return {
    ...(skills && { skills }),
    ...(staff_only && { staffOnly: true }),
    ...(public_hours_before !== undefined && { publicHoursBefore: public_hours_before }),
  };
}

const toLimitsWire = (limits: OpeningLimits | undefined) => ({
  ...(limits?.skills && { skills: [...limits.skills] }),
  ...(limits?.staffOnly && { staff_only: true }),
  ...(limits?.publicHoursBefore !== undefined && {
    public_hours_before: limits.publicHoursBefore,
  }),
});

const seriesShape = {
  weekday,
  starts: wallTime,
  ends: wallTime,
  valid_from: isoDate,
  valid_to: isoDate.optional().openapi({ description: 'Last day, included.' }),
  recurrence: rule,
  nth,
};
const owner = {
  office_id: uuid,
  operator_id: uuid.optional().openapi({ description: 'Absent for the office’s own hours.' }),
};
const kind = z.enum(['ordinary', 'extra', 'pause']).openapi({
  description: '`extra` is added to whatever else is open, `pause` is taken away from it.',
});

export const newSeriesSchema = z
  .strictObject({
    ...owner,
    ...seriesShape,
    ...limitsShape,
    kind: kind.default('ordinary'),
    period_id: uuid.optional(),
    recurrence: rule.default('weeks'),
    nth: nth.default(1),
  })
  .openapi('NewOpeningSeries');

/** Every limit of a series, as its form and the API send them. */
export const limitsSchema = z.strictObject(limitsShape);

export function toSeriesDetails(body: z.infer<typeof newSeriesSchema>): SeriesDetails {
  return {
    kind: body.kind,
    periodId: body.period_id,
    weekday: body.weekday,
    starts: body.starts,
    ends: body.ends,
    validFrom: body.valid_from,
    validTo: body.valid_to ?? null,
    recurrence: { rule: body.recurrence, nth: body.nth },
    limits: toLimits(body),
  };
}

const changeShape = {
  weekday: weekday.optional(),
  starts: wallTime.optional(),
  ends: wallTime.optional(),
  valid_to: isoDate.nullable().optional(),
  recurrence: rule.optional(),
  nth: nth.optional().openapi({ description: 'With `recurrence`; 1 when absent.' }),
  limits: z
    .strictObject(limitsShape)
    .optional()
    .openapi({ description: 'What it is not for, as a whole; empty to take every limit away.' }),
};

/** A number alone would not say of what. */
const countsSomething = (change: { readonly recurrence?: unknown; readonly nth?: unknown }) =>
  change.nth === undefined || change.recurrence !== undefined;

export const seriesChangeSchema = z
  .strictObject({ ...changeShape, valid_from: isoDate.optional() })
  .refine(countsSomething, { path: ['nth'] })
  .refine((change) => Object.keys(change).length > 0)
  .openapi('OpeningSeriesChange');

export const successorSchema = z
  .strictObject({ ...changeShape, from_day: isoDate })
  .refine(countsSomething, { path: ['nth'] })
  .openapi('OpeningSeriesSuccessor');

/** What a write does about appointments that its hours no longer hold. */
export const strandedQuerySchema = z.strictObject({
  appointments: z.enum(STRANDED).default('refuse').openapi({
    description:
      'Of appointments that the change would leave outside the hours: `refuse` changes nothing and answers 409 with their number, `reseat` gives them other times and tells the people, `keep` leaves them as they are.',
  }),
});

export function toSeriesChange(change: Partial<z.infer<typeof seriesChangeSchema>>) {
  const { valid_from, valid_to, recurrence, nth: number, limits, ...plain } = change;
  return {
    ...plain,
    ...(recurrence !== undefined && { recurrence: { rule: recurrence, nth: number ?? 1 } }),
    ...(valid_from !== undefined && { validFrom: valid_from }),
    ...(valid_to !== undefined && { validTo: valid_to }),
    ...(limits !== undefined && { limits: toLimits(limits) }),
  };
}

export const dayHoursSchema = z
  .strictObject({ starts: wallTime.optional(), ends: wallTime.optional() })
  .refine(({ starts, ends }) => (starts === undefined) === (ends === undefined))
  .openapi('OpeningDay', { description: 'Other hours for the day; empty to drop it.' });

export const seriesSchema = z
  .strictObject({
    id: uuid,
    ...owner,
    kind,
    period_id: uuid.optional(),
    ...seriesShape,
    ...limitsShape,
    exceptions: z
      .array(
        z
          .strictObject({ day: isoDate, starts: wallTime.optional(), ends: wallTime.optional() })
          .openapi('OpeningException', { description: 'Without hours, the day is dropped.' }),
      )
      .max(1000),
  })
  .openapi('OpeningSeries');

export function toSeriesWire(series: Series): z.infer<typeof seriesSchema> {
  const { rule: recurrence, nth: number } = series.recurrence ?? { rule: 'weeks', nth: 1 };
  return {
    id: series.id,
    office_id: series.officeId,
    operator_id: series.operatorId,
    kind: series.kind,
    period_id: series.periodId,
    weekday: series.weekday,
    starts: series.starts,
    ends: series.ends,
    valid_from: series.validFrom,
    valid_to: series.validTo ?? undefined,
    recurrence,
    nth: number,
    ...toLimitsWire(series.limits),
    exceptions: (series.exceptions ?? []).map(({ day, hours }) => ({ day, ...hours })),
  };
}

export const newPeriodSchema = z
  .strictObject({ ...owner, name: line(100), valid_from: isoDate, valid_to: isoDate })
  .openapi('NewHoursPeriod');

export const periodSchema = z
  .strictObject({ id: uuid, ...newPeriodSchema.shape })
  .openapi('HoursPeriod');

export const toPeriodWire = (period: NamedPeriod): z.infer<typeof periodSchema> => ({
  id: period.id,
  office_id: period.officeId,
  operator_id: period.operatorId,
  name: period.name,
  valid_from: period.validFrom,
  valid_to: period.validTo,
});

export const hoursSchema = z
  .strictObject({
    open_on_holidays: z.boolean(),
    series: z.array(seriesSchema).max(1000),
    periods: z.array(periodSchema).max(1000),
  })
  .openapi('Hours');

export const toHoursWire = ({ office, series, periods }: OwnHours) => ({
  open_on_holidays: office.openOnHolidays,
  series: series.map(toSeriesWire),
  periods: periods.map(toPeriodWire),
});

export const officeChangeSchema = z
  .strictObject({ open_on_holidays: z.boolean() })
  .openapi('OfficeChange');

export const patronFeastSchema = z
  .strictObject({
    saint: line(200),
    month: z.int().min(1).max(12).optional(),
    day: z.int().min(1).max(31).optional(),
    easter_offset: z
      .int()
      .min(-60)
      .max(80)
      .optional()
      .openapi({ description: 'Days after Easter Sunday, for a movable feast.' }),
    source: line(500).openapi({ description: 'Who says so.' }),
  })
  .refine(
    ({ month, day, easter_offset }) =>
      (month !== undefined && day !== undefined) !== (easter_offset !== undefined),
    { path: ['day'] },
  )
  .openapi('PatronFeast', { description: 'Either month and day, or days after Easter.' });

export const toPatronFeast = (feast: z.infer<typeof patronFeastSchema>) => ({
  saint: feast.saint,
  source: feast.source,
  on:
    feast.easter_offset === undefined
      ? { month: feast.month as number, day: feast.day as number }
      : { easterOffset: feast.easter_offset },
});

const resourceKind = z
  .string()
  .min(2)
  .max(40)
  .regex(/^[a-z0-9-]{2,40}$/u)
  .openapi({ description: '`desk`, `room`, `video-room` or a word of your own.', example: 'room' });
const capacity = z.int().min(1).max(1000).openapi({ description: 'People it holds.' });

export const newResourceSchema = z
  .strictObject({
    office_id: uuid,
    kind: resourceKind,
    name: line(100),
    capacity: capacity.optional(),
  })
  .openapi('NewResource');

export const resourceChangeSchema = z
  .strictObject({
    name: line(100).optional(),
    capacity: capacity.nullable().optional(),
    active: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0)
  .openapi('ResourceChange');

export const resourceSchema = z
  .strictObject({
    id: uuid,
    office_id: uuid,
    kind: resourceKind,
    name: line(100),
    capacity: capacity.optional(),
    active: z.boolean(),
  })
  .openapi('Resource');

export const resourcesSchema = z
  .strictObject({ items: z.array(resourceSchema).max(1000) })
  .openapi('Resources');

export const toResourceWire = ({ officeId, ...rest }: Resource) => ({
  ...rest,
  office_id: officeId,
});

const skills = z.array(skill).max(30);
const languages = z
  .array(
    z
      .string()
      .min(2)
      .max(2)
      .regex(/^[a-z]{2}$/u),
  )
  .min(1)
  .max(20)
  .openapi({ description: 'ISO 639-1 codes.' });

export const staffChangeSchema = z
  .strictObject({
    skills: skills.optional(),
    languages: languages.optional(),
    bookable: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0)
  .openapi('OperatorChange');

export const newStaffMemberSchema = z
  .strictObject({
    office_id: uuid,
    staff_number: z
      .string()
      .min(1)
      .max(60)
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u)
      .openapi({ description: 'The administration’s own number, which files are matched on.' }),
    given_name: line(100).min(1),
    family_name: line(100).min(1),
    category: line(40).min(1),
    skills: skills.default([]),
    languages: languages.default(['it']),
    bookable: z.boolean().default(true),
  })
  .openapi('NewOperator');

export const toNewStaffMember = (given: z.infer<typeof newStaffMemberSchema>): NewStaffMember => ({
  officeId: given.office_id,
  staffNumber: given.staff_number,
  givenName: given.given_name,
  familyName: given.family_name,
  category: given.category,
  skills: given.skills,
  languages: given.languages,
  bookable: given.bookable,
});

export const staffMemberSchema = z
  .strictObject({
    id: uuid,
    office_id: uuid,
    staff_number: line(60),
    given_name: line(100),
    family_name: line(100),
    category: line(40),
    skills,
    languages,
    bookable: z.boolean(),
  })
  .openapi('Operator');

export const staffMembersSchema = z
  .strictObject({ items: z.array(staffMemberSchema).max(10_000) })
  .openapi('Operators');

export const toStaffMemberWire = (member: StaffMember) => ({
  id: member.id,
  office_id: member.officeId,
  staff_number: member.staffNumber,
  given_name: member.givenName,
  family_name: member.familyName,
  category: member.category,
  skills: [...member.skills],
  languages: [...member.languages],
  bookable: member.bookable,
});

export const lookupSchema = z
  .strictObject({
    comune: istatCode,
    street: line(200).optional(),
    number: line(20).optional().openapi({ description: 'Civic number as it is written.' }),
  })
  .openapi('CompetentOfficeLookup');

export const competenceSchema = z
  .strictObject({
    office_id: uuid
      .optional()
      .openapi({ description: 'Absent where no office serves the comune.' }),
    office_code: z
      .string()
      .max(60)
      .regex(/^[a-z0-9-]+$/u)
      .optional(),
    office_name: line(200).optional(),
    decided_by: z.enum(['street', 'comune']),
    number_matters: z.boolean().openapi({
      description: 'Whether another civic number of the street would lead to another office.',
    }),
  })
  .openapi('CompetentOffice');

export const toCompetenceWire = ({ office, by, numberMatters }: Competence) => ({
  office_id: office?.id,
  office_code: office?.code,
  office_name: office?.name,
  decided_by: by,
  number_matters: numberMatters,
});

export const newTransferSchema = z
  .strictObject({
    to_office_id: uuid,
    from_day: isoDate.openapi({ description: 'First day at the new office; today moves at once.' }),
    own_hours: z.boolean().default(false).openapi({
      description: 'Whether weekly hours of their own go with them; else those of the new office.',
    }),
  })
  .openapi('NewOperatorTransfer');

export const transferSchema = z
  .strictObject({ from_office_id: uuid, to_office_id: uuid, from_day: isoDate })
  .openapi('OperatorTransfer');

export const toTransferWire = ({ fromOfficeId, toOfficeId, fromDay }: Transfer) => ({
  from_office_id: fromOfficeId,
  to_office_id: toOfficeId,
  from_day: fromDay,
});
