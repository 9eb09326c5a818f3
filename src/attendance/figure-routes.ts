import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi } from '../platform/http.ts';
import { ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { uuid } from '../reference/fields.ts';
import { listModels } from './actions/foresee.ts';
import { readActivity } from './actions/read-activity.ts';
import { readRates } from './actions/read-rates.ts';
import * as wire from './figure-schemas.ts';

/** Figures of who came: rates, the model that foresees it, what an office did. */
export const figureRoutes = createApi();

figureRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/attendance-rates',
    tags: ['attendance'],
    operationId: 'list_attendance_rates',
    summary: 'Who came and who did not',
    description:
      'In the last twelve months by office, service and month, of the caller’s offices, with a 95% interval (Wilson).',
    security: SIGNED_IN,
    request: { query: wire.ratesQuerySchema },
    responses: { 200: ok('The rates.', wire.ratesSchema), ...problems(401, 403) },
  }),
  async (c) => {
    const { office_id: officeId, cursor, limit } = c.req.valid('query');
    const rates = await readRates(callOf(c));
    const part = {
      from: Number(cursor ?? 0),
      limit: limit === undefined ? undefined : Number(limit),
    };
    return c.json(wire.toRatesWire(rates, officeId, part), 200);
  },
);

figureRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/attendance-models',
    tags: ['attendance'],
    operationId: 'list_attendance_models',
    summary: 'The fits of the model that foresees who comes',
    description:
      'The newest first: the first is the one in use. Coefficients are log-odds of not coming; each fit says how it foresaw data it had not seen.',
    security: SIGNED_IN,
    responses: { 200: ok('The fits.', wire.modelsSchema), ...problems(401, 403) },
  }),
  async (c) => {
    const models = await listModels(callOf(c));
    return c.json({ items: models.map(wire.toModelWire) }, 200);
  },
);

figureRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/offices/{office_id}/activity',
    tags: ['attendance'],
    operationId: 'show_office_activity',
    summary: 'What an office did',
    description:
      'Appointments and visits between two days, both included, by service, day, week or month: received, waits, delays, absences, occupancy. Never by named operator.',
    security: SIGNED_IN,
    request: {
      params: z.strictObject({
        office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
      }),
      query: wire.activityQuerySchema,
    },
    responses: { 200: ok('The figures.', wire.activitySchema), ...problems(401, 403, 404, 422) },
  }),
  async (c) => {
    const { from_day: from, to_day: to, by } = c.req.valid('query');
    const officeId = c.req.valid('param').office_id;
    return c.json(
      wire.toActivityWire(await readActivity(callOf(c), { officeId, from, to, by })),
      200,
    );
  },
);
