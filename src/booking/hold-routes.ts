import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, knownAddress, requireJson } from '../platform/http.ts';
import {
  ANYBODY,
  ETAG,
  empty,
  idempotencyHeader,
  jsonBody,
  LOCATION,
  ok,
  problems,
} from '../platform/openapi.ts';
import { rateLimit } from '../platform/rate-limit.ts';
import { uuid } from '../reference/fields.ts';
import { confirmHold } from './actions/confirm-hold.ts';
import { holdStart, releaseHold } from './actions/hold-start.ts';
import * as wire from './schemas.ts';

/** A start kept while the form is filled in. */
export const holdRoutes = createApi();

const holdId = z.strictObject({
  hold_id: uuid.openapi({ param: { name: 'hold_id', in: 'path' } }),
});

const challengeHeader = z.object({
  'challenge-solution': z
    .string()
    .max(2000)
    .regex(/^[A-Za-z0-9+/=]*$/)
    .optional()
    .openapi({ description: 'Of a challenge, where the installation asks for one.' }),
});

/** Ours: more starts than this a minute are not one person choosing. */
const HOLDS_PER_MINUTE = 30;

holdRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/holds',
    tags: ['booking'],
    operationId: 'keep_start',
    summary: 'Keep a start for a few minutes',
    description:
      'Takes a start while the form is filled in; nobody else can have it until it lapses. One holder keeps one start of a service: a new one replaces the earlier once it is won; signed-in jobseekers are known without a token.',
    security: ANYBODY,
    middleware: [requireJson, rateLimit({ scope: 'hold', perMinute: HOLDS_PER_MINUTE })] as const,
    request: {
      headers: idempotencyHeader.extend(challengeHeader.shape),
      body: jsonBody(wire.newHoldSchema, 'What, where and when.'),
    },
    responses: {
      201: ok('Kept; `Location` is where it is confirmed.', wire.holdSchema, {
        Location: LOCATION,
      }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const kept = await holdStart(callOf(c), {
      serviceId: body.service_id,
      officeId: body.office_id,
      start: Date.parse(body.starts_at),
      minutes: body.minutes,
      language: body.language,
      token: body.token,
      network: knownAddress(c),
      solution: c.req.valid('header')['challenge-solution'],
    });
    return c.json(wire.toHoldWire(kept), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/holds/${kept.id}/confirmation`,
    });
  },
);

holdRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/holds/{hold_id}/confirmation',
    tags: ['booking'],
    operationId: 'confirm_hold',
    summary: 'Make a kept start an appointment',
    description:
      'Answers 410 when the hold lapsed, 412 when it was confirmed already. The appointment keeps the id of the hold.',
    security: ANYBODY,
    middleware: [requireJson],
    request: {
      params: holdId,
      headers: idempotencyHeader,
      body: jsonBody(wire.holdConfirmationSchema, 'The token of the hold, and who comes.'),
    },
    responses: {
      201: ok('Booked.', wire.appointmentSchema, { Location: LOCATION, ETag: ETAG }),
      ...problems(401, 403, 404, 409, 410, 412, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const booked = await confirmHold(callOf(c), {
      id: c.req.valid('param').hold_id,
      token: body.token,
      note: body.note,
      person: body.person && wire.toPersonDetails(body.person),
    });
    return c.json(wire.toAppointmentWire(booked), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/appointments/${booked.id}`,
      ETag: `"${booked.version}"`,
    });
  },
);

holdRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/holds/{hold_id}/release',
    tags: ['booking'],
    operationId: 'release_hold',
    summary: 'Give a kept start back',
    description: 'Before its time; doing it again changes nothing.',
    security: ANYBODY,
    middleware: [requireJson],
    request: { params: holdId, body: jsonBody(wire.holdReleaseSchema, 'The token of the hold.') },
    responses: {
      204: empty('Given back.'),
      ...problems(404, 413, 415, 422),
    },
  }),
  async (c) => {
    await releaseHold(callOf(c), {
      id: c.req.valid('param').hold_id,
      token: c.req.valid('json').token,
    });
    return c.body(null, 204);
  },
);
