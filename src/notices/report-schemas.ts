import { z } from '@hono/zod-openapi';
import { instant, uuid } from '../reference/fields.ts';
import { CHANNELS } from './channel.ts';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);

/** Optional only for the machinery: without them the answer is 401, as for any wrong signature. */
export const signatureHeaders = z.object({
  'webhook-id': line(200).min(1).optional().openapi({ example: 'msg_1' }),
  'webhook-timestamp': z
    .string()
    .min(1)
    .max(12)
    .regex(/^[0-9]+$/u)
    .optional()
    .openapi({ example: '1804147200' }),
  'webhook-signature': z
    .string()
    .min(4)
    .max(1000)
    .regex(/^v1,[A-Za-z0-9+/=]+( v1,[A-Za-z0-9+/=]+)*$/u)
    .optional()
    .openapi({ example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=' }),
});

export const reportSchema = z
  .strictObject({
    channel: z.enum(CHANNELS),
    notice_id: uuid.optional().openapi({ description: 'Our name for the message.' }),
    provider_id: line(200).optional().openapi({ description: 'The carrier’s name for it.' }),
    status: z.enum(['accepted', 'delivered', 'read', 'bounced', 'failed']),
    at: instant,
    reason: line(300).optional(),
    code: z
      .string()
      .min(5)
      .max(9)
      .regex(/^[245]\.[0-9]{1,3}\.[0-9]{1,3}$/u)
      .optional()
      .openapi({ description: 'Enhanced status code (RFC 3463).', example: '5.1.1' }),
  })
  .refine((report) => report.notice_id !== undefined || (report.provider_id ?? '') !== '', {
    path: ['notice_id'],
    message: 'notice_id or provider_id',
  })
  .openapi('DeliveryReport');

const mail = (description: string) =>
  z
    .string()
    .min(20)
    .max(4_000_000)
    .regex(/^[^\0]*$/u)
    .openapi({ description });

export const receiptSchema = z
  .strictObject({
    message: mail('The receipt, whole, as it came into the mailbox, headers first.'),
  })
  .openapi('PecReceipt');

export const bounceSchema = z
  .strictObject({
    message: mail('The notification as it came into the mailbox; of a longer one its beginning.'),
  })
  .openapi('BounceMessage');

export const recordedSchema = z.strictObject({ recorded_at: instant }).openapi('RecordedReport');
