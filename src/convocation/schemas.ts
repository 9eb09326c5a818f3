import { z } from '@hono/zod-openapi';
import { DELIVERY_STATUSES, noticeStanding } from '../notices/rules/delivery.ts';
import { TROUBLES } from '../notices/rules/trouble.ts';
import { type Instant, toRfc3339 } from '../platform/clock.ts';
import { email, instant, isoDate, istatCode, localOrInstant, uuid } from '../reference/fields.ts';
import type { CampaignForecast } from './actions/forecast-capacity.ts';
import type { Redeemed } from './actions/open-invitation.ts';
import type { CampaignFile, Followed } from './actions/read-campaign.ts';
import type { JudgedConvocation } from './actions/read-convocation.ts';
import type { CampaignPlan } from './actions/save-campaign.ts';
import { MOST_PEOPLE } from './people-list.ts';
import { FOLLOW_UPS, type Funnel } from './rules/follow-up.ts';
import { CHANNELS, FORMATS, PROOF_KINDS } from './rules/kinds.ts';
import { NOTICE_DAYS, REASONS, TERM_DAYS } from './rules/terms.ts';
import type { Campaign } from './store/campaigns.ts';
import { CAMPAIGN_STATES, CONVOCATION_STATES, POSTPONEMENT_STATES } from './table.ts';

/** Text on several lines, without NUL. */
const prose = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\0]*$/u);
const words = (max: number) => prose(max).min(1);
const count = (max = 1_000_000) => z.int().min(0).max(max);
const version = z.int().min(1).max(1_000_000);
const name = z
  .string()
  .max(300)
  .regex(/^[^\p{Cc}]*$/u);

/** A code as it is typed: with or without spaces and dashes. */
const code = z
  .string()
  .min(10)
  .max(24)
  .regex(/^[0-9A-Za-z -]+$/)
  .openapi({
    description: 'As printed or sent; spaces and dashes do not matter.',
    example: 'K7M2-P9QX-TD4R',
  });

const format = z.enum(FORMATS);
const channel = z.enum(CHANNELS);

export const campaignPlanSchema = z
  .strictObject({
    title: words(120).openapi({ example: 'Primi colloqui di marzo' }),
    service_id: uuid,
    office_ids: z.array(uuid).min(1).max(100),
    opens_on: isoDate.openapi({ description: 'First day on which people can be received.' }),
    closes_on: isoDate.openapi({ description: 'Last day; codes end with it.' }),
    format,
    template: prose(2000).optional().openapi({ description: 'What the office adds in its words.' }),
    wave_size: z.int().min(1).max(100_000).optional().openapi({ description: 'People at a time.' }),
    wave_days: z.int().min(1).max(90).optional(),
    convokes: z
      .boolean()
      .optional()
      .openapi({ description: 'Whether whoever does not answer is convoked by itself.' }),
    convocation_channel: channel.optional(),
    term_days: z.int().min(1).max(365).optional(),
    notice_days: z.int().min(1).max(60).optional(),
  })
  .openapi('CampaignPlan');

export const campaignChangeSchema = campaignPlanSchema
  .extend({ version })
  .openapi('CampaignChange');

export function toPlan(body: z.infer<typeof campaignPlanSchema>): CampaignPlan {
  return {
    title: body.title,
    serviceId: body.service_id,
    officeIds: body.office_ids,
    opensOn: body.opens_on,
    closesOn: body.closes_on,
    format: body.format,
    template: body.template ?? '',
    waveSize: body.wave_size,
    waveDays: body.wave_days ?? 7,
    convokes: body.convokes ?? false,
    convocationChannel: body.convocation_channel ?? 'registered',
    termDays: body.term_days ?? TERM_DAYS,
    noticeDays: body.notice_days ?? NOTICE_DAYS,
  };
}

const funnelSchema = z
  .strictObject({
    people: count(),
    invited: count(),
    opened: count(),
    booked: count(),
    seen: count(),
    expired: count(),
  })
  .openapi('CampaignFunnel');

export const campaignSchema = z
  .strictObject({
    id: uuid,
    title: name,
    state: z.enum(CAMPAIGN_STATES),
    service_id: uuid,
    office_ids: z.array(uuid).max(100),
    opens_on: isoDate,
    closes_on: isoDate,
    format,
    template: prose(2000),
    wave_size: z.int().min(1).max(100_000).optional(),
    wave_days: z.int().min(1).max(90),
    convokes: z.boolean(),
    convocation_channel: channel,
    term_days: z.int().min(1).max(365),
    notice_days: z.int().min(1).max(60),
    override_reason: prose(500).optional(),
    launched_at: instant.optional(),
    version,
    funnel: funnelSchema.optional(),
  })
  .openapi('Campaign');

export const campaignsSchema = z
  .strictObject({ items: z.array(campaignSchema).max(50) })
  .openapi('Campaigns');

export function toCampaignWire(one: Campaign, funnel?: Funnel): z.infer<typeof campaignSchema> {
  return {
    id: one.id,
    title: one.title,
    state: one.state,
    service_id: one.service.id,
    office_ids: one.offices.map(({ id }) => id),
    opens_on: one.opensOn,
    closes_on: one.closesOn,
    format: one.format,
    template: one.template,
    ...(one.waveSize !== undefined && { wave_size: one.waveSize }),
    wave_days: one.waveDays,
    convokes: one.convokes,
    convocation_channel: one.convocationChannel,
    term_days: one.termDays,
    notice_days: one.noticeDays,
    ...(one.overrideReason !== undefined && { override_reason: one.overrideReason }),
    ...(one.launchedAt !== undefined && { launched_at: toRfc3339(one.launchedAt) }),
    version: one.version,
    ...(funnel && { funnel }),
  };
}

export const peopleByListSchema = z
  .strictObject({
    csv: prose(4_000_000).min(1).openapi({
      description:
        'codice_fiscale;nome;cognome and, where known, email;telefono;pec;indirizzo;comune;did. All lines or none.',
    }),
  })
  .openapi('PeopleByList');

export const peopleByFilterSchema = z
  .strictObject({
    comune: istatCode.optional(),
    history: z.enum(['any', 'never', 'absent']),
    limit: z.int().min(1).max(MOST_PEOPLE),
  })
  .openapi('PeopleByFilter');

export const addedSchema = z.strictObject({ added: count(MOST_PEOPLE) }).openapi('PeopleAdded');

export const forecastSchema = z
  .strictObject({
    people: count(),
    seats: count(10_000_000).openapi({ description: 'Appointments that can still be seated.' }),
    expected: count(10_000_000).openapi({
      description: 'Bookings that pending invitations of other campaigns are expected to make.',
    }),
    available: count(10_000_000),
    missing: count(),
    enough: z.boolean(),
    proposals: z
      .strictObject({
        closes_on: isoDate.optional(),
        offices: z
          .array(
            z.strictObject({ id: uuid, name, seats: count(10_000_000) }).openapi('OfficeWithTime'),
          )
          .max(10),
        wave_size: count(10_000_000).optional(),
        waves: count().optional(),
        minutes: count(100_000_000).openapi({ description: 'Minutes of operators’ time missing.' }),
      })
      .optional(),
  })
  .openapi('CapacityForecast');

export function toForecastWire(found: CampaignForecast): z.infer<typeof forecastSchema> {
  const { people, seats, expected, available, missing, enough, proposals } = found;
  return {
    people,
    seats,
    expected,
    available,
    missing,
    enough,
    ...(proposals && {
      proposals: {
        ...(proposals.closesOn !== undefined && { closes_on: proposals.closesOn }),
        offices: [...proposals.offices],
        ...(proposals.waves && {
          wave_size: proposals.waves.size,
          waves: proposals.waves.count,
        }),
        minutes: proposals.minutes,
      },
    }),
  };
}

export const launchSchema = z
  .strictObject({
    version: version.optional(),
    override_reason: words(500)
      .optional()
      .openapi({ description: 'Why to launch although there is not time for everybody.' }),
  })
  .openapi('CampaignLaunch');

const optionalInstant = (value: Instant | null) => (value === null ? undefined : toRfc3339(value));

const invitedSchema = z
  .strictObject({
    id: uuid,
    person_id: uuid,
    given_name: name,
    family_name: name,
    office_id: uuid,
    format,
    status: z.enum(FOLLOW_UPS),
    refusal: name.optional(),
    next_step: z.enum(['wait', 'convoke', 'invite-again', 'record-outcome', 'repair', 'none']),
    sent_at: instant.optional(),
    opened_at: instant.optional(),
    expires_at: instant.optional(),
    appointment_id: uuid.optional(),
    convocation_id: uuid.optional(),
  })
  .openapi('Invited');

export const invitedListSchema = z
  .strictObject({ items: z.array(invitedSchema).max(MOST_PEOPLE), funnel: funnelSchema })
  .openapi('InvitedList');

export function toInvitedWire({ people, funnel }: CampaignFile): z.infer<typeof invitedListSchema> {
  return { items: people.map(toInvited), funnel };
}

function toInvited(one: Followed): z.infer<typeof invitedSchema> {
  const [sentAt, openedAt, expiresAt] = [one.sentAt, one.openedAt, one.expiresAt].map(
    optionalInstant,
  );
  return {
    id: one.id,
    person_id: one.personId,
    given_name: one.givenName,
    family_name: one.familyName,
    office_id: one.officeId,
    format: one.format,
    status: one.followUp,
    ...(one.refusal !== null && { refusal: one.refusal }),
    next_step: one.next,
    ...(sentAt && { sent_at: sentAt }),
    ...(openedAt && { opened_at: openedAt }),
    ...(expiresAt && { expires_at: expiresAt }),
    ...(one.appointment && { appointment_id: one.appointment.id }),
    ...(one.convocation && { convocation_id: one.convocation.id }),
  };
}

export const redemptionSchema = z.strictObject({ code }).openapi('InvitationRedemption');

export const openedSchema = z
  .strictObject({
    id: uuid,
    service_id: uuid,
    office_ids: z.array(uuid).max(100),
    own_office_id: uuid,
    bookable_from: instant,
    bookable_to: instant,
    expires_at: instant,
    earliest_starts_at: instant.optional().openapi({
      description: 'Absent when nothing is free: then the office was told and the code prolonged.',
    }),
  })
  .openapi('OpenedInvitation');

export function toOpenedWire(opened: Redeemed): z.infer<typeof openedSchema> {
  const { invited, campaign, window, earliest } = opened;
  return {
    id: invited.id,
    service_id: campaign.service.id,
    office_ids: campaign.offices.map(({ id }) => id),
    own_office_id: invited.officeId,
    bookable_from: toRfc3339(window.start),
    bookable_to: toRfc3339(window.end),
    expires_at: toRfc3339(invited.expiresAt!),
    ...(earliest !== undefined && { earliest_starts_at: toRfc3339(earliest) }),
  };
}

export const invitedBookingSchema = z
  .strictObject({
    code,
    starts_at: localOrInstant,
    office_id: uuid.optional(),
    email: email.optional(),
    note: prose(500).optional(),
  })
  .openapi('InvitedBooking');

export const convokingSchema = z
  .strictObject({
    person_id: uuid,
    service_id: uuid,
    office_id: uuid,
    channel,
    notice_days: z.int().min(1).max(60).optional(),
    pec: email.optional(),
    postal_address: words(300).optional(),
    starts_at: localOrInstant.optional().openapi({ description: 'A date agreed with the person.' }),
  })
  .openapi('NewConvocation');

const proofKind = z.enum(PROOF_KINDS);

export const newProofSchema = z
  .strictObject({ kind: proofKind, happened_on: isoDate, reference: words(120) })
  .openapi('NewDeliveryProof');

export const otherConvokingSchema = z
  .strictObject({
    channel,
    pec: email.optional(),
    postal_address: words(300).optional(),
  })
  .openapi('OtherConvoking');

export const newPostponementSchema = z
  .strictObject({
    code: code.optional().openapi({ description: 'Left out by who is signed in.' }),
    reason: z.enum(REASONS),
    note: prose(1000).optional(),
  })
  .openapi('NewPostponement');

export const decisionSchema = z
  .discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('approve'), starts_at: localOrInstant }),
    z.strictObject({ decision: z.literal('decline'), answer: words(1000) }),
  ])
  .openapi('PostponementDecision');

export const convocationSchema = z
  .strictObject({
    id: uuid,
    state: z.enum(CONVOCATION_STATES),
    person_id: uuid,
    service_id: uuid,
    office_id: uuid,
    channel,
    appointment_id: uuid.optional(),
    starts_at: instant.optional(),
    sent_at: instant.optional(),
    evidence: z
      .enum(['formal', 'informal-channel', 'proof-missing', 'proof-too-late'])
      .optional()
      .openapi({
        description:
          'Whether it could sustain a measure, were an official to adopt one. The service adopts none.',
      }),
    evidence_source: prose(500),
    evidence_verified: z.boolean(),
    message: z
      .strictObject({
        notice_id: uuid,
        standing: z.enum(['queued', 'withdrawn', ...DELIVERY_STATUSES]),
        trouble: z.enum(TROUBLES).optional(),
      })
      .openapi('ConvocationMessage')
      .optional()
      .openapi({ description: 'The message that carried it; absent on paper and by hand.' }),
    proofs: z
      .array(
        z
          .strictObject({
            id: uuid,
            kind: proofKind,
            happened_on: isoDate,
            reference: name,
            notice_id: uuid.optional().openapi({
              description: 'The message whose receipt by itself became the proof.',
            }),
            event_id: uuid.optional().openapi({ description: 'The receipt, where it is kept.' }),
          })
          .openapi('DeliveryProof'),
      )
      .max(100),
    postponements: z
      .array(
        z
          .strictObject({
            id: uuid,
            state: z.enum(POSTPONEMENT_STATES),
            reason: z.enum(REASONS),
            asked_at: instant,
          })
          .openapi('Postponement'),
      )
      .max(100),
  })
  .openapi('Convocation');

export const convocationsSchema = z
  .strictObject({ items: z.array(convocationSchema).max(200) })
  .openapi('Convocations');

export function toConvocationWire(one: JudgedConvocation): z.infer<typeof convocationSchema> {
  return {
    id: one.id,
    state: one.state,
    person_id: one.personId,
    service_id: one.serviceId,
    office_id: one.officeId,
    channel: one.channel,
    ...(one.appointmentState !== null && { appointment_id: one.appointmentId }),
    ...(one.startsAt !== null && { starts_at: toRfc3339(one.startsAt) }),
    ...(one.sentAt !== null && { sent_at: toRfc3339(one.sentAt) }),
    ...(one.evidence && { evidence: one.evidence }),
    evidence_source: one.reading.source,
    evidence_verified: one.reading.verified,
    ...(one.message && {
      message: {
        notice_id: one.message.id,
        standing: noticeStanding(one.message.state, one.message.told),
        ...(one.trouble && { trouble: one.trouble.cause }),
      },
    }),
    proofs: one.proofs.map((proof) => ({
      id: proof.id,
      kind: proof.kind,
      happened_on: proof.happenedOn,
      reference: proof.reference,
      ...(proof.noticeId !== null && { notice_id: proof.noticeId }),
      ...(proof.eventId !== null && { event_id: proof.eventId }),
    })),
    postponements: one.postponements.map((asked) => ({
      id: asked.id,
      state: asked.state,
      reason: REASONS.find((reason) => reason === asked.reason) ?? 'force-majeure',
      asked_at: toRfc3339(asked.askedAt),
    })),
  };
}

export const bulkConvokingSchema = z
  .strictObject({
    invitation_ids: z
      .array(uuid)
      .max(MOST_PEOPLE)
      .optional()
      .openapi({ description: 'Everybody who may be convoked when absent.' }),
  })
  .openapi('BulkConvoking');

export const convokedSchema = z.strictObject({ convoked: count(MOST_PEOPLE) }).openapi('Convoked');
