import { z } from '@hono/zod-openapi';
import { passSchema, personSchema } from '../booking/schemas.ts';
import { toRfc3339 } from '../platform/clock.ts';
import { daysInOrder, instant, isoDate, istatCode, uuid } from '../reference/fields.ts';
import type { Joining } from './actions/join-list.ts';
import type { OpenedEntry } from './actions/look-up-entry.ts';
import type { OfficeList } from './actions/read-office-list.ts';
import { DEADLINE_KINDS, type Offer, type WaitingEntry } from './entry.ts';
import { DAY_PARTS, MAX_LET_PASS } from './rules/fit.ts';
import { ENTRY_STATES, OFFER_STATES } from './table.ts';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const count = (max: number) => z.int().min(0).max(max);

const weekday = z.int().min(1).max(7);
const wishFields = {
  from: isoDate,
  to: isoDate,
  weekdays: z
    .array(weekday)
    .min(1)
    .max(7)
    .default([1, 2, 3, 4, 5, 6, 7])
    .openapi({ description: 'ISO weekdays that suit, 1 Monday … 7 Sunday.' }),
  parts: z
    .array(z.enum(DAY_PARTS))
    .min(1)
    .max(2)
    .default([...DAY_PARTS])
    .openapi({ description: '`morning`: starts before 13:00 in Rome.' }),
};

const whereSchema = z
  .union([
    z.strictObject({ office_ids: z.array(uuid).min(1).max(100) }),
    z.strictObject({
      comune: istatCode,
      within_km: z.number().min(0).max(500).openapi({ format: 'double' }),
    }),
  ])
  .openapi('WaitingPlace', {
    description: 'Offices by name; or those around a comune, its competent Cpi among them.',
  });

export const joiningSchema = z
  .strictObject({
    service_id: uuid,
    where: whereSchema,
    ...wishFields,
    person: personSchema.optional().openapi({ description: 'Left out by a signed-in jobseeker.' }),
    deadline: z
      .strictObject({ day: isoDate, kind: z.enum(DEADLINE_KINDS) })
      .optional()
      .openapi({ description: 'Last day by which the meeting is due; only staff may say so.' }),
  })
  .refine(...daysInOrder)
  .openapi('NewWaitingEntry');

export const wishChangeSchema = z
  .strictObject({
    where: whereSchema.optional(),
    ...wishFields,
    pass: passSchema.optional().openapi({ description: 'Needed of those who are not signed in.' }),
  })
  .refine(...daysInOrder)
  .openapi('WaitingWish');

export function toWhere(body: z.infer<typeof whereSchema>): Joining['where'] {
  return 'office_ids' in body
    ? { officeIds: body.office_ids }
    : { comune: body.comune, withinKm: body.within_km };
}

interface WishFields {
  readonly from: string;
  readonly to: string;
  readonly weekdays: readonly number[];
  readonly parts: Joining['when']['parts'];
}

export function toWhen(body: WishFields): Joining['when'] {
  return { fromDay: body.from, toDay: body.to, weekdays: body.weekdays, parts: body.parts };
}

export const entryPassSchema = z
  .strictObject({
    pass: passSchema.optional().openapi({ description: 'Needed of those who are not signed in.' }),
  })
  .openapi('WaitingPass');

const offerSchema = z
  .strictObject({
    id: uuid,
    state: z.enum(OFFER_STATES),
    office: z
      .strictObject({ id: uuid, name: line(200), address: line(300).optional() })
      .openapi('OfferingOffice'),
    starts_at: instant,
    ends_at: instant,
    made_at: instant,
    expires_at: instant,
  })
  .openapi('WaitingOffer');

function toOfferWire(offer: Offer): z.infer<typeof offerSchema> {
  const { office } = offer;
  return {
    id: offer.id,
    state: offer.state,
    office: {
      id: office.id,
      name: office.name,
      ...(office.address && { address: office.address }),
    },
    starts_at: toRfc3339(offer.startsAt),
    ends_at: toRfc3339(offer.endsAt),
    made_at: toRfc3339(offer.madeAt),
    expires_at: toRfc3339(offer.expiresAt),
  };
}

const entryFields = {
  id: uuid,
  code: z
    .string()
    .max(10)
    .regex(/^[0-9A-HJKMNP-TV-Z]{10}$/),
  state: z.enum(ENTRY_STATES),
  service_id: uuid,
  office_ids: z.array(uuid).max(100),
  from: isoDate,
  to: isoDate,
  weekdays: z.array(weekday).max(7),
  parts: z.array(z.enum(DAY_PARTS)).max(2),
  deadline: isoDate.optional(),
  joined_at: instant,
  improves: instant
    .optional()
    .openapi({ description: 'Start of the appointment they have; only earlier time is offered.' }),
  passes_left: count(100).openapi({ description: 'Offers that may still be let pass.' }),
  person: z
    .strictObject({ id: uuid, given_name: line(100), family_name: line(100) })
    .openapi('WaitingPerson'),
};

function entryWire(entry: WaitingEntry) {
  const { wish, person } = entry;
  return {
    id: entry.id,
    code: entry.code,
    state: entry.state,
    service_id: entry.service.id,
    office_ids: [...wish.officeIds],
    from: wish.fromDay,
    to: wish.toDay,
    weekdays: [...wish.weekdays],
    parts: [...wish.parts],
    ...(entry.deadline && { deadline: entry.deadline.day }),
    joined_at: toRfc3339(entry.joinedAt),
    ...(entry.current?.startsAt !== undefined && { improves: toRfc3339(entry.current.startsAt) }),
    passes_left: Math.max(0, MAX_LET_PASS - entry.letPass),
    person: { id: person.id, given_name: person.givenName, family_name: person.familyName },
  };
}

export const entrySchema = z
  .strictObject({
    ...entryFields,
    before: count(100_000)
      .optional()
      .openapi({ description: 'How many are asked before, at the same offices, while waiting.' }),
    offers: z.array(offerSchema).max(50).openapi({ description: 'The latest first.' }),
  })
  .openapi('WaitingEntry');

export function toEntryWire({ entry, offers, before }: OpenedEntry): z.infer<typeof entrySchema> {
  return {
    ...entryWire(entry),
    ...(before !== undefined && { before }),
    offers: offers.map(toOfferWire),
  };
}

export const officeListQuerySchema = z.strictObject({ office_id: uuid });

export const officeListSchema = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({
            ...entryFields,
            urgent: z.boolean(),
            open_offer: offerSchema.optional(),
          })
          .openapi('WaitingInOrder'),
      )
      .max(2000)
      .openapi({ description: 'In the order in which they are asked.' }),
  })
  .openapi('WaitingList');

export function toOfficeListWire(list: OfficeList): z.infer<typeof officeListSchema> {
  return {
    items: list.waiting.map(({ entry, urgent, offer }) => ({
      ...entryWire(entry),
      urgent,
      ...(offer && { open_offer: toOfferWire(offer) }),
    })),
  };
}

export const manualOfferSchema = z
  .strictObject({ office_id: uuid, starts_at: instant })
  .openapi('OfferByHand');
