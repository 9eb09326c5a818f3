import { z } from '@hono/zod-openapi';
import { toRfc3339 } from '../platform/clock.ts';
import { LOCALES } from '../platform/locale.ts';
import { instant, uuid } from '../reference/fields.ts';
import type { ReminderChoice } from './actions/choose-reminders.ts';
import type { Text } from './actions/edit-texts.ts';
import { CHANNELS } from './channel.ts';
import type { Letter } from './letters/letter.ts';
import { letterText } from './letters/letter.ts';
import {
  DELIVERY_STATUSES,
  LISTED_STATES,
  noticeStanding,
  provesDelivery,
} from './rules/delivery.ts';
import type { Template } from './rules/fill.ts';
import { segmentsOf, smsText } from './rules/sms.ts';
import { TROUBLES, troubleOf } from './rules/trouble.ts';
import type { FollowedNotice } from './store/deliveries.ts';
import type { TemplateVersion } from './store/templates.ts';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const lines = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/u);
const kindName = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[a-z0-9-]+$/u)
  .openapi({ example: 'appointment-reminder' });
const locale = z.enum(LOCALES);
const days = z
  .array(z.int().min(1).max(60))
  .max(5)
  .openapi({ minItems: 0, description: 'Whole days before, at the same hour on the wall.' });

export const noticeParams = z.strictObject({
  notice_id: uuid.openapi({ param: { name: 'notice_id', in: 'path' } }),
});
export const kindParams = z.strictObject({
  kind_name: kindName.openapi({ param: { name: 'kind_name', in: 'path' } }),
});
export const serviceParams = z.strictObject({
  service_id: uuid.openapi({ param: { name: 'service_id', in: 'path' } }),
});

export const noticesQuerySchema = z.strictObject({
  state: z.enum(LISTED_STATES).optional(),
  channel: z.enum(CHANNELS).optional(),
  subject_id: uuid.optional().openapi({ description: 'What the messages are about.' }),
  cursor: uuid.optional().openapi({ description: 'Id of the last message of the page before.' }),
  limit: z
    .string()
    .min(1)
    .max(3)
    .regex(/^([1-9][0-9]?|100)$/u)
    .optional()
    .openapi({ example: '50' }),
});

const toldSchema = z
  .strictObject({
    id: uuid,
    status: z.enum(DELIVERY_STATUSES),
    at: instant,
    provider_id: line(200).optional(),
    evidence: z.record(line(40), line(500)).openapi({ maxProperties: 10 }),
    receipt_kept: z.boolean().openapi({ description: 'Whether the receipt itself can be read.' }),
  })
  .openapi('NoticeEvent');

const troubleSchema = z
  .strictObject({
    cause: z.enum(TROUBLES).openapi({
      description:
        'The address is wrong, the mailbox full, the person wants no such messages, the message was refused, nobody was reached, or it is only late.',
    }),
    permanent: z
      .boolean()
      .openapi({ description: 'Whether the same to the same address would fail again.' }),
  })
  .openapi('NoticeTrouble');

export const noticeSchema = z
  .strictObject({
    id: uuid,
    kind: line(60),
    channel: z.enum(CHANNELS),
    recipient: line(320).optional().openapi({ description: 'Absent once forgotten.' }),
    locale: line(10),
    subject_id: uuid,
    service_id: uuid.optional(),
    office_id: uuid.optional(),
    standing: z.enum(['queued', 'withdrawn', ...DELIVERY_STATUSES]),
    proves_delivery: z.boolean().openapi({
      description: 'Whether what was told proves to third parties that it reached its reader.',
    }),
    due_at: instant,
    sent_at: instant.optional(),
    attempts: z.int().min(0).max(32_767),
    last_error: line(500).optional(),
    trouble: troubleSchema.optional().openapi({ description: 'Absent while nothing is wrong.' }),
    events: z.array(toldSchema).max(100).openapi({ minItems: 0 }),
  })
  .openapi('Notice');

export const noticesSchema = z
  .strictObject({
    items: z.array(noticeSchema).max(100).openapi({ minItems: 0 }),
    next_cursor: uuid.optional(),
  })
  .openapi('NoticeList');

export const receiptParams = z.strictObject({
  notice_id: uuid.openapi({ param: { name: 'notice_id', in: 'path' } }),
  event_id: uuid.openapi({ param: { name: 'event_id', in: 'path' } }),
});

export const otherWaySchema = z
  .strictObject({
    channel: z.enum(['email', 'sms', 'pec']),
    recipient: line(320).min(3).openapi({ description: 'Address, or telephone number.' }),
  })
  .openapi('OtherWay');

export const resentSchema = z.strictObject({ id: uuid }).openapi('ResentNotice');

export const templateSchema = z
  .strictObject({
    subject: line(200).min(1).openapi({ example: 'Promemoria: {{when}}' }),
    paragraphs: z
      .array(lines(2000).min(1))
      .min(1)
      .max(40)
      .openapi({ description: 'Lines that begin with `- ` are items of a list.' }),
    short: line(480)
      .optional()
      .openapi({ description: 'For telephones; the subject when absent.' }),
  })
  .openapi('NoticeTemplate');

export const versionSchema = z
  .strictObject({
    version: z.int().min(1).max(2_147_483_647),
    edited_at: instant,
    template: templateSchema.optional().openapi({ description: 'Absent: the default text again.' }),
  })
  .openapi('NoticeTextVersion');

export const textQuerySchema = z.strictObject({
  locale: locale.optional(),
  service_id: uuid.optional().openapi({ description: 'The service’s own; for all when absent.' }),
});

export const textSchema = z
  .strictObject({
    kind: kindName,
    placeholders: z.array(line(40)).max(40).openapi({ minItems: 0 }),
    mandatory: z.array(line(40)).max(40).openapi({ minItems: 0 }),
    default: templateSchema,
    current: templateSchema,
    version: z.int().min(0).max(2_147_483_647),
    history: z.array(versionSchema).max(100).openapi({ minItems: 0 }),
  })
  .openapi('NoticeText');

export const textsSchema = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({
            kind: kindName,
            title: line(200),
            edited: z
              .array(z.strictObject({ locale, service_id: uuid.optional() }).openapi('EditedText'))
              .max(1000)
              .openapi({ minItems: 0 }),
          })
          .openapi('NoticeTextSummary'),
      )
      .max(200)
      .openapi({ minItems: 0 }),
  })
  .openapi('NoticeTextList');

export const editSchema = z
  .strictObject({
    locale,
    service_id: uuid.optional(),
    version: z
      .int()
      .min(0)
      .max(2_147_483_646)
      .openapi({ description: 'The version it was written from; 0 when there was none.' }),
    template: templateSchema
      .optional()
      .openapi({ description: 'Absent: take the default text back.' }),
  })
  .openapi('NoticeTextEdit');

export const previewRequestSchema = z
  .strictObject({ locale, template: templateSchema })
  .openapi('NoticePreviewRequest');

export const previewSchema = z
  .strictObject({
    subject: lines(2000),
    text: lines(200_000),
    short: lines(2000),
    sms: z
      .strictObject({
        text: lines(2000),
        encoding: z.enum(['gsm-7', 'ucs-2']),
        segments: z.int().min(1).max(100),
      })
      .openapi('SmsPreview'),
  })
  .openapi('NoticePreview');

const reminderSchema = z
  .strictObject({ service_id: uuid, name: line(200), days, chosen: z.boolean() })
  .openapi('ReminderPolicy');
export const remindersSchema = z
  .strictObject({ items: z.array(reminderSchema).max(1000).openapi({ minItems: 0 }) })
  .openapi('ReminderPolicyList');
export const reminderChoiceSchema = z.strictObject({ days }).openapi('ReminderChoice');

export function toNoticeWire({ notice, told }: FollowedNotice) {
  const standing = noticeStanding(notice.state, told);
  return {
    id: notice.id,
    kind: notice.kind,
    channel: notice.channel,
    recipient: notice.recipient || undefined,
    locale: notice.locale,
    subject_id: notice.subjectId,
    service_id: notice.serviceId ?? undefined,
    office_id: notice.officeId ?? undefined,
    standing,
    proves_delivery: provesDelivery(notice.channel, standing),
    due_at: toRfc3339(notice.dueAt),
    sent_at: notice.sentAt === null ? undefined : toRfc3339(notice.sentAt),
    attempts: notice.attempts,
    last_error: notice.lastError?.replace(/\p{Cc}/gu, ' '),
    trouble: troubleOf(notice, told),
    events: told.slice(0, 100).map(({ id, status, at, providerId, evidence, kept }) => ({
      id,
      status,
      at: toRfc3339(at),
      provider_id: providerId || undefined,
      evidence: { ...evidence },
      receipt_kept: kept,
    })),
  };
}

const toTemplateWire = ({ subject, paragraphs, short }: Template) => ({
  subject,
  paragraphs: [...paragraphs],
  short,
});

export const toVersionWire = ({ version, editedAt, template }: TemplateVersion) => ({
  version,
  edited_at: toRfc3339(editedAt),
  template: template && toTemplateWire(template),
});

export function toTextWire(text: Text) {
  return {
    kind: text.kind.name,
    placeholders: [...text.placeholders],
    mandatory: [...(text.kind.mandatory ?? [])],
    default: toTemplateWire(text.default),
    current: toTemplateWire(text.current),
    version: text.versions[0]?.version ?? 0,
    history: text.versions.map(toVersionWire),
  };
}

export function toPreviewWire(letter: Letter) {
  const text = smsText(letter.short);
  const { encoding, count } = segmentsOf(text);
  return {
    subject: letter.subject,
    text: letterText(letter),
    short: letter.short,
    sms: { text, encoding, segments: count },
  };
}

export const toReminderWire = (choice: ReminderChoice, language: (typeof LOCALES)[number]) => ({
  service_id: choice.serviceId,
  name: choice.name[language],
  days: [...choice.days],
  chosen: choice.chosen,
});
