import { z } from '@hono/zod-openapi';
import { passSchema, personSchema } from '../booking/schemas.ts';
import { toRfc3339 } from '../platform/clock.ts';
import { instant, isoDate, uuid } from '../reference/fields.ts';
import type { JustificationDecision } from './actions/decide-justification.ts';
import { DECISIONS } from './rules/decide.ts';
import { MAX_DOCUMENT, MAX_DOCUMENTS, MEDIA_TYPES } from './rules/document.ts';
import { GROUNDS } from './rules/grounds.ts';
import { HALVES } from './rules/half-day.ts';
import type { Justification } from './store/justifications.ts';
import { JUSTIFICATION_STATES } from './table.ts';

const prose = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/u);

export const sendingSchema = z
  .strictObject({
    ground: z.enum(GROUNDS),
    statement: prose(2000),
    impediment_ends_on: isoDate
      .optional()
      .openapi({ description: 'Last day of what kept the person away.' }),
    document: z
      .strictObject({
        name: z
          .string()
          .trim()
          .min(1)
          .max(200)
          .regex(/^[^\p{Cc}]*$/u),
        content: z
          .string()
          .min(4)
          .max(6_990_508)
          .regex(/^[A-Za-z0-9+/]+={0,2}$/)
          .openapi({ description: 'In base64; at most 5 MB: PDF, JPEG, PNG or HEIC.' }),
      })
      .optional()
      .openapi('JustificationDocumentSending'),
    pass: passSchema.optional().openapi({ description: 'Needed of those who are not signed in.' }),
  })
  .openapi('JustificationSending');

export const justificationSchema = z
  .strictObject({
    id: uuid,
    appointment_id: uuid,
    state: z.enum(JUSTIFICATION_STATES),
    ground: z.enum(GROUNDS),
    sent_at: instant,
    deadline_at: instant.openapi({ description: 'Until when it was in time, not included.' }),
    late: z.boolean(),
    documents: z.int().min(0).max(100).openapi({ description: 'How many came with it.' }),
    version: z.int().min(1).max(1_000_000),
  })
  .openapi('Justification');

export const justificationFileSchema = z
  .strictObject({
    ...justificationSchema.shape,
    statement: prose(20_000).optional(),
    impediment_ends_on: isoDate.optional(),
    question: prose(2000).optional().openapi({ description: 'What the office asked besides.' }),
    decision_reason: prose(2000).optional(),
    files: z
      .array(
        z
          .strictObject({
            id: uuid,
            name: z
              .string()
              .max(100)
              .regex(/^[A-Za-z0-9.-]+$/),
            media_type: z.enum(MEDIA_TYPES),
            bytes: z.int().min(0).max(MAX_DOCUMENT),
          })
          .openapi('JustificationDocument'),
      )
      .max(MAX_DOCUMENTS),
  })
  .openapi('JustificationFile');

export const justificationsSchema = z
  .strictObject({ items: z.array(justificationSchema).max(200) })
  .openapi('Justifications');

export const justificationQuerySchema = z.strictObject({
  state: z.enum(['open', 'decided']).default('open'),
});

export const decisionSchema = z
  .strictObject({
    decision: z.enum(DECISIONS),
    reason: prose(1000)
      .optional()
      .openapi({ description: 'Needed to reject and to ask; the person reads it.' }),
  })
  .refine(({ decision, reason }) => reason || decision === 'accept' || decision === 'undo', {
    error: 'required',
    path: ['reason'],
  })
  .openapi('JustificationDecision');

export const overbookingSchema = z
  .strictObject({
    service_id: uuid,
    office_id: uuid,
    day: isoDate,
    half: z.enum(HALVES),
    person: personSchema.optional().openapi({ description: 'Left out by a signed-in jobseeker.' }),
  })
  .openapi('OverbookedRequest');

export function toJustificationWire(one: Justification): z.infer<typeof justificationSchema> {
  return {
    id: one.id,
    appointment_id: one.appointmentId,
    state: one.state,
    ground: one.ground,
    sent_at: toRfc3339(one.sentAt),
    deadline_at: toRfc3339(one.deadline),
    late: one.late,
    documents: one.documents.length,
    version: one.version,
  };
}

export function toJustificationFileWire(
  one: Justification,
): z.infer<typeof justificationFileSchema> {
  return {
    ...toJustificationWire(one),
    ...(one.statement !== null && { statement: one.statement }),
    ...(one.impedimentEndsOn !== null && { impediment_ends_on: one.impedimentEndsOn }),
    ...(one.question !== null && { question: one.question }),
    ...(one.decisionReason !== null && { decision_reason: one.decisionReason }),
    files: one.documents.map(({ id, name, mediaType, size }) => ({
      id,
      name,
      media_type: mediaType,
      bytes: size,
    })),
  };
}

export function toDecision({
  decision,
  reason,
}: z.infer<typeof decisionSchema>): JustificationDecision {
  if (decision === 'undo') return { kind: decision };
  if (decision === 'accept') return reason ? { kind: decision, reason } : { kind: decision };
  return { kind: decision, reason: reason ?? '' };
}
