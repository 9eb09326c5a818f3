import { z } from '@hono/zod-openapi';
import { toRfc3339 } from '../platform/clock.ts';
import { instant, isoDate, uuid } from '../reference/fields.ts';
import type { NewReading } from './actions/channel-readings.ts';
import type { ChannelReading } from './rules/channels.ts';
import { CHANNELS } from './rules/kinds.ts';
import type { OwnReading } from './store/readings.ts';

const channel = z.enum(CHANNELS);
const words = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/u);
const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const region = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[\p{L}\p{M}' /’-]+$/u)
  .openapi({ example: 'Sicilia' });

export const readingParams = z.strictObject({
  reading_id: uuid.openapi({ param: { name: 'reading_id', in: 'path' } }),
});
export const readingsQuerySchema = z.strictObject({
  region,
  on: isoDate.optional().openapi({ description: 'The day it is read on; today when absent.' }),
});
export const historyQuerySchema = z.strictObject({ region });

const what = {
  channel,
  formal: z.boolean().openapi({
    description: 'Whether a convocation by it may sustain a measure against who did not come.',
  }),
  needs_proof: z.boolean().openapi({ description: 'Whether delivery must be proved as well.' }),
  source: words(500),
  source_date: isoDate,
};

export const readingSchema = z
  .strictObject({
    ...what,
    verified: z.boolean().openapi({ description: 'Confirmed by the administration.' }),
    id: uuid.optional().openapi({ description: 'Absent where the region wrote nothing.' }),
    valid_from: isoDate.optional(),
    valid_until: isoDate.optional(),
    written_at: instant.optional(),
    confirmed_at: instant.optional(),
    confirmed_by: line(200).optional(),
    confirmation: words(500).optional().openapi({ description: 'On what ground.' }),
    withdrawn_at: instant.optional(),
  })
  .openapi('ChannelReading');

export const newReadingSchema = z
  .strictObject({ region, ...what, valid_from: isoDate, valid_until: isoDate.optional() })
  .refine((one) => one.formal || !one.needs_proof, {
    error: 'only a formal channel needs proof',
    path: ['needs_proof'],
  })
  .openapi('NewChannelReading');

export const confirmationSchema = z
  .strictObject({
    ground: words(500).openapi({ example: 'Parere dell’ufficio legale del 12 gennaio 2027' }),
  })
  .openapi('ReadingConfirmation');

export const readingsSchema = z
  .strictObject({ items: z.array(readingSchema).max(20) })
  .openapi('ChannelReadings');
export const readingHistorySchema = z
  .strictObject({ items: z.array(readingSchema).max(500).openapi({ minItems: 0 }) })
  .openapi('ChannelReadingHistory');
export const writtenSchema = z.strictObject({ id: uuid }).openapi('WrittenReading');

export function toReadingWire(one: ChannelReading | OwnReading): z.infer<typeof readingSchema> {
  return {
    channel: one.channel,
    formal: one.formal,
    needs_proof: one.needsProof,
    source: one.source,
    source_date: one.sourceDate,
    verified: one.verified,
    ...('id' in one && {
      id: one.id,
      valid_from: one.validFrom,
      valid_until: one.validUntil,
      written_at: toRfc3339(one.writtenAt),
      confirmed_at: one.confirmedAt === undefined ? undefined : toRfc3339(one.confirmedAt),
      confirmed_by: one.confirmedBy,
      confirmation: one.confirmation,
      withdrawn_at: one.withdrawnAt === undefined ? undefined : toRfc3339(one.withdrawnAt),
    }),
  };
}

export function toNewReading(body: z.infer<typeof newReadingSchema>): NewReading {
  return {
    channel: body.channel,
    formal: body.formal,
    needsProof: body.needs_proof,
    source: body.source,
    sourceDate: body.source_date,
    validFrom: body.valid_from,
    validUntil: body.valid_until,
  };
}
