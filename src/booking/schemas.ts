import { z } from '@hono/zod-openapi';
import { ALSO_BY } from '../identity/also-by.ts';
import type { Pass } from '../identity/pass.ts';
import type { PersonDetails } from '../identity/person.ts';
import { ACCESS_FEATURE_NAMES } from '../network/rules/accessibility.ts';
import type { OfficeSummary } from '../network/store.ts';
import { toRfc3339 } from '../platform/clock.ts';
import {
  daysAtMost,
  daysInOrder,
  email,
  familyName,
  givenName,
  instant,
  isoDate,
  istatCode,
  localOrInstant,
  phone,
  taxCode,
  uuid,
} from '../reference/fields.ts';
import type { EarliestOffers } from './actions/find-earliest.ts';
import type { KeptStart } from './actions/hold-start.ts';
import type { StartsOfOffice } from './actions/list-starts.ts';
import { OUTCOMES } from './rules/lifecycle.ts';
import type { Service } from './service.ts';
import type { AppointmentView } from './store/appointments.ts';
import { APPOINTMENT_STATES } from './table.ts';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/u);
export const bilingual = (max: number) => z.strictObject({ it: text(max), en: text(max) });
export const count = (max: number) => z.int().min(0).max(max);

export const serviceSchema = z
  .strictObject({
    id: uuid,
    code: z
      .string()
      .max(60)
      .regex(/^[a-z0-9-]+$/),
    name: bilingual(200),
    description: bilingual(2000),
    what_to_bring: z.strictObject({
      it: z.array(text(300)).max(20),
      en: z.array(text(300)).max(20),
    }),
    duration_minutes: z.int().min(1).max(480),
    other_durations: z.array(z.int().min(1).max(480)).max(10),
    buffer_minutes: count(120),
    buffer_before_minutes: count(120),
    min_notice_minutes: count(600_000),
    horizon_days: z.int().min(1).max(400),
    mode: z.enum(['desk', 'phone', 'video', 'outreach']),
    audience: z.enum(['anyone', 'own_cpi', 'invited', 'staff']),
    tax_code_required: z.boolean(),
    operators: z
      .int()
      .min(1)
      .max(4)
      .openapi({ description: 'How many operators receive the person together.' }),
    own_operator: z
      .boolean()
      .openapi({ description: 'Only with the operator who follows the person already.' }),
    waiting_list: z.boolean(),
    lep: z
      .string()
      .max(10)
      .regex(/^[A-Z][0-9]?$/)
      .optional()
      .openapi({ description: 'Letter of the Lep (DM 4/2018).' }),
  })
  .openapi('Service');

export function toServiceWire(service: Service): z.infer<typeof serviceSchema> {
  return {
    id: service.id,
    code: service.code,
    name: service.name,
    description: service.description,
    what_to_bring: { it: [...service.whatToBring.it], en: [...service.whatToBring.en] },
    duration_minutes: service.durationMinutes,
    other_durations: [...service.otherDurations],
    buffer_minutes: service.bufferMinutes,
    buffer_before_minutes: service.bufferBeforeMinutes,
    min_notice_minutes: service.minNoticeMinutes,
    horizon_days: service.horizonDays,
    mode: service.mode,
    audience: service.audience,
    tax_code_required: service.taxCodeRequired,
    operators: service.operators,
    own_operator: service.ownOperator,
    waiting_list: service.waitingList,
    ...(service.lep && { lep: service.lep }),
  };
}

export const servicesQuerySchema = z.strictObject({
  mode: z.enum(['desk', 'phone', 'video', 'outreach']).optional(),
});

export const servicesSchema = z
  .strictObject({ items: z.array(serviceSchema).max(200) })
  .openapi('Services');

const officeRefSchema = z
  .strictObject({
    id: uuid,
    code: z
      .string()
      .max(60)
      .regex(/^[a-z0-9-]+$/),
    name: line(200),
    address: line(300).optional(),
    phone: line(40).optional(),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  })
  .openapi('OfficeReference');

type OfficeReference = Pick<OfficeSummary, 'id' | 'code' | 'name' | 'address' | 'phone' | 'point'>;

function toOfficeRef(office: OfficeReference): z.infer<typeof officeRefSchema> {
  return {
    id: office.id,
    code: office.code,
    name: office.name,
    ...(office.address && { address: office.address }),
    ...(office.phone && { phone: office.phone }),
    latitude: office.point.latitude,
    longitude: office.point.longitude,
  };
}

/** Booleans of a query are words; everything in a query is text. */
const numberText = (min: number, max: number, example: string, form = /^-?\d{1,7}(\.\d{1,6})?$/) =>
  z
    .string()
    .max(12)
    .regex(form)
    .refine((value) => Number(value) >= min && Number(value) <= max, { error: `${min}…${max}` })
    .openapi({ example });

const wholeText = (min: number, max: number, example: string) =>
  numberText(min, max, example, /^\d{1,7}$/);

const language = z
  .string()
  .length(2)
  .regex(/^[a-z]{2}$/)
  .openapi({ description: 'ISO 639-1; only operators who speak it.', example: 'fr' });
const minutes = z.int().min(1).max(480).openapi({
  description: 'Length in minutes: the usual one of the service, or one of its others.',
});

export const earliestQuerySchema = z
  .strictObject({
    service_id: uuid,
    comune: istatCode
      .optional()
      .openapi({ description: 'Comune of domicile; its competent Cpi comes first.' }),
    latitude: numberText(-90, 90, '38.11572').optional(),
    longitude: numberText(-180, 180, '13.36143').optional(),
    within_km: numberText(0, 2000, '30')
      .optional()
      .openapi({ description: 'Radius, as the crow flies, boundary included.' }),
    office_ids: z
      .string()
      .max(3699)
      .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,99}$/)
      .refine((list) => list.split(',').every((id) => uuid.safeParse(id).success))
      .optional()
      .openapi({ description: 'Only these offices, separated by commas.' }),
    features: z
      .string()
      .max(200)
      .regex(/^[a-z-]+(,[a-z-]+)*$/)
      .refine((list) =>
        list.split(',').every((one) => (ACCESS_FEATURE_NAMES as readonly string[]).includes(one)),
      )
      .optional()
      .openapi({
        description: `Only offices known to have each of these, separated by commas: ${ACCESS_FEATURE_NAMES.join(', ')}.`,
        example: 'step-free-entrance,lift',
      }),
    language: language.optional(),
    limit: wholeText(1, 100, '20').optional(),
    cursor: z
      .string()
      .max(6)
      .regex(/^\d+$/)
      .optional()
      .openapi({ description: 'next_cursor of the page before.' }),
  })
  .refine((query) => (query.latitude === undefined) === (query.longitude === undefined), {
    path: ['longitude'],
    params: {
      words: {
        it: 'Latitudine e longitudine vanno insieme.',
        en: 'Latitude and longitude go together.',
      },
    },
  })
  .refine(
    (query) =>
      query.within_km === undefined || query.comune !== undefined || query.latitude !== undefined,
    {
      path: ['within_km'],
      params: {
        words: {
          it: 'Un raggio vuole un comune o un punto.',
          en: 'A radius needs a comune or a point.',
        },
      },
    },
  );

export const earliestSchema = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({
            office: officeRefSchema,
            starts_at: instant,
            distance_km: z.number().min(0).max(20_100).optional(),
            competent: z
              .boolean()
              .openapi({ description: 'Whether it is the Cpi of the comune of domicile.' }),
          })
          .openapi('EarliestStart'),
      )
      .max(100),
    competent_without: officeRefSchema.optional().openapi({
      description: 'The competent Cpi, when nothing is free there within the horizon.',
    }),
    competent_unsuited: officeRefSchema.optional().openapi({
      description: 'The competent Cpi, when it is not known to have the features asked for.',
    }),
    next_cursor: z.string().max(6).regex(/^\d+$/).optional(),
    offices_searched: count(100_000),
    horizon_end: instant,
  })
  .openapi('EarliestStarts');

export function toEarliestWire(found: EarliestOffers): z.infer<typeof earliestSchema> {
  return {
    items: found.offers.map(({ office, start, km, competent }) => ({
      office: toOfficeRef(office),
      starts_at: toRfc3339(start),
      ...(km !== undefined && { distance_km: Math.round(km * 1000) / 1000 }),
      competent,
    })),
    ...(found.competentWithout && { competent_without: toOfficeRef(found.competentWithout) }),
    ...(found.competentUnsuited && { competent_unsuited: toOfficeRef(found.competentUnsuited) }),
    ...(found.nextFrom !== undefined && { next_cursor: String(found.nextFrom) }),
    offices_searched: found.searched,
    horizon_end: toRfc3339(found.horizonEnd),
  };
}

/** Days that one list of starts may span. */
const MAX_DAYS = 62;

export const startsQuerySchema = z
  .strictObject({
    service_id: uuid,
    from: isoDate,
    to: isoDate,
    language: language.optional(),
    minutes: wholeText(1, 480, '30')
      .optional()
      .openapi({ description: 'One of the lengths of the service.' }),
  })
  .refine(...daysInOrder)
  .refine(...daysAtMost(MAX_DAYS));

export const startsSchema = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({
            starts_at: instant,
            operators: count(10_000).openapi({ description: 'How many operators could take it.' }),
          })
          .openapi('OpenStart'),
      )
      .max(20_000),
    next_starts_at: instant
      .optional()
      .openapi({ description: 'First free start after the days asked.' }),
    bookable_from: instant,
    bookable_to: instant,
  })
  .openapi('OpenStarts');

export function toStartsWire(found: StartsOfOffice): z.infer<typeof startsSchema> {
  return {
    items: found.starts.map(({ start, operators }) => ({ starts_at: toRfc3339(start), operators })),
    ...(found.next !== undefined && { next_starts_at: toRfc3339(found.next) }),
    bookable_from: toRfc3339(found.bookable.start),
    bookable_to: toRfc3339(found.bookable.end),
  };
}

export const personSchema = z
  .strictObject({
    given_name: givenName,
    family_name: familyName,
    email: email.optional().openapi({
      description: 'Needed, but where the staff book for somebody who gives a telephone number.',
    }),
    phone: phone.optional(),
    also_by: z.enum(ALSO_BY).optional().openapi({
      description:
        'Messages go by this channel too, besides e-mail: `sms` wants a telephone number, `app_io` somebody signed in.',
    }),
    tax_code: taxCode
      .optional()
      .openapi({ description: 'Needed where the service says `tax_code_required`.' }),
    domicile: istatCode
      .optional()
      .openapi({ description: 'ISTAT code of the comune of domicile.' }),
  })
  .openapi('AppointmentPerson');

export function toPersonDetails(person: z.infer<typeof personSchema>): PersonDetails {
  return {
    givenName: person.given_name,
    familyName: person.family_name,
    email: person.email,
    phone: person.phone,
    alsoBy: person.also_by,
    taxCode: person.tax_code,
    domicile: person.domicile,
  };
}

export const bookingSchema = z
  .strictObject({
    id: uuid
      .optional()
      .openapi({ description: 'Chosen by the client to make a repetition recognisable.' }),
    service_id: uuid,
    office_id: uuid,
    starts_at: localOrInstant,
    minutes: minutes.optional(),
    language: language.optional(),
    operator_id: uuid
      .optional()
      .openapi({ description: 'Staff only: promises this operator to the person.' }),
    note: z
      .string()
      .trim()
      .max(500)
      .regex(/^[^\0]*$/u)
      .optional()
      .openapi({ description: 'What the office should know beforehand.' }),
    person: personSchema.optional().openapi({ description: 'Left out by a signed-in jobseeker.' }),
  })
  .openapi('NewAppointment');

/** Ours: a longer visit tires everybody. */
const MAX_PARTS = 6;

export const visitStartsQuerySchema = z
  .strictObject({
    service_ids: z
      .string()
      .max(37 * MAX_PARTS)
      .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,5}$/)
      .refine((list) => list.split(',').every((id) => uuid.safeParse(id).success))
      .openapi({
        description: `Services in the order of the visit, at most ${MAX_PARTS}, separated by commas; the same more than once for a family.`,
      }),
    from: isoDate,
    to: isoDate,
  })
  .refine(...daysInOrder)
  .refine(...daysAtMost(31));

export const visitStartsSchema = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({ starts: z.array(instant).max(MAX_PARTS) })
          .openapi('VisitStarts', { description: 'When each appointment of the visit begins.' }),
      )
      .max(20_000),
  })
  .openapi('VisitStartsList');

export const newVisitSchema = z
  .strictObject({
    office_id: uuid,
    parts: z
      .array(
        z
          .strictObject({
            service_id: uuid,
            starts_at: localOrInstant,
            note: bookingSchema.shape.note,
            person: personSchema
              .optional()
              .openapi({ description: 'Left out by a signed-in jobseeker who comes themselves.' }),
          })
          .openapi('NewVisitPart'),
      )
      .min(1)
      .max(MAX_PARTS),
  })
  .openapi('NewVisit');

const holdToken = z
  .string()
  .length(32)
  .regex(/^[0-9a-f]{32}$/)
  .openapi({ description: 'Secret of the holder, given when the start was kept.' });

export const holdTokenHeader = z.object({
  'hold-token': holdToken.optional().openapi({
    description: 'Of a start kept for the caller: it is listed too, since they can still have it.',
  }),
});

export const newHoldSchema = z
  .strictObject({
    service_id: uuid,
    office_id: uuid,
    starts_at: localOrInstant,
    minutes: minutes.optional(),
    language: language.optional(),
    token: holdToken.optional().openapi({
      description:
        'Of an earlier hold of the service, which this one replaces once it is won; or one of the client’s own making (128 random bits), so that quick clicks keep one start.',
    }),
  })
  .openapi('NewHold');

export const holdSchema = z
  .strictObject({
    id: uuid,
    token: holdToken,
    service_id: uuid,
    office_id: uuid,
    starts_at: instant,
    expires_at: instant,
  })
  .openapi('Hold');

export function toHoldWire(kept: KeptStart): z.infer<typeof holdSchema> {
  return {
    id: kept.id,
    token: kept.token,
    service_id: kept.service.id,
    office_id: kept.officeId,
    starts_at: toRfc3339(kept.start),
    expires_at: toRfc3339(kept.expiresAt),
  };
}

export const holdReleaseSchema = z.strictObject({ token: holdToken }).openapi('HoldRelease');

export const holdConfirmationSchema = z
  .strictObject({
    token: holdToken,
    note: bookingSchema.shape.note,
    person: personSchema.optional().openapi({ description: 'Left out by a signed-in jobseeker.' }),
  })
  .openapi('HoldConfirmation');

export const appointmentSchema = z
  .strictObject({
    id: uuid,
    code: z
      .string()
      .max(10)
      .regex(/^[0-9A-HJKMNP-TV-Z]{10}$/),
    state: z.enum(APPOINTMENT_STATES),
    starts_at: instant,
    ends_at: instant,
    created_at: instant,
    late_cancellation: z.boolean(),
    cancel_reason: text(1000).optional(),
    service: serviceSchema,
    office: officeRefSchema,
    video_address: z
      .url()
      .max(400)
      .optional()
      .openapi({ description: 'Room of an appointment by video, where it is read or looked up.' }),
    person: z
      .strictObject({ id: uuid, given_name: line(100), family_name: line(100) })
      .optional()
      .openapi('AppointmentHolder'),
  })
  .openapi('Appointment');

export function toAppointmentWire(
  view: AppointmentView,
  room?: string,
): z.infer<typeof appointmentSchema> {
  return {
    id: view.id,
    code: view.code,
    state: view.state,
    starts_at: toRfc3339(view.startsAt),
    ends_at: toRfc3339(view.endsAt),
    created_at: toRfc3339(view.createdAt),
    late_cancellation: view.late,
    ...(view.cancelReason && { cancel_reason: view.cancelReason }),
    service: toServiceWire(view.service),
    office: toOfficeRef({ ...view.office, point: view.office }),
    ...(room && { video_address: room }),
    ...(view.person && {
      person: {
        id: view.person.id,
        given_name: view.person.givenName,
        family_name: view.person.familyName,
      },
    }),
  };
}

export const appointmentsSchema = z
  .strictObject({ items: z.array(appointmentSchema).max(2000) })
  .openapi('Appointments');

export const visitSchema = z
  .strictObject({ items: z.array(appointmentSchema).max(MAX_PARTS) })
  .openapi('Visit');

export const passSchema = z
  .strictObject({
    code: z
      .string()
      .min(8)
      .max(20)
      .regex(/^[0-9A-Za-z -]+$/)
      .openapi({ example: 'K7M2Q-9XW4T' }),
    email: email.optional(),
    phone: phone.optional(),
  })
  .refine(({ email, phone }) => (email === undefined) !== (phone === undefined), {
    path: ['email'],
    message: 'either email or phone',
  })
  .transform(({ code, email, phone }): Pass => ({ code, contact: email ?? phone ?? '' }))
  .openapi('AppointmentPass', {
    description: 'The code, with the e-mail or the telephone number that was left: one of the two.',
  });

export const cancellationSchema = z
  .strictObject({
    pass: passSchema.optional().openapi({ description: 'Needed of those who are not signed in.' }),
    reason: z
      .string()
      .trim()
      .max(1000)
      .regex(/^[^\0]*$/u)
      .optional(),
  })
  .openapi('Cancellation');

export const reschedulingSchema = z
  .strictObject({
    starts_at: localOrInstant,
    office_id: uuid
      .optional()
      .openapi({ description: 'Where it moves to; its own office when left out.' }),
    pass: passSchema.optional().openapi({ description: 'Needed of those who are not signed in.' }),
  })
  .openapi('Rescheduling');

export const outcomeSchema = z
  .strictObject({
    outcome: z
      .enum([...OUTCOMES, 'none'])
      .openapi({ description: '`none` takes back what was recorded.' }),
    minutes_late: z
      .int()
      .min(1)
      .max(480)
      .optional()
      .openapi({ description: 'How late the person came, where it is known.' }),
  })
  .openapi('AppointmentOutcome');

export const agendaQuerySchema = z
  .strictObject({ office_id: uuid, from: isoDate, to: isoDate, operator_id: uuid.optional() })
  .refine(...daysInOrder)
  .refine(...daysAtMost(31));
