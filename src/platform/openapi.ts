import { z } from '@hono/zod-openapi';
import type { ProblemStatus } from './problem.ts';

/** An OpenAPI header object. */
type Header = {
  description: string;
  schema: {
    type: 'string' | 'integer';
    format?: string;
    pattern?: string;
    maxLength?: number;
    minimum?: number;
    maximum?: number;
  };
};

const problemSchema = z
  .strictObject({
    type: z.url().max(300).meta({ description: 'A page that explains this kind of problem.' }),
    title: z
      .string()
      .max(200)
      .regex(/^[^\p{Cc}]*$/u),
    status: z.int().min(400).max(599),
    detail: z
      .string()
      .max(2000)
      .regex(/^[^\0]*$/u),
    instance: z
      .string()
      .max(200)
      .meta({ format: 'uri', description: 'Names this very occurrence.' }),
    errors: z
      .array(
        z
          .strictObject({
            pointer: z
              .string()
              .max(500)
              .regex(/^\//u)
              .meta({ description: 'JSON pointer to the field.' }),
            detail: z
              .string()
              .max(500)
              .regex(/^[^\0]*$/u),
          })
          .openapi('FieldFault'),
      )
      .max(100)
      .optional(),
  })
  .catchall(z.unknown())
  .openapi('Problem', { maxProperties: 40 });

const header = {
  correlation: {
    description: 'Names the request in the logs.',
    schema: { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9._-]{8,64}$' },
  },
  limit: {
    description: 'Requests allowed in the running window.',
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 1_000_000 },
  },
  remaining: {
    description: 'Requests left in the running window.',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 1_000_000 },
  },
  reset: {
    description: 'Seconds until the window starts anew.',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 3600 },
  },
  cache: {
    description:
      'Whether and how long the answer may be kept: `no-store`, or `max-age` in seconds.',
    schema: { type: 'string', maxLength: 100, pattern: '^[a-z0-9=, -]+$' },
  },
  retry: {
    description: 'Seconds after which to try again.',
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 3600 },
  },
} satisfies Record<string, Header>;

const everyAnswer: Record<string, Header> = {
  'Cache-Control': header.cache,
  'Correlation-Id': header.correlation,
  'RateLimit-Limit': header.limit,
  'RateLimit-Remaining': header.remaining,
  'RateLimit-Reset': header.reset,
};

/** A declared success: JSON of `schema`, with the headers every answer carries and `headers` more. */
export function ok<S extends z.ZodType>(
  description: string,
  schema: S,
  headers: Record<string, Header> = {},
) {
  return {
    description,
    headers: { ...everyAnswer, ...headers },
    content: { 'application/json': { schema } },
  };
}

/** A declared success without a body. */
export function empty(description: string) {
  return { description, headers: everyAnswer };
}

/** A declared success that is a file of another media type. */
export function file(description: string, mediaType: string, headers: Record<string, Header> = {}) {
  return {
    description,
    headers: { ...everyAnswer, ...headers },
    content: {
      [mediaType]: {
        schema: z
          .string()
          .max(50_000_000)
          .regex(/^[^\0]*$/u),
      },
    },
  };
}

export const LOCATION: Header = {
  description: 'Address of the new resource.',
  schema: { type: 'string', format: 'uri', maxLength: 500 },
};
export const ETAG: Header = {
  description: 'Version of the resource, for If-Match.',
  schema: { type: 'string', maxLength: 80, pattern: '^(W/)?"[^"]*"$' },
};

const DESCRIPTIONS: Record<ProblemStatus, string> = {
  400: 'The request cannot be read.',
  401: 'You need to sign in.',
  403: 'Your role does not allow it.',
  404: 'There is no such resource, or you may not see it.',
  405: 'Method not allowed.',
  409: 'The present state does not allow it.',
  410: 'It is no longer there.',
  412: 'Edited meanwhile.',
  413: 'The body is too large.',
  415: 'Unsupported media type.',
  422: 'The data are not valid.',
  428: 'If-Match is required.',
  429: 'Too many requests.',
  500: 'The service failed.',
  503: 'The service is temporarily unavailable.',
};

/** The problems a route may answer with, besides those that every route may (400, 429, 500, 503). */
export function problems<S extends ProblemStatus>(...statuses: readonly S[]) {
  const declared = {} as Record<S | 400 | 429 | 500 | 503, ReturnType<typeof problemAnswer>>;
  for (const status of [400, ...statuses, 429, 500, 503] as const)
    declared[status] = problemAnswer(status);
  return declared;
}

function problemAnswer(status: ProblemStatus) {
  const retry: Record<string, Header> =
    status === 429 || status === 503 ? { 'Retry-After': header.retry } : {};
  return {
    description: DESCRIPTIONS[status],
    headers: { ...everyAnswer, ...retry },
    content: { 'application/problem+json': { schema: problemSchema } },
  };
}

/** Security of a route: anybody (who is signed in is known as such), or signed-in people only. */
export const ANYBODY: Record<string, string[]>[] = [{ bearer: [] }, {}];
export const SIGNED_IN: Record<string, string[]>[] = [{ bearer: [] }];
/** Nobody is asked who they are. */
export const PUBLIC: Record<string, string[]>[] = [{}];

/** A JSON body that must be there; without `required` a request with no media type skips its checks. */
export function jsonBody<S extends z.ZodType>(schema: S, description: string) {
  return { required: true as const, description, content: { 'application/json': { schema } } };
}

/** A partial change as JSON merge patch (RFC 7396). */
export function mergePatchBody<S extends z.ZodType>(schema: S, description: string) {
  return {
    required: true as const,
    description,
    content: { 'application/merge-patch+json': { schema } },
  };
}

/** The header that makes a write repeatable; see `idempotency.ts`. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\x21-\x7e]+$/)
    .optional()
    .openapi({ description: 'Repeats of the request with the same key get the first answer.' }),
});
