import { z } from '@hono/zod-openapi';
import { toRfc3339 } from '../platform/clock.ts';
import { instant, uuid } from '../reference/fields.ts';
import type { OpenErasure } from './actions/decide-erasure.ts';
import type { OwnData } from './actions/read-own-data.ts';
import { KEEPING_REASONS, type KeepingReason } from './rules/keeping.ts';
import type { ErasureRequest } from './store/requests.ts';
import { ERASURE_STATES } from './table.ts';

const prose = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/u);

/** A field’s path and its value: what is nested in a record is written `content.actions.0.what`. */
const recordSchema = z
  .record(
    z
      .string()
      .max(200)
      .regex(/^[^\p{Cc}]+$/u),
    z.union([
      z
        .string()
        .max(100_000)
        .regex(/^[^\0]*$/u),
      z.number().min(-1e15).max(1e15),
      z.boolean(),
    ]),
  )
  .openapi('PersonalRecord', { maxProperties: 5000 });

export const ownDataSchema = z
  .strictObject({
    person_id: uuid,
    made_at: instant,
    sections: z
      .array(
        z
          .strictObject({
            name: z
              .string()
              .max(60)
              .regex(/^[a-z_]+$/),
            records: z.array(recordSchema).max(5000),
          })
          .openapi('PersonalDataSection'),
      )
      .max(50),
  })
  .openapi('PersonalData');

export function toOwnDataWire(data: OwnData): z.infer<typeof ownDataSchema> {
  return {
    person_id: data.personId,
    made_at: toRfc3339(data.madeAt),
    sections: data.sections.map(({ name, records }) => ({
      name,
      records: records.map((record) => Object.fromEntries(flat(record))),
    })),
  };
}

type Plain = string | number | boolean;

/** Each plain value of a record with its path; nothing is left out but what is empty. */
function* flat(value: unknown, path = ''): Generator<[string, Plain]> {
  if (value === null || value === undefined) return;
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value))
      yield* flat(inner, path === '' ? key : `${path}.${key}`);
    return;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    yield [path, value];
}

export const erasureRequestSchema = z
  .strictObject({
    id: uuid,
    person_id: uuid,
    state: z.enum(ERASURE_STATES),
    asked_at: instant,
    decided_at: instant.optional(),
    answer: prose(1000).optional(),
    barring: z.array(z.enum(KEEPING_REASONS)).max(KEEPING_REASONS.length).optional().openapi({
      description:
        'What stands against it now: `open` appointments or procedures, acts that are `final` in law.',
    }),
  })
  .openapi('ErasureRequest');

export function toErasureRequestWire(
  one: ErasureRequest,
  barring?: readonly KeepingReason[],
): z.infer<typeof erasureRequestSchema> {
  return {
    id: one.id,
    person_id: one.personId,
    state: one.state,
    asked_at: toRfc3339(one.askedAt),
    ...(one.decidedAt !== null && { decided_at: toRfc3339(one.decidedAt) }),
    ...(one.answer !== null && { answer: one.answer }),
    ...(barring && { barring: [...barring] }),
  };
}

export const erasureRequestsSchema = z
  .strictObject({ items: z.array(erasureRequestSchema).max(200) })
  .openapi('ErasureRequests');

export const toErasureRequestsWire = (list: readonly OpenErasure[]) => ({
  items: list.map(({ request, barring }) => toErasureRequestWire(request, barring)),
});

export const newErasureRequestSchema = z
  .strictObject({ person_id: uuid })
  .openapi('NewErasureRequest');

export const erasureDecisionSchema = z
  .strictObject({
    decision: z.enum(['erase', 'refuse']),
    answer: prose(1000)
      .optional()
      .openapi({ description: 'Told to the person; needed to refuse.' }),
  })
  .openapi('ErasureDecision');
