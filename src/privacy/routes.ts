import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { jsonBody, LOCATION, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { uuid } from '../reference/fields.ts';
import { askErasure } from './actions/ask-erasure.ts';
import { decideErasure, listErasureRequests } from './actions/decide-erasure.ts';
import { readOwnData } from './actions/read-own-data.ts';
import * as wire from './schemas.ts';

export const privacyRoutes = createApi();

const TAGS = ['privacy'];

privacyRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/persons/{person_id}/personal-data',
    tags: TAGS,
    operationId: 'copy_personal_data',
    summary: 'All that is held about a person',
    description:
      'For the person, and for operators of their offices whom they ask. That it was taken leaves a trace.',
    security: SIGNED_IN,
    request: {
      params: z.strictObject({
        person_id: uuid.openapi({ param: { name: 'person_id', in: 'path' } }),
      }),
    },
    responses: { 200: ok('The copy.', wire.ownDataSchema), ...problems(401, 403, 404) },
  }),
  async (c) =>
    c.json(wire.toOwnDataWire(await readOwnData(callOf(c), c.req.valid('param').person_id)), 200),
);

privacyRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/erasure-requests',
    tags: TAGS,
    operationId: 'ask_erasure',
    summary: 'Ask that a person’s data be erased',
    description: 'By the person, or by the staff who write their request down.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.newErasureRequestSchema, 'Whose data.') },
    responses: {
      201: ok('Asked.', wire.erasureRequestSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const asked = await askErasure(callOf(c), c.req.valid('json').person_id);
    return c.json(wire.toErasureRequestWire(asked), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/erasure-requests`,
    });
  },
);

privacyRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/erasure-requests',
    tags: TAGS,
    operationId: 'list_erasure_requests',
    summary: 'Requests for erasure that await a decision',
    description: 'Of the people in the care of the caller’s offices, the oldest first.',
    security: SIGNED_IN,
    responses: {
      200: ok('The requests.', wire.erasureRequestsSchema),
      ...problems(401, 403),
    },
  }),
  async (c) => c.json(wire.toErasureRequestsWire(await listErasureRequests(callOf(c))), 200),
);

privacyRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/v1/erasure-requests/{request_id}/decision',
    tags: TAGS,
    operationId: 'decide_erasure',
    summary: 'Grant or refuse a request for erasure',
    description:
      'Granted, it is done at once and cannot be taken back. What is open or an act of law stands against it (409 with the reasons).',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: z.strictObject({
        request_id: uuid.openapi({ param: { name: 'request_id', in: 'path' } }),
      }),
      body: jsonBody(wire.erasureDecisionSchema, 'The decision and what the person is told.'),
    },
    responses: {
      200: ok('Decided.', wire.erasureRequestSchema),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const { decision, answer } = c.req.valid('json');
    const decided = await decideErasure(callOf(c), {
      id: c.req.valid('param').request_id,
      erase: decision === 'erase',
      answer,
    });
    return c.json(wire.toErasureRequestWire(decided), 200);
  },
);
