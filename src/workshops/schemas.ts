import { z } from '@hono/zod-openapi';
import { passSchema, personSchema } from '../booking/schemas.ts';
import { toRfc3339 } from '../platform/clock.ts';
import {
  daysAtMost,
  daysInOrder,
  instant,
  isoDate,
  localOrInstant,
  uuid,
} from '../reference/fields.ts';
import { ATTENDANCES } from './rules/registration.ts';
import type { GroupSession, Registration, SessionDetails } from './session.ts';
import { REGISTRATION_STATES, SESSION_STATES } from './table.ts';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/u);
const bilingual = (max: number) => z.strictObject({ it: text(max), en: text(max) });
const typed = (max: number) => line(max).trim().min(1);
const bilingualTyped = (max: number) =>
  z.strictObject({ it: text(max).trim().min(1), en: text(max).trim().min(1) });
const things = z.strictObject({
  it: z.array(line(300)).max(20),
  en: z.array(line(300)).max(20),
});
const seats = z.int().min(1).max(500);

const sessionFields = {
  title: bilingualTyped(200),
  description: bilingualTyped(2000),
  what_to_bring: things,
  room: typed(200),
  starts_at: localOrInstant,
  ends_at: localOrInstant,
  registration_opens_at: localOrInstant,
  registration_closes_at: localOrInstant,
  seats,
  leader_ids: z
    .array(uuid)
    .max(8)
    .openapi({ description: 'Operators whose agendas are shut while it lasts.' }),
  published: z.boolean(),
};

interface Times {
  readonly starts_at: string;
  readonly ends_at: string;
  readonly registration_opens_at: string;
  readonly registration_closes_at: string;
}

/** A day's length at most: a session does not go over midnight twice. */
const LONGEST_MS = 12 * 3_600_000;

const timesAgree = (body: Times) =>
  Date.parse(body.starts_at) < Date.parse(body.ends_at) &&
  Date.parse(body.ends_at) - Date.parse(body.starts_at) <= LONGEST_MS &&
  Date.parse(body.registration_opens_at) < Date.parse(body.registration_closes_at) &&
  Date.parse(body.registration_closes_at) <= Date.parse(body.starts_at);
const disagreement = {
  path: ['starts_at'],
  params: {
    words: {
      it: 'L’ordine è: apertura delle iscrizioni, chiusura, inizio, fine entro 12 ore.',
      en: 'The order is: registration opens, closes, the session starts, it ends within 12 hours.',
    },
  },
};

export const newSessionSchema = z
  .strictObject({
    office_id: uuid,
    ...sessionFields,
    series: z
      .strictObject({ every_weeks: z.int().min(1).max(8), times: z.int().min(2).max(26) })
      .optional()
      .openapi({
        description: 'Repeats it at the same hour on the wall; holidays are left out.',
      }),
  })
  .refine(timesAgree, disagreement)
  .openapi('NewGroupSession');

export const sessionChangeSchema = z
  .strictObject(sessionFields)
  .refine(timesAgree, disagreement)
  .openapi('GroupSessionChange');

export function toDetails(body: z.infer<typeof sessionChangeSchema>): SessionDetails {
  return {
    title: body.title,
    description: body.description,
    whatToBring: body.what_to_bring,
    room: body.room,
    startsAt: Date.parse(body.starts_at),
    endsAt: Date.parse(body.ends_at),
    registrationOpensAt: Date.parse(body.registration_opens_at),
    registrationClosesAt: Date.parse(body.registration_closes_at),
    seats: body.seats,
    leaderIds: body.leader_ids,
  };
}

export const sessionSchema = z
  .strictObject({
    id: uuid,
    series_id: uuid.optional(),
    state: z.enum(SESSION_STATES),
    title: bilingual(200),
    description: bilingual(2000),
    what_to_bring: things,
    office: z
      .strictObject({
        id: uuid,
        code: z
          .string()
          .max(60)
          .regex(/^[a-z0-9-]+$/),
        name: line(200),
        address: line(300).optional(),
        phone: line(40).optional(),
      })
      .openapi('GroupSessionOffice'),
    room: line(200),
    starts_at: instant,
    ends_at: instant,
    registration_opens_at: instant,
    registration_closes_at: instant,
    seats,
    seats_taken: z.int().min(0).max(500),
    waiting: z.int().min(0).max(1_000_000),
    leaders: z.array(z.strictObject({ id: uuid, name: line(200) }).openapi('SessionLeader')).max(8),
    cancel_reason: text(1000).optional(),
  })
  .openapi('GroupSession');

export function toSessionWire(session: GroupSession): z.infer<typeof sessionSchema> {
  const { office } = session;
  return {
    id: session.id,
    ...(session.seriesId && { series_id: session.seriesId }),
    state: session.state,
    title: session.title,
    description: session.description,
    what_to_bring: { it: [...session.whatToBring.it], en: [...session.whatToBring.en] },
    office: {
      id: office.id,
      code: office.code,
      name: office.name,
      ...(office.address && { address: office.address }),
      ...(office.phone && { phone: office.phone }),
    },
    room: session.room,
    starts_at: toRfc3339(session.startsAt),
    ends_at: toRfc3339(session.endsAt),
    registration_opens_at: toRfc3339(session.registrationOpensAt),
    registration_closes_at: toRfc3339(session.registrationClosesAt),
    seats: session.seats,
    seats_taken: session.taken,
    waiting: session.waiting,
    leaders: [...session.leaders],
    ...(session.cancelReason && { cancel_reason: session.cancelReason }),
  };
}

export const sessionsSchema = z
  .strictObject({ items: z.array(sessionSchema).max(500) })
  .openapi('GroupSessions');

export const sessionsQuerySchema = z
  .strictObject({ from: isoDate, to: isoDate, office_id: uuid.optional() })
  .refine(...daysInOrder)
  .refine(...daysAtMost(366));

export const cancellationReasonSchema = z
  .strictObject({
    reason: text(1000).trim().optional().openapi({ description: 'Told to everybody on the list.' }),
  })
  .openapi('GroupSessionCancellation');

export const newRegistrationSchema = z
  .strictObject({
    person: personSchema.optional().openapi({ description: 'Left out by a signed-in jobseeker.' }),
    or_queue: z
      .boolean()
      .default(false)
      .openapi({ description: 'Joins the queue when all seats are taken; refused otherwise.' }),
  })
  .openapi('NewRegistration');

export const registrationPassSchema = z
  .strictObject({
    pass: passSchema.optional().openapi({ description: 'Needed of those who are not signed in.' }),
  })
  .openapi('RegistrationPass');

export const registrationSchema = z
  .strictObject({
    id: uuid,
    session_id: uuid,
    code: z
      .string()
      .max(10)
      .regex(/^[0-9A-HJKMNP-TV-Z]{10}$/),
    state: z.enum(REGISTRATION_STATES),
    seat: z.int().min(1).max(500).optional(),
    waiting_before: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .openapi({ description: 'How many wait before this person, while they wait.' }),
    offer_expires_at: instant.optional(),
    created_at: instant,
    person: z
      .strictObject({ id: uuid, given_name: line(100), family_name: line(100) })
      .openapi('RegisteredPerson'),
  })
  .openapi('Registration');

export function toRegistrationWire(one: Registration): z.infer<typeof registrationSchema> {
  return {
    id: one.id,
    session_id: one.sessionId,
    code: one.code,
    state: one.state,
    ...(one.seat !== undefined && { seat: one.seat }),
    ...(one.before !== undefined && { waiting_before: one.before }),
    ...(one.expiresAt !== undefined && { offer_expires_at: toRfc3339(one.expiresAt) }),
    created_at: toRfc3339(one.createdAt),
    person: {
      id: one.person.id,
      given_name: one.person.givenName,
      family_name: one.person.familyName,
    },
  };
}

export const registrationsSchema = z
  .strictObject({ items: z.array(registrationSchema).max(10_000) })
  .openapi('Registrations');

export const attendanceSchema = z
  .strictObject({
    attendance: z
      .enum([...ATTENDANCES, 'none'])
      .openapi({ description: '`none` takes back what was recorded.' }),
  })
  .openapi('SessionAttendance');
