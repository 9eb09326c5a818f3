import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import {
  ANYBODY,
  ETAG,
  jsonBody,
  LOCATION,
  mergePatchBody,
  ok,
  problems,
  SIGNED_IN,
} from '../platform/openapi.ts';
import { uuid } from '../reference/fields.ts';
import { addService } from './actions/add-service.ts';
import { changeService } from './actions/change-service.ts';
import { listServiceSettings, readServiceSettings } from './actions/read-settings.ts';
import { ifMatch, versionFrom } from './if-match.ts';
import * as wire from './service-schemas.ts';

/** What the administration offers, and how each service is booked. */
export const serviceRoutes = createApi();

const serviceId = z.strictObject({
  service_id: uuid.openapi({ param: { name: 'service_id', in: 'path' } }),
});

serviceRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/service-settings',
    tags: ['booking'],
    operationId: 'list_service_settings',
    summary: 'Every service with all its settings',
    description: 'In the order in which they are listed, those out of use too. For the staff.',
    security: SIGNED_IN,
    responses: {
      200: ok('The services.', wire.settingsListSchema),
      ...problems(401, 403),
    },
  }),
  async (c) => {
    const found = await listServiceSettings(callOf(c));
    return c.json({ items: found.map(wire.toSettingsWire) }, 200);
  },
);

serviceRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/services',
    tags: ['booking'],
    operationId: 'add_service',
    summary: 'A service more',
    description:
      'It can be booked at once, wherever operators with its skill receive. What is left out takes its default.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.newServiceSchema, 'The service.') },
    responses: {
      201: ok('The service.', wire.serviceSettingsSchema, { Location: LOCATION, ETag: ETAG }),
      ...problems(401, 403, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const added = await addService(callOf(c), wire.toNewService(c.req.valid('json')));
    return c.json(wire.toSettingsWire(added), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/services/${added.id}`,
      ETag: `"${added.version}"`,
    });
  },
);

serviceRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/services/{service_id}',
    tags: ['booking'],
    operationId: 'read_service',
    summary: 'One service with all its settings',
    description: 'One that the public cannot book is shown to the staff only.',
    security: ANYBODY,
    request: { params: serviceId },
    responses: {
      200: ok('The service.', wire.serviceSettingsSchema, { ETag: ETAG }),
      ...problems(401, 404),
    },
  }),
  async (c) => {
    const found = await readServiceSettings(callOf(c), c.req.valid('param').service_id);
    return c.json(wire.toSettingsWire(found), 200, { ETag: `"${found.version}"` });
  },
);

serviceRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/v1/services/{service_id}',
    tags: ['booking'],
    operationId: 'change_service',
    summary: 'Change a service',
    description:
      'For whoever books from now on: appointments that were made keep the time they were given. `null` takes an optional setting away.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: serviceId,
      headers: ifMatch,
      body: mergePatchBody(wire.serviceChangeSchema, 'What changes.'),
    },
    responses: {
      200: ok('The service.', wire.serviceSettingsSchema, { ETag: ETAG }),
      ...problems(401, 403, 404, 412, 413, 415, 422),
    },
  }),
  async (c) => {
    const changed = await changeService(
      callOf(c),
      c.req.valid('param').service_id,
      wire.toServiceChange(c.req.valid('json')),
      versionFrom(c.req.valid('header')['if-match']),
    );
    return c.json(wire.toSettingsWire(changed), 200, { ETag: `"${changed.version}"` });
  },
);
