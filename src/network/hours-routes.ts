import { createRoute, z } from '@hono/zod-openapi';
import { type Call, callOf } from '../platform/call.ts';
import { createApi, requireJson } from '../platform/http.ts';
import {
  empty,
  jsonBody,
  LOCATION,
  mergePatchBody,
  ok,
  problems,
  SIGNED_IN,
} from '../platform/openapi.ts';
import { isoDate, uuid } from '../reference/fields.ts';
import { addPeriod } from './actions/add-period.ts';
import { addSeries } from './actions/add-series.ts';
import { changeDay } from './actions/change-day.ts';
import type { CarryOut, HoursChange, NetworkChanged } from './actions/change-network.ts';
import { changeSeries } from './actions/change-series.ts';
import { changeSeriesFrom } from './actions/change-series-from.ts';
import { ownerOfPeriod, readHours } from './actions/read-hours.ts';
import { readSeries } from './actions/read-series.ts';
import { removePeriod } from './actions/remove-period.ts';
import { removeSeries } from './actions/remove-series.ts';
import * as wire from './hours-schemas.ts';
import type { WallHours } from './rules/openings.ts';

/** When offices and operators receive: series, the days that differ from them, periods. */
export function hoursRoutes(carry: CarryOut) {
  const routes = createApi();

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/offices/{office_id}/hours',
      tags: ['network'],
      operationId: 'show_hours',
      summary: 'When an office receives',
      description:
        'Its series of openings, the days on which they differ, and the periods with hours of their own. Hours of single operators are asked for with `operator_id`.',
      security: SIGNED_IN,
      request: {
        params: z.strictObject({
          office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
        }),
        query: z.strictObject({ operator_id: uuid.optional() }),
      },
      responses: { 200: ok('The hours.', wire.hoursSchema), ...problems(401, 403, 404) },
    }),
    async (c) => {
      const { operator_id } = c.req.valid('query');
      const hours = await readHours(callOf(c), { id: c.req.valid('param').office_id }, operator_id);
      return c.json(wire.toHoursWire(hours), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/opening-series',
      tags: ['network'],
      operationId: 'add_opening_series',
      summary: 'Open on the days of a series',
      description:
        'Hours on the wall clock, the first and the last day included; free time follows at once.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        query: wire.strandedQuerySchema,
        body: jsonBody(wire.newSeriesSchema, 'The series.'),
      },
      responses: {
        201: ok('The series.', wire.seriesSchema, { Location: LOCATION }),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const body = c.req.valid('json');
      const owner = { officeId: body.office_id, operatorId: body.operator_id };
      let id = '';
      const make = async (inside: Call, follow: NetworkChanged) => {
        id = await addSeries(inside, owner, wire.toSeriesDetails(body), follow);
      };
      await carry(call, { whose: async () => [owner], make }, c.req.valid('query').appointments);
      return c.json(wire.toSeriesWire(await readSeries(call, id)), 201, {
        Location: `${call.config.publicUrl}/v1/opening-series/${id}`,
      });
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/opening-series/{series_id}',
      tags: ['network'],
      operationId: 'show_opening_series',
      summary: 'One series of openings',
      description: 'Its days, its hours, and the days that differ.',
      security: SIGNED_IN,
      request: {
        params: z.strictObject({
          series_id: uuid.openapi({ param: { name: 'series_id', in: 'path' } }),
        }),
      },
      responses: { 200: ok('The series.', wire.seriesSchema), ...problems(401, 403, 404) },
    }),
    async (c) => {
      const series = await readSeries(callOf(c), c.req.valid('param').series_id);
      return c.json(wire.toSeriesWire(series), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'patch',
      path: '/v1/opening-series/{series_id}',
      tags: ['network'],
      operationId: 'change_opening_series',
      summary: 'Change a series of openings',
      description:
        'The series keeps its id and the days that differ, as far as it still takes place on them.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          series_id: uuid.openapi({ param: { name: 'series_id', in: 'path' } }),
        }),
        body: mergePatchBody(wire.seriesChangeSchema, 'The change.'),
      },
      responses: {
        200: ok('The series as it is now.', wire.seriesSchema),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const id = c.req.valid('param').series_id;
      const change = wire.toSeriesChange(c.req.valid('json'));
      await carry(
        call,
        {
          whose: async (inside) => [await readSeries(inside, id)],
          make: (inside, follow) => changeSeries(inside, id, change, follow),
        },
        c.req.valid('query').appointments,
      );
      return c.json(wire.toSeriesWire(await readSeries(call, id)), 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'delete',
      path: '/v1/opening-series/{series_id}',
      tags: ['network'],
      operationId: 'remove_opening_series',
      summary: 'Take a series of openings away',
      description: 'With all its days, past ones too. To end it, change its last day.',
      security: SIGNED_IN,
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          series_id: uuid.openapi({ param: { name: 'series_id', in: 'path' } }),
        }),
      },
      responses: { 204: empty('Gone.'), ...problems(401, 403, 404, 409) },
    }),
    async (c) => {
      const id = c.req.valid('param').series_id;
      await carry(
        callOf(c),
        {
          whose: async (inside) => [await readSeries(inside, id)],
          make: (inside, follow) => removeSeries(inside, id, follow),
        },
        c.req.valid('query').appointments,
      );
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/opening-series/{series_id}/successors',
      tags: ['network'],
      operationId: 'succeed_opening_series',
      summary: 'Change a series from a day on',
      description:
        'The series ends the day before, and another goes on as changed, in the same turn and with the days that differ. From its first day or before, the series itself is changed and answered.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          series_id: uuid.openapi({ param: { name: 'series_id', in: 'path' } }),
        }),
        body: jsonBody(wire.successorSchema, 'From which day, and what is different.'),
      },
      responses: {
        201: ok('The series that goes on.', wire.seriesSchema, { Location: LOCATION }),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const seriesId = c.req.valid('param').series_id;
      const { from_day: day, ...rest } = c.req.valid('json');
      const change = wire.toSeriesChange(rest);
      let id = seriesId;
      const make = async (inside: Call, follow: NetworkChanged) => {
        id = await changeSeriesFrom(inside, { seriesId, day }, change, follow);
      };
      const whose = async (inside: Call) => [await readSeries(inside, seriesId)];
      await carry(call, { whose, make }, c.req.valid('query').appointments);
      return c.json(wire.toSeriesWire(await readSeries(call, id)), 201, {
        Location: `${call.config.publicUrl}/v1/opening-series/${id}`,
      });
    },
  );

  routes.openapi(
    createRoute({
      method: 'put',
      path: '/v1/opening-series/{series_id}/exceptions/{day}',
      tags: ['network'],
      operationId: 'change_opening_day',
      summary: 'Make one day of a series differ',
      description:
        'With other hours, or dropped when none are given; the other days stay as they are.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          series_id: uuid.openapi({ param: { name: 'series_id', in: 'path' } }),
          day: isoDate.openapi({ param: { name: 'day', in: 'path' } }),
        }),
        body: jsonBody(wire.dayHoursSchema, 'The hours of the day.'),
      },
      responses: { 204: empty('The day differs.'), ...problems(401, 403, 404, 409, 413, 415, 422) },
    }),
    async (c) => {
      const { series_id, day } = c.req.valid('param');
      const { starts, ends } = c.req.valid('json');
      const hours = starts === undefined || ends === undefined ? null : { starts, ends };
      await carry(
        callOf(c),
        changedDay({ seriesId: series_id, day }, hours),
        c.req.valid('query').appointments,
      );
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: 'delete',
      path: '/v1/opening-series/{series_id}/exceptions/{day}',
      tags: ['network'],
      operationId: 'restore_opening_day',
      summary: 'Put one day of a series back',
      description: 'The day is again as the series has it.',
      security: SIGNED_IN,
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          series_id: uuid.openapi({ param: { name: 'series_id', in: 'path' } }),
          day: isoDate.openapi({ param: { name: 'day', in: 'path' } }),
        }),
      },
      responses: { 204: empty('As the series has it.'), ...problems(401, 403, 404, 409) },
    }),
    async (c) => {
      const { series_id, day } = c.req.valid('param');
      await carry(
        callOf(c),
        changedDay({ seriesId: series_id, day }, undefined),
        c.req.valid('query').appointments,
      );
      return c.body(null, 204);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/hours-periods',
      tags: ['network'],
      operationId: 'add_hours_period',
      summary: 'Days with hours of their own',
      description:
        'Both days included, and a period may reach into the next year. Series are added to it with `period_id`; until then nothing is open on its days.',
      security: SIGNED_IN,
      middleware: [requireJson],
      request: {
        query: wire.strandedQuerySchema,
        body: jsonBody(wire.newPeriodSchema, 'The period.'),
      },
      responses: {
        201: ok('The period.', wire.periodSchema, { Location: LOCATION }),
        ...problems(401, 403, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const body = c.req.valid('json');
      const period = {
        officeId: body.office_id,
        operatorId: body.operator_id,
        name: body.name,
        validFrom: body.valid_from,
        validTo: body.valid_to,
      };
      let id = '';
      const make = async (inside: Call, follow: NetworkChanged) => {
        id = await addPeriod(inside, period, follow);
      };
      await carry(call, { whose: async () => [period], make }, c.req.valid('query').appointments);
      return c.json(wire.toPeriodWire({ id, ...period }), 201, {
        Location: `${call.config.publicUrl}/v1/offices/${body.office_id}/hours`,
      });
    },
  );

  routes.openapi(
    createRoute({
      method: 'delete',
      path: '/v1/hours-periods/{period_id}',
      tags: ['network'],
      operationId: 'remove_hours_period',
      summary: 'Take a period away',
      description: 'With its hours: the ordinary week holds again.',
      security: SIGNED_IN,
      request: {
        query: wire.strandedQuerySchema,
        params: z.strictObject({
          period_id: uuid.openapi({ param: { name: 'period_id', in: 'path' } }),
        }),
      },
      responses: { 204: empty('Gone.'), ...problems(401, 403, 404, 409) },
    }),
    async (c) => {
      const id = c.req.valid('param').period_id;
      await carry(
        callOf(c),
        {
          whose: async (inside) => [await ownerOfPeriod(inside, id)],
          make: (inside, follow) => removePeriod(inside, id, follow),
        },
        c.req.valid('query').appointments,
      );
      return c.body(null, 204);
    },
  );

  return routes;
}

const changedDay = (
  one: { readonly seriesId: string; readonly day: string },
  hours: WallHours | null | undefined,
): HoursChange => ({
  whose: async (inside) => [await readSeries(inside, one.seriesId)],
  make: (inside, follow) => changeDay(inside, one, hours, follow),
});
