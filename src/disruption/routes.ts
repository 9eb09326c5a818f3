import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import {
  idempotencyHeader,
  jsonBody,
  LOCATION,
  ok,
  problems,
  SIGNED_IN,
} from '../platform/openapi.ts';
import { uuid } from '../reference/fields.ts';
import { applyDisruption } from './actions/apply-disruption.ts';
import { previewDisruption } from './actions/preview-disruption.ts';
import { listDisplaced, listDisruptions, readDisruption } from './actions/read-disruptions.ts';
import { withdrawClosure } from './actions/withdraw-closure.ts';
import * as wire from './schemas.ts';

export const disruptionRoutes = createApi();

const closureId = z.strictObject({
  closure_id: uuid.openapi({ param: { name: 'closure_id', in: 'path' } }),
});

disruptionRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/closure-previews',
    tags: ['disruption'],
    operationId: 'preview_closure',
    summary: 'Whom a closure would hit',
    description:
      'Appointments, holds and group sessions in a time of at most three months, and another time proposed for each: the same hour with another operator first, then the nearest, then an office near. Changes nothing.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.previewRequestSchema, 'Which time of whom.') },
    responses: {
      200: ok('The preview.', wire.previewSchema),
      ...problems(401, 403, 404, 413, 415, 422),
    },
  }),
  async (c) => {
    const preview = await previewDisruption(callOf(c), wire.toIntent(c.req.valid('json')));
    return c.json(wire.toPreviewWire(preview), 200);
  },
);

disruptionRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/closures',
    tags: ['disruption'],
    operationId: 'apply_closure',
    summary: 'Close, or call off',
    description:
      'Does what a preview showed, in one step: shuts the time, gives people the other times proposed, tells each once. When anything changed since the preview, 409 and nothing is done. Large ones are finished after the answer: see `settled`. The same again changes nothing.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      headers: idempotencyHeader,
      body: jsonBody(wire.closureRequestSchema, 'What was previewed, and why.'),
    },
    responses: {
      201: ok('Done, or being done.', wire.closureSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const { preview, choices, reason, absence, ...scope } = c.req.valid('json');
    const made = await applyDisruption(callOf(c), {
      ...wire.toIntent(scope),
      reason,
      absence,
      token: preview,
      choices: Object.fromEntries(
        (choices ?? []).map(({ appointment_id, choice }) => [appointment_id, choice]),
      ),
    });
    return c.json(wire.toClosureWire(made), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/closures/${made.id}`,
    });
  },
);

disruptionRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/closures',
    tags: ['disruption'],
    operationId: 'list_closures',
    summary: 'Closures of an office',
    description: 'Closures, calls-off and relocations, the newest first.',
    security: SIGNED_IN,
    request: { query: wire.closuresQuerySchema },
    responses: { 200: ok('The closures.', wire.closuresSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await listDisruptions(callOf(c), c.req.valid('query').office_id);
    return c.json({ items: found.map(wire.toClosureWire) }, 200);
  },
);

disruptionRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/closures/{closure_id}',
    tags: ['disruption'],
    operationId: 'show_closure',
    summary: 'One closure',
    description: 'With how many people have been seen to.',
    security: SIGNED_IN,
    request: { params: closureId },
    responses: { 200: ok('The closure.', wire.closureSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await readDisruption(callOf(c), c.req.valid('param').closure_id);
    return c.json(wire.toClosureWire(found), 200);
  },
);

disruptionRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/v1/closures/{closure_id}',
    tags: ['disruption'],
    operationId: 'withdraw_closure',
    summary: 'Take a closure back',
    description:
      'The time is free again; displaced people get theirs back, the earliest booked first. Repeating it changes nothing.',
    security: SIGNED_IN,
    request: { params: closureId },
    responses: {
      200: ok('The closure, withdrawn.', wire.closureSchema),
      ...problems(401, 403, 404, 409),
    },
  }),
  async (c) => {
    const withdrawn = await withdrawClosure(callOf(c), c.req.valid('param').closure_id);
    return c.json(wire.toClosureWire(withdrawn), 200);
  },
);

disruptionRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/displaced-appointments',
    tags: ['disruption'],
    operationId: 'list_displaced_appointments',
    summary: 'Who is owed another time',
    description: 'Appointments whose time the office took away, the earliest booked first.',
    security: SIGNED_IN,
    request: { query: wire.closuresQuerySchema },
    responses: { 200: ok('The appointments.', wire.displacedSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await listDisplaced(callOf(c), c.req.valid('query').office_id);
    return c.json({ items: found.map(wire.toDisplacedWire) }, 200);
  },
);
