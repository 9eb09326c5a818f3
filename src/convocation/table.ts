import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { service } from '../booking/table.ts';
import { person } from '../identity/table.ts';
import { office } from '../network/table.ts';
import { instant } from '../platform/columns.ts';
import {
  CHANNELS,
  type Channel,
  FORMATS,
  type Format,
  PROOF_KINDS,
  type ProofKind,
} from './rules/kinds.ts';

const inList = (values: readonly string[]) =>
  sql.raw(`(${values.map((value) => `'${value}'`).join(', ')})`);

export const CAMPAIGN_STATES = ['draft', 'launched', 'stopped'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** What was foreseen when the campaign was launched. */
export interface KeptForecast {
  readonly people: number;
  readonly seats: number;
  readonly expected: number;
}

/** People invited to one service, within a window of days. */
export const campaign = pgTable(
  'campaign',
  {
    id: uuid().primaryKey(),
    title: text().notNull(),
    serviceId: uuid('service_id').notNull(),
    state: text().$type<CampaignState>().notNull().default('draft'),
    format: text().$type<Format>().notNull(),
    /** Days on which invited people can be received, both included; the codes end with the last. */
    opensOn: date('opens_on').notNull(),
    closesOn: date('closes_on').notNull(),
    /** What the invitation says besides the facts; empty for the usual words. */
    template: text().notNull().default(''),
    /** People invited at a time; everybody at once when null. */
    waveSize: integer('wave_size'),
    /** Days between one wave and the next. */
    waveDays: smallint('wave_days').notNull().default(7),
    /** Whether whoever does not answer is convoked by itself when the term is near. */
    convokes: boolean().notNull().default(false),
    convocationChannel: text('convocation_channel')
      .$type<Channel>()
      .notNull()
      .default('registered'),
    /** Days, counted from the Did or the first contact, within which a person should be received. */
    termDays: smallint('term_days').notNull().default(15),
    /** Days that a convocation leaves before the date it imposes. */
    noticeDays: smallint('notice_days').notNull().default(7),
    forecast: jsonb().$type<KeptForecast>(),
    /** Why it was launched although there was not time for all. */
    overrideReason: text('override_reason'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    launchedAt: instant('launched_at'),
    version: integer().notNull().default(1),
    demo: boolean().notNull().default(false),
  },
  (t) => [
    foreignKey({
      name: 'campaign_service_fk',
      columns: [t.serviceId],
      foreignColumns: [service.id],
    }),
    index('campaign_created').on(t.createdAt),
    check('campaign_state', sql`${t.state} in ${inList(CAMPAIGN_STATES)}`),
    check('campaign_format', sql`${t.format} in ${inList(FORMATS)}`),
    check('campaign_channel', sql`${t.convocationChannel} in ${inList(CHANNELS)}`),
    check('campaign_window', sql`${t.opensOn} <= ${t.closesOn}`),
    check(
      'campaign_waves',
      sql`(${t.waveSize} is null or ${t.waveSize} between 1 and 100000) and ${t.waveDays} between 1 and 90`,
    ),
    check(
      'campaign_terms',
      sql`${t.termDays} between 1 and 365 and ${t.noticeDays} between 1 and 60`,
    ),
    check('campaign_launched', sql`(${t.state} = 'draft') = (${t.launchedAt} is null)`),
  ],
);

/** Offices that receive the people of a campaign. */
export const campaignOffice = pgTable(
  'campaign_office',
  { campaignId: uuid('campaign_id').notNull(), officeId: uuid('office_id').notNull() },
  (t) => [
    primaryKey({ name: 'campaign_office_pk', columns: [t.campaignId, t.officeId] }),
    foreignKey({
      name: 'campaign_office_campaign_fk',
      columns: [t.campaignId],
      foreignColumns: [campaign.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'campaign_office_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }),
    index('campaign_office_office').on(t.officeId),
  ],
);

/** `listed` until launched; `refused` when a rule forbade the sending; `withdrawn` by the office. */
export const INVITATION_STATES = ['listed', 'queued', 'sent', 'refused', 'withdrawn'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** One person of a campaign. What became of them is derived from their appointments. */
export const invitation = pgTable(
  'invitation',
  {
    id: uuid().primaryKey(),
    campaignId: uuid('campaign_id').notNull(),
    personId: uuid('person_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    officeId: uuid('office_id').notNull(),
    position: integer().notNull(),
    format: text().$type<Format>().notNull(),
    state: text().$type<InvitationState>().notNull().default('listed'),
    /** Which rule refused the sending. */
    refusal: text(),
    /** E-mail, number or PEC address; null for letters. */
    recipient: text(),
    /** As on an envelope, a line each. */
    postalAddress: text('postal_address'),
    /** Day of the Did or of the first contact: the term counts from it. */
    termFrom: date('term_from'),
    /** Keyed digest of the code; the code itself is derived anew whenever a message needs it. */
    codeDigest: text('code_digest').notNull(),
    /** Id that the appointment booked with the code takes: so a code books once, whoever races. */
    appointmentId: uuid('appointment_id').notNull(),
    sendAt: instant('send_at'),
    sentAt: instant('sent_at'),
    expiresAt: instant('expires_at'),
    remindedAt: instant('reminded_at'),
    openedAt: instant('opened_at'),
    printedAt: instant('printed_at'),
  },
  (t) => [
    foreignKey({
      name: 'invitation_campaign_fk',
      columns: [t.campaignId],
      foreignColumns: [campaign.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'invitation_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }),
    foreignKey({
      name: 'invitation_service_fk',
      columns: [t.serviceId],
      foreignColumns: [service.id],
    }),
    foreignKey({
      name: 'invitation_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }),
    uniqueIndex('invitation_person_unique').on(t.campaignId, t.personId),
    uniqueIndex('invitation_code_unique').on(t.codeDigest),
    uniqueIndex('invitation_appointment_unique').on(t.appointmentId),
    index('invitation_due').on(t.sendAt).where(sql`${t.state} = 'queued'`),
    index('invitation_sent').on(t.sentAt).where(sql`${t.state} = 'sent'`),
    index('invitation_of_person').on(t.personId, t.serviceId),
    check('invitation_state', sql`${t.state} in ${inList(INVITATION_STATES)}`),
    check('invitation_format', sql`${t.format} in ${inList(FORMATS)}`),
    check(
      'invitation_sent_whole',
      sql`(${t.state} = 'sent') <= (${t.sentAt} is not null and ${t.expiresAt} is not null)`,
    ),
    check('invitation_refusal', sql`(${t.state} = 'refused') = (${t.refusal} is not null)`),
  ],
);

/** `seating` until it has a date; `open` until its appointment has an outcome. */
export const CONVOCATION_STATES = ['seating', 'open', 'closed'] as const;
export type ConvocationState = (typeof CONVOCATION_STATES)[number];

/** A person called to a date that the office chose. */
export const convocation = pgTable(
  'convocation',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    officeId: uuid('office_id').notNull(),
    campaignId: uuid('campaign_id'),
    state: text().$type<ConvocationState>().notNull().default('seating'),
    channel: text().$type<Channel>().notNull(),
    recipient: text(),
    postalAddress: text('postal_address'),
    noticeDays: smallint('notice_days').notNull(),
    codeDigest: text('code_digest').notNull(),
    /** Id of its appointment, there once it is seated. */
    appointmentId: uuid('appointment_id').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Not tried again before, while no date was free. */
    retryAt: instant('retry_at').notNull(),
    sentAt: instant('sent_at'),
    closedAt: instant('closed_at'),
    printedAt: instant('printed_at'),
  },
  (t) => [
    foreignKey({
      name: 'convocation_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }),
    foreignKey({
      name: 'convocation_service_fk',
      columns: [t.serviceId],
      foreignColumns: [service.id],
    }),
    foreignKey({
      name: 'convocation_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }),
    foreignKey({
      name: 'convocation_campaign_fk',
      columns: [t.campaignId],
      foreignColumns: [campaign.id],
    }),
    uniqueIndex('convocation_one_open')
      .on(t.personId, t.serviceId)
      .where(sql`${t.state} in ('seating', 'open')`),
    uniqueIndex('convocation_code_unique').on(t.codeDigest),
    uniqueIndex('convocation_appointment_unique').on(t.appointmentId),
    index('convocation_seating').on(t.retryAt).where(sql`${t.state} = 'seating'`),
    index('convocation_office_created').on(t.officeId, t.createdAt),
    check('convocation_state', sql`${t.state} in ${inList(CONVOCATION_STATES)}`),
    check('convocation_channel', sql`${t.channel} in ${inList(CHANNELS)}`),
    check('convocation_sent', sql`${t.state} <> 'open' or ${t.sentAt} is not null`),
  ],
);

export const deliveryProof = pgTable(
  'delivery_proof',
  {
    id: uuid().primaryKey(),
    convocationId: uuid('convocation_id').notNull(),
    kind: text().$type<ProofKind>().notNull(),
    /** Day on which it happened. */
    happenedOn: date('happened_on').notNull(),
    /** Number of the registered letter, identifier of the receipt, protocol number. */
    reference: text().notNull(),
    /** The message and what was told of it, where a receipt by itself became the proof. */
    noticeId: uuid('notice_id'),
    eventId: uuid('event_id'),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'delivery_proof_convocation_fk',
      columns: [t.convocationId],
      foreignColumns: [convocation.id],
    }).onDelete('cascade'),
    uniqueIndex('delivery_proof_unique').on(t.convocationId, t.kind, t.reference),
    uniqueIndex('delivery_proof_event_unique').on(t.eventId),
    check('delivery_proof_kind', sql`${t.kind} in ${inList(PROOF_KINDS)}`),
  ],
);

export const POSTPONEMENT_STATES = ['asked', 'approved', 'declined'] as const;
export type PostponementState = (typeof POSTPONEMENT_STATES)[number];

/** A convoked person asks for another date. */
export const postponement = pgTable(
  'postponement',
  {
    id: uuid().primaryKey(),
    convocationId: uuid('convocation_id').notNull(),
    state: text().$type<PostponementState>().notNull().default('asked'),
    reason: text().notNull(),
    note: text(),
    askedAt: instant('asked_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    /** What the office answers when it declines. */
    answer: text(),
  },
  (t) => [
    foreignKey({
      name: 'postponement_convocation_fk',
      columns: [t.convocationId],
      foreignColumns: [convocation.id],
    }).onDelete('cascade'),
    uniqueIndex('postponement_one_asked').on(t.convocationId).where(sql`${t.state} = 'asked'`),
    check('postponement_state', sql`${t.state} in ${inList(POSTPONEMENT_STATES)}`),
    check('postponement_decided', sql`(${t.state} = 'asked') = (${t.decidedAt} is null)`),
  ],
);

/** Somebody invited found no free time, or the desk asks for time that a campaign lacks. */
export const openingRequest = pgTable(
  'opening_request',
  {
    id: uuid().primaryKey(),
    campaignId: uuid('campaign_id').notNull(),
    officeId: uuid('office_id').notNull(),
    /** Whose search found nothing; null when the desk asks. */
    invitationId: uuid('invitation_id'),
    /** Appointments that are missing. */
    missing: integer().notNull(),
    askedAt: instant('asked_at').notNull(),
    settledAt: instant('settled_at'),
    settledBy: text('settled_by'),
  },
  (t) => [
    foreignKey({
      name: 'opening_request_campaign_fk',
      columns: [t.campaignId],
      foreignColumns: [campaign.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'opening_request_office_fk',
      columns: [t.officeId],
      foreignColumns: [office.id],
    }),
    foreignKey({
      name: 'opening_request_invitation_fk',
      columns: [t.invitationId],
      foreignColumns: [invitation.id],
    }).onDelete('cascade'),
    uniqueIndex('opening_request_one_open')
      .on(t.campaignId, t.officeId, sql`coalesce(${t.invitationId}, ${t.campaignId})`)
      .where(sql`${t.settledAt} is null`),
    check('opening_request_missing', sql`${t.missing} between 1 and 1000000`),
  ],
);

/** People whom the office no longer follows: nobody invites them. */
export const archivedPerson = pgTable(
  'archived_person',
  {
    personId: uuid('person_id').primaryKey(),
    reason: text().notNull(),
    archivedBy: text('archived_by').notNull(),
    archivedAt: instant('archived_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'archived_person_fk',
      columns: [t.personId],
      foreignColumns: [person.id],
    }).onDelete('cascade'),
  ],
);

/**
 * How a region reads the law on a channel; where it has no row in force, `rules/channels.ts` speaks.
 * Rows are added, never changed but to confirm or withdraw them: the later one goes before the earlier.
 */
export const channelReading = pgTable(
  'channel_reading',
  {
    id: uuid().primaryKey(),
    /** Name of the region as ISTAT writes it. */
    region: text().notNull(),
    channel: text().$type<Channel>().notNull(),
    /** Days on which a convocation must have been sent to be read so, both included. */
    validFrom: date('valid_from').notNull(),
    validUntil: date('valid_until'),
    /** Whether a convocation by it may sustain a measure against who did not come. */
    formal: boolean().notNull(),
    needsProof: boolean('needs_proof').notNull(),
    source: text().notNull(),
    sourceDate: date('source_date').notNull(),
    writtenBy: text('written_by').notNull(),
    writtenAt: instant('written_at').notNull(),
    /** Who checked it for the administration, and on what ground; unverified until then. */
    confirmedBy: text('confirmed_by'),
    confirmedAt: instant('confirmed_at'),
    confirmation: text(),
    /** Taken back: as if it had never been written, though it stays in the history. */
    withdrawnBy: text('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    index('channel_reading_of').on(t.region, t.channel, t.writtenAt),
    check('channel_reading_channel', sql`${t.channel} in ${inList(CHANNELS)}`),
    check('channel_reading_proof', sql`${t.formal} or not ${t.needsProof}`),
    check(
      'channel_reading_days',
      sql`${t.validUntil} is null or ${t.validFrom} <= ${t.validUntil}`,
    ),
    check(
      'channel_reading_confirmed',
      sql`(${t.confirmedAt} is null) = (${t.confirmedBy} is null) and (${t.confirmedAt} is null) = (${t.confirmation} is null)`,
    ),
  ],
);
