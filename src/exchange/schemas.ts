import { z } from '@hono/zod-openapi';
import { toRfc3339 } from '../platform/clock.ts';
import { email, instant, isoDate, localOrInstant, uuid } from '../reference/fields.ts';
import { EVENT_KINDS } from './rules/events.ts';
import { DELIVERY_STATES, type WebhookDelivery } from './store/deliveries.ts';
import type { WebhookEndpoint } from './store/webhooks.ts';

const url = z.url().max(500).openapi({ example: 'https://regione.example.org/eventi' });
const kinds = z
  .array(z.enum(EVENT_KINDS))
  .min(1)
  .max(EVENT_KINDS.length)
  .transform((named) => [...new Set(named)])
  .openapi({
    type: 'array',
    items: { type: 'string', enum: [...EVENT_KINDS] },
    minItems: 1,
    maxItems: EVENT_KINDS.length,
    description: 'Kinds of events that are sent; one named twice counts once.',
  });

export const newEndpointSchema = z
  .strictObject({ url, contact_email: email, event_kinds: kinds })
  .openapi('NewWebhookEndpoint');

export const endpointChangeSchema = z
  .strictObject({
    url: url.optional(),
    contact_email: email.optional(),
    event_kinds: kinds.optional(),
    active: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0)
  .openapi('WebhookEndpointChange');

export const endpointSchema = z
  .strictObject({
    id: uuid,
    url,
    contact_email: email,
    event_kinds: z.array(z.enum(EVENT_KINDS)).max(EVENT_KINDS.length),
    active: z.boolean(),
    failing_since: instant.optional(),
    given_up_at: instant.optional(),
    created_at: instant,
  })
  .openapi('WebhookEndpoint');

export const endpointsSchema = z
  .strictObject({ items: z.array(endpointSchema).max(100) })
  .openapi('WebhookEndpoints');

const signing = z
  .string()
  .max(100)
  .regex(/^whsec_[A-Za-z0-9+/=]+$/)
  .openapi({ description: 'Signs what is sent (Standard Webhooks 1.0). Shown this once.' });

export const registeredEndpointSchema = z
  .strictObject({ ...endpointSchema.shape, signing_secret: signing })
  .openapi('RegisteredWebhookEndpoint');

export const rotationSchema = z
  .strictObject({ signing_secret: signing, old_valid_until: instant })
  .openapi('WebhookSecretRotation');

/** The body of what has nothing to say but that it is asked for. */
export const nothingSchema = z.strictObject({}).openapi('Nothing');

export const deliverySchema = z
  .strictObject({
    event_id: uuid,
    sequence: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    event_kind: z
      .string()
      .max(60)
      .regex(/^[a-z_.]+$/),
    occurred_at: instant,
    state: z.enum(DELIVERY_STATES),
    attempts: z.int().min(0).max(1000),
    due_at: instant.optional(),
    response_status: z.int().min(100).max(999).optional(),
    last_error: z
      .string()
      .max(100)
      .regex(/^[^\p{Cc}]*$/u)
      .optional(),
    settled_at: instant.optional(),
  })
  .openapi('WebhookDelivery');

export const deliveriesSchema = z
  .strictObject({
    items: z.array(deliverySchema).max(100),
    next_cursor: z
      .string()
      .max(20)
      .regex(/^[0-9]+$/)
      .optional(),
  })
  .openapi('WebhookDeliveries');

export const deliveriesQuerySchema = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  cursor: z
    .string()
    .max(15)
    .regex(/^[0-9]+$/)
    .optional(),
  limit: z
    .string()
    .max(3)
    .regex(/^([1-9][0-9]?|100)$/)
    .optional(),
});

export const replaySchema = z
  .strictObject({
    event_id: uuid.optional(),
    from: localOrInstant.optional(),
    to: localOrInstant.optional(),
  })
  .refine(
    ({ event_id, from, to }) =>
      event_id === undefined
        ? from !== undefined && to !== undefined
        : from === undefined && to === undefined,
    {
      params: {
        words: {
          it: 'Indica un evento («event_id»), oppure un periodo («from» e «to»).',
          en: 'Name one event (event_id), or a period (from and to).',
        },
      },
    },
  )
  .openapi('WebhookReplay', {
    description: 'One event by its id, or all of a period of at most 31 days.',
  });

export const replayedSchema = z
  .strictObject({ events: z.int().min(0).max(10_000_000) })
  .openapi('WebhookReplayed');

export const exportQuerySchema = z.strictObject({
  office_id: uuid,
  from: isoDate.openapi({ description: 'First day.' }),
  to: isoDate.openapi({ description: 'Last day, included; at most 366 days after the first.' }),
});

export function toEndpointWire(endpoint: WebhookEndpoint): z.infer<typeof endpointSchema> {
  const { failingSince, givenUpAt } = endpoint;
  return {
    id: endpoint.id,
    url: endpoint.url,
    contact_email: endpoint.contactEmail,
    event_kinds: [...endpoint.kinds],
    active: endpoint.active,
    ...(failingSince !== null && { failing_since: toRfc3339(failingSince) }),
    ...(givenUpAt !== null && { given_up_at: toRfc3339(givenUpAt) }),
    created_at: toRfc3339(endpoint.createdAt),
  };
}

export function toDeliveryWire(delivery: WebhookDelivery): z.infer<typeof deliverySchema> {
  const { state, responseStatus, lastError, settledAt } = delivery;
  return {
    event_id: delivery.eventId,
    sequence: delivery.sequence,
    event_kind: delivery.kind,
    occurred_at: toRfc3339(delivery.occurredAt),
    state,
    attempts: delivery.attempts,
    ...(state === 'waiting' && { due_at: toRfc3339(delivery.dueAt) }),
    ...(responseStatus !== null && { response_status: responseStatus }),
    ...(lastError !== null && { last_error: lastError }),
    ...(settledAt !== null && { settled_at: toRfc3339(settledAt) }),
  };
}
