import { createRoute, z } from '@hono/zod-openapi';
import { type Call, callOf } from '../platform/call.ts';
import { dayOf } from '../platform/clock.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { ANYBODY, file, jsonBody, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { uuid } from '../reference/fields.ts';
import { findOffices } from './actions/find-offices.ts';
import { importNetwork } from './actions/import-network.ts';
import { readOffice } from './actions/read-office.ts';
import { searchComuni } from './actions/search-comuni.ts';
import { importRefused } from './problems.ts';
import { template } from './rules/templates.ts';
import * as wire from './schemas.ts';

/** Told after every import, so that later rooms follow: free time, above all. */
export type NetworkChanged = (call: Call) => Promise<void>;

const MANY = 100;

export function networkRoutes(changed: NetworkChanged) {
  const routes = createApi();

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/offices',
      tags: ['network'],
      operationId: 'list_offices',
      summary: 'Offices by name or place',
      description:
        'Every office, or those that a name, a comune or a point leads to: the competent one of a comune first, then by distance, else by name.',
      security: ANYBODY,
      request: { query: wire.officesQuerySchema },
      responses: { 200: ok('The offices.', wire.officesSchema), ...problems(404) },
    }),
    async (c) => {
      const query = c.req.valid('query');
      const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
      const [latitude, longitude] = [number(query.latitude), number(query.longitude)];
      const found = await findOffices(callOf(c), {
        text: query.q,
        comune: query.comune,
        point:
          latitude === undefined || longitude === undefined ? undefined : { latitude, longitude },
        withinKm: number(query.within_km),
      });
      const from = found.findIndex(({ office }) => office.code === query.cursor) + 1;
      const limit = number(query.limit) ?? MANY;
      const items = found.slice(from, from + limit);
      const more = found.length > from + limit ? items.at(-1)?.office.code : undefined;
      return c.json({ items: items.map(wire.toOfficeWire), next_cursor: more }, 200, {
        'Cache-Control': 'public, max-age=60',
      });
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/offices/{office_id}',
      tags: ['network'],
      operationId: 'show_office',
      summary: 'One office',
      description:
        'Seat, comuni served, staff by category, hours and patron’s feast, each with where it comes from.',
      security: ANYBODY,
      request: {
        params: z.strictObject({
          office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
        }),
      },
      responses: { 200: ok('The office.', wire.officeDetailSchema), ...problems(404) },
    }),
    async (c) => {
      const call = callOf(c);
      const office = await readOffice(call, { id: c.req.valid('param').office_id });
      const year = Number(dayOf(call.clock.now()).slice(0, 4));
      return c.json(wire.toOfficeDetailWire(office, year), 200, {
        'Cache-Control': 'public, max-age=60',
      });
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/comuni',
      tags: ['network'],
      operationId: 'search_comuni',
      summary: 'Comuni by name',
      description:
        'Italian comuni whose name, or a word of it, begins as asked, the most populous first, with the office that serves each.',
      security: ANYBODY,
      request: { query: wire.comuniQuerySchema },
      responses: { 200: ok('The comuni.', wire.comuniSchema), ...problems() },
    }),
    async (c) => {
      const { q, limit } = c.req.valid('query');
      const found = await searchComuni(callOf(c), q, Number(limit ?? 10));
      return c.json({ items: found.map(wire.toComuneWire) }, 200, {
        'Cache-Control': 'public, max-age=300',
      });
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/v1/network-imports',
      tags: ['network'],
      operationId: 'import_network',
      summary: 'Import a network',
      description:
        'Offices, comuni served, staff and hours from CSV texts, all or nothing: one fault anywhere and nothing is written. Files left out leave what is there.',
      security: SIGNED_IN,
      request: { body: jsonBody(wire.importSchema, 'The files.') },
      middleware: [requireJson],
      responses: {
        201: ok('Imported.', wire.importedSchema),
        ...problems(401, 403, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const { opening_hours, ...files } = c.req.valid('json');
      const outcome = await importNetwork(call, { ...files, 'opening-hours': opening_hours });
      const told = (list: typeof outcome.warnings) =>
        list.slice(0, 100).map((fault) => wire.toFieldFault(fault, call.locale));
      if (outcome.kind === 'refused') throw importRefused({ errors: told(outcome.faults) });
      await changed(call);
      const { 'opening-hours': hours, ...counts } = outcome.counts;
      return c.json(
        {
          id: outcome.id,
          rows: { ...counts, opening_hours: hours },
          warnings: told(outcome.warnings),
        },
        201,
      );
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/network-import-templates/{template_name}',
      tags: ['network'],
      operationId: 'show_import_template',
      summary: 'A file to fill in',
      description: 'One of the import files with its columns and one line as an example.',
      security: ANYBODY,
      request: { params: z.strictObject({ template_name: wire.templateName }) },
      responses: { 200: file('The template.', 'text/csv'), ...problems() },
    }),
    (c) => {
      const { template_name: name } = c.req.valid('param');
      return c.body(template(name), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${name}.csv"`,
        'Cache-Control': 'public, max-age=3600',
      });
    },
  );

  return routes;
}
