import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { toRfc3339 } from '../platform/clock.ts';
import { csvHeaders } from '../platform/csv.ts';
import { createApi, requireJson } from '../platform/http.ts';
import {
  empty,
  file,
  jsonBody,
  LOCATION,
  mergePatchBody,
  ok,
  problems,
  SIGNED_IN,
} from '../platform/openapi.ts';
import { uuid } from '../reference/fields.ts';
import { changeEndpoint } from './actions/change-endpoint.ts';
import { exportAppointments } from './actions/export-appointments.ts';
import { exportOutcomes } from './actions/export-outcomes.ts';
import {
  listDeliveries,
  listWebhookEndpoints,
  readWebhookEndpoint,
} from './actions/list-endpoints.ts';
import { registerEndpoint } from './actions/register-endpoint.ts';
import { removeEndpoint } from './actions/remove-endpoint.ts';
import { replayDeliveries } from './actions/replay-deliveries.ts';
import { rotateSecret } from './actions/rotate-secret.ts';
import { exportWindow } from './export-window.ts';
import * as wire from './schemas.ts';

export const exchangeRoutes = createApi();

const endpointId = z.strictObject({
  endpoint_id: uuid.openapi({ param: { name: 'endpoint_id', in: 'path' } }),
});

exchangeRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/webhook-endpoints',
    tags: ['exchange'],
    operationId: 'list_webhook_endpoints',
    summary: 'Where events are sent',
    description: 'Every endpoint that other systems are told of events at, the oldest first.',
    security: SIGNED_IN,
    responses: { 200: ok('The endpoints.', wire.endpointsSchema), ...problems(401, 403) },
  }),
  async (c) => {
    const found = await listWebhookEndpoints(callOf(c));
    return c.json({ items: found.map(wire.toEndpointWire) }, 200);
  },
);

exchangeRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/webhook-endpoints',
    tags: ['exchange'],
    operationId: 'register_webhook_endpoint',
    summary: 'Be told of events',
    description:
      'Registers a public https address. Requests follow Standard Webhooks 1.0: `webhook-id` is the same for each attempt, `webhook-signature` is `v1,` and HMAC-SHA256 over `id.timestamp.body` in base64. The body holds `type`, `timestamp` and `data`: identifiers and, of an appointment, its version, state and times; the version tells which of two events is newer, since order is not promised. Failures are tried again over three days.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.newEndpointSchema, 'Where, and of what.') },
    responses: {
      201: ok('Registered.', wire.registeredEndpointSchema, { Location: LOCATION }),
      ...problems(401, 403, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const { endpoint, secret } = await registerEndpoint(callOf(c), {
      url: body.url,
      contactEmail: body.contact_email,
      kinds: body.event_kinds,
    });
    return c.json({ ...wire.toEndpointWire(endpoint), signing_secret: secret }, 201, {
      Location: `${c.get('services').config.publicUrl}/v1/webhook-endpoints/${endpoint.id}`,
    });
  },
);

exchangeRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/webhook-endpoints/{endpoint_id}',
    tags: ['exchange'],
    operationId: 'show_webhook_endpoint',
    summary: 'One endpoint',
    description: 'Where it is, of what it is told, and whether anything arrives.',
    security: SIGNED_IN,
    request: { params: endpointId },
    responses: { 200: ok('The endpoint.', wire.endpointSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const found = await readWebhookEndpoint(callOf(c), c.req.valid('param').endpoint_id);
    return c.json(wire.toEndpointWire(found), 200);
  },
);

exchangeRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/v1/webhook-endpoints/{endpoint_id}',
    tags: ['exchange'],
    operationId: 'change_webhook_endpoint',
    summary: 'Change an endpoint',
    description: 'Another address, other kinds of events, or switched off and on.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: endpointId, body: mergePatchBody(wire.endpointChangeSchema, 'The change.') },
    responses: {
      200: ok('The endpoint as it is now.', wire.endpointSchema),
      ...problems(401, 403, 404, 413, 415, 422),
    },
  }),
  async (c) => {
    const { event_kinds, contact_email, ...plain } = c.req.valid('json');
    const changed = await changeEndpoint(callOf(c), c.req.valid('param').endpoint_id, {
      ...plain,
      ...(event_kinds && { kinds: event_kinds }),
      ...(contact_email !== undefined && { contactEmail: contact_email }),
    });
    return c.json(wire.toEndpointWire(changed), 200);
  },
);

exchangeRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/v1/webhook-endpoints/{endpoint_id}',
    tags: ['exchange'],
    operationId: 'remove_webhook_endpoint',
    summary: 'Be told no more',
    description: 'Removes the endpoint with its log.',
    security: SIGNED_IN,
    request: { params: endpointId },
    responses: { 204: empty('Removed.'), ...problems(401, 403, 404) },
  }),
  async (c) => {
    await removeEndpoint(callOf(c), c.req.valid('param').endpoint_id);
    return c.body(null, 204);
  },
);

exchangeRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/webhook-endpoints/{endpoint_id}/secret-rotations',
    tags: ['exchange'],
    operationId: 'rotate_webhook_secret',
    summary: 'A new secret',
    description: 'From now on requests are signed with the new secret and, for two days, the old.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: endpointId, body: jsonBody(wire.nothingSchema, 'Nothing but `{}`.') },
    responses: {
      200: ok('The new secret.', wire.rotationSchema),
      ...problems(401, 403, 404, 413, 415, 422),
    },
  }),
  async (c) => {
    const rotated = await rotateSecret(callOf(c), c.req.valid('param').endpoint_id);
    const until = toRfc3339(rotated.oldUntil);
    return c.json({ signing_secret: rotated.secret, old_valid_until: until }, 200);
  },
);

const MANY = 50;

exchangeRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/webhook-endpoints/{endpoint_id}/deliveries',
    tags: ['exchange'],
    operationId: 'list_webhook_deliveries',
    summary: 'What was sent',
    description: 'Events owed to an endpoint and sent to it, the newest first.',
    security: SIGNED_IN,
    request: { params: endpointId, query: wire.deliveriesQuerySchema },
    responses: { 200: ok('The deliveries.', wire.deliveriesSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const { state, cursor, limit } = c.req.valid('query');
    const many = Number(limit ?? MANY);
    const found = await listDeliveries(callOf(c), c.req.valid('param').endpoint_id, {
      state,
      cursor: cursor === undefined ? undefined : Number(cursor),
      limit: many,
    });
    const last = found.length === many ? found.at(-1) : undefined;
    return c.json(
      { items: found.map(wire.toDeliveryWire), next_cursor: last && String(last.sequence) },
      200,
    );
  },
);

exchangeRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/webhook-endpoints/{endpoint_id}/replays',
    tags: ['exchange'],
    operationId: 'replay_webhooks',
    summary: 'Send again',
    description:
      'One event, or every event of a period, also of those that happened while the endpoint was off. They keep their `webhook-id`.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { params: endpointId, body: jsonBody(wire.replaySchema, 'Which events.') },
    responses: {
      200: ok('Owed again.', wire.replayedSchema),
      ...problems(401, 403, 404, 413, 415, 422),
    },
  }),
  async (c) => {
    const { event_id, from, to } = c.req.valid('json');
    const wanted =
      event_id === undefined
        ? { period: { start: Date.parse(from!), end: Date.parse(to!) } }
        : { eventId: event_id };
    const events = await replayDeliveries(callOf(c), c.req.valid('param').endpoint_id, wanted);
    return c.json({ events }, 200);
  },
);

exchangeRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/appointment-exports',
    tags: ['exchange'],
    operationId: 'export_appointments',
    summary: 'Appointments as a table',
    description:
      'The appointments of an office as CSV: semicolons, CRLF, byte-order mark, times on the wall clock of Rome.',
    security: SIGNED_IN,
    request: { query: wire.exportQuerySchema },
    responses: { 200: file('The table.', 'text/csv'), ...problems(401, 403, 404, 422) },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const window = exportWindow(query.from, query.to, c.get('locale'));
    const text = await exportAppointments(callOf(c), { officeId: query.office_id, window });
    return c.body(text, 200, csvHeaders('appuntamenti'));
  },
);

exchangeRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/outcome-exports',
    tags: ['exchange'],
    operationId: 'export_outcomes',
    summary: 'Outcomes as a table',
    description: 'How the appointments of an office ended, by service and operator, as CSV.',
    security: SIGNED_IN,
    request: { query: wire.exportQuerySchema },
    responses: { 200: file('The table.', 'text/csv'), ...problems(401, 403, 404, 422) },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const window = exportWindow(query.from, query.to, c.get('locale'));
    const text = await exportOutcomes(callOf(c), { officeId: query.office_id, window });
    return c.body(text, 200, csvHeaders('esiti'));
  },
);
