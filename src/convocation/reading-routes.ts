import { createRoute } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { empty, jsonBody, LOCATION, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import {
  confirmReading,
  listReadingHistory,
  listReadings,
  withdrawReading,
  writeReading,
} from './actions/channel-readings.ts';
import * as wire from './reading-schemas.ts';

/** What each channel can sustain in a region, who says so, and since when. */
export const readingRoutes = createApi();

readingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/channel-readings',
    tags: ['convocation'],
    operationId: 'list_channel_readings',
    summary: 'What each channel can sustain in a region',
    description:
      'As read on a day, with source, date, and whether somebody confirmed it for the administration.',
    security: SIGNED_IN,
    request: { query: wire.readingsQuerySchema },
    responses: { 200: ok('The readings.', wire.readingsSchema), ...problems(401, 403) },
  }),
  async (c) => {
    const { region, on } = c.req.valid('query');
    const found = await listReadings(callOf(c), region, on);
    return c.json({ items: found.map(wire.toReadingWire) }, 200);
  },
);

readingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/channel-readings',
    tags: ['convocation'],
    operationId: 'write_channel_reading',
    summary: 'Write down how a region reads a channel',
    description:
      'With the source that it follows and the days it holds for; unverified until it is confirmed. For administrators.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.newReadingSchema, 'Region and reading.') },
    responses: {
      201: ok('Written.', wire.writtenSchema, { Location: LOCATION }),
      ...problems(401, 403, 413, 415, 422),
    },
  }),
  async (c) => {
    const call = callOf(c);
    const body = c.req.valid('json');
    const id = await writeReading(call, body.region, wire.toNewReading(body));
    const region = encodeURIComponent(body.region);
    return c.json({ id }, 201, {
      Location: `${call.config.publicUrl}/v1/channel-reading-versions?region=${region}`,
    });
  },
);

readingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/channel-reading-versions',
    tags: ['convocation'],
    operationId: 'list_channel_reading_versions',
    summary: 'All that a region wrote about channels',
    description: 'Also what was overtaken or taken back, by channel, the latest first.',
    security: SIGNED_IN,
    request: { query: wire.historyQuerySchema },
    responses: { 200: ok('The history.', wire.readingHistorySchema), ...problems(401, 403) },
  }),
  async (c) => {
    const found = await listReadingHistory(callOf(c), c.req.valid('query').region);
    return c.json({ items: found.map(wire.toReadingWire) }, 200);
  },
);

readingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/channel-readings/{reading_id}/confirmations',
    tags: ['convocation'],
    operationId: 'confirm_channel_reading',
    summary: 'Confirm a reading',
    description: 'For the administration, with the ground for it. For administrators.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: {
      params: wire.readingParams,
      body: jsonBody(wire.confirmationSchema, 'On what ground.'),
    },
    responses: {
      204: empty('Confirmed.'),
      ...problems(401, 403, 404, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    await confirmReading(callOf(c), c.req.valid('param').reading_id, c.req.valid('json').ground);
    return c.body(null, 204);
  },
);

readingRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/v1/channel-readings/{reading_id}',
    tags: ['convocation'],
    operationId: 'withdraw_channel_reading',
    summary: 'Take back a reading',
    description: 'Written by mistake: it stays in the history and is no longer in force.',
    security: SIGNED_IN,
    request: { params: wire.readingParams },
    responses: { 204: empty('Taken back.'), ...problems(401, 403, 404, 409) },
  }),
  async (c) => {
    await withdrawReading(callOf(c), c.req.valid('param').reading_id);
    return c.body(null, 204);
  },
);
