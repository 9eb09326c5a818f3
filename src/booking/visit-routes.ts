import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { midnight, toRfc3339 } from '../platform/clock.ts';
import { createApi, requireJson } from '../platform/http.ts';
import {
  ANYBODY,
  idempotencyHeader,
  jsonBody,
  LOCATION,
  ok,
  problems,
} from '../platform/openapi.ts';
import { uuid } from '../reference/fields.ts';
import { bookVisit } from './actions/book-visit.ts';
import { listVisitStarts } from './actions/list-visit-starts.ts';
import * as wire from './schemas.ts';

/** Several appointments of one coming. */
export const visitRoutes = createApi();

const officeId = z.strictObject({
  office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
});

visitRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/offices/{office_id}/visit-starts',
    tags: ['booking'],
    operationId: 'list_visit_starts',
    summary: 'When several appointments follow each other',
    description:
      'Times at which the services named can be had one after the other in one visit, or the same service by the members of a family.',
    security: ANYBODY,
    request: { params: officeId, query: wire.visitStartsQuerySchema },
    responses: { 200: ok('The visits that fit.', wire.visitStartsSchema), ...problems(404) },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const found = await listVisitStarts(callOf(c), {
      officeId: c.req.valid('param').office_id,
      serviceIds: query.service_ids.split(','),
      window: { start: midnight(query.from), end: midnight(query.to, 1) },
    });
    return c.json(
      { items: found.map((starts) => ({ starts: starts.map((start) => toRfc3339(start)) })) },
      200,
    );
  },
);

visitRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/visits',
    tags: ['booking'],
    operationId: 'book_visit',
    summary: 'Book several appointments of one visit',
    description: 'All of them or none; each can be moved or cancelled alone afterwards.',
    security: ANYBODY,
    middleware: [requireJson],
    request: {
      headers: idempotencyHeader,
      body: jsonBody(wire.newVisitSchema, 'Where, and what, when and for whom.'),
    },
    responses: {
      201: ok('Booked.', wire.visitSchema, { Location: LOCATION }),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const booked = await bookVisit(callOf(c), {
      officeId: body.office_id,
      parts: body.parts.map((part) => ({
        serviceId: part.service_id,
        start: Date.parse(part.starts_at),
        note: part.note,
        person: part.person && wire.toPersonDetails(part.person),
        forAnother: part.person !== undefined,
      })),
    });
    return c.json({ items: booked.map((one) => wire.toAppointmentWire(one)) }, 201, {
      Location: `${c.get('services').config.publicUrl}/v1/appointments/${booked[0]!.id}`,
    });
  },
);
