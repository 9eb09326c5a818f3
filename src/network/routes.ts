import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { dayOf, toRfc3339 } from '../platform/clock.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { ANYBODY, file, jsonBody, LOCATION, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { notFound } from '../platform/problem.ts';
import { uuid } from '../reference/fields.ts';
import { accessibilityRoutes } from './accessibility-routes.ts';
import type { CarryOut, NetworkChanged } from './actions/change-network.ts';
import { findOffices } from './actions/find-offices.ts';
import { importNetwork } from './actions/import-network.ts';
import { readImport } from './actions/read-import.ts';
import { readOffice } from './actions/read-office.ts';
import { searchComuni } from './actions/search-comuni.ts';
import { hoursRoutes } from './hours-routes.ts';
import { officeRoutes } from './office-routes.ts';
import { importRefused } from './problems.ts';
import { FILE_NAMES } from './rules/import-files.ts';
import { template } from './rules/templates.ts';
import * as wire from './schemas.ts';

const MANY = 100;

export function networkRoutes(changed: NetworkChanged, carry: CarryOut) {
  const routes = createApi();
  routes.route('/', hoursRoutes(carry));
  routes.route('/', officeRoutes(changed, carry));
  routes.route('/', accessibilityRoutes);

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
        201: ok('Imported.', wire.importedSchema, { Location: LOCATION }),
        ...problems(401, 403, 413, 415, 422),
      },
    }),
    async (c) => {
      const call = callOf(c);
      const { opening_hours, street_zones, ...files } = c.req.valid('json');
      const outcome = await importNetwork(call, {
        ...files,
        'opening-hours': opening_hours,
        'street-zones': street_zones,
      });
      const told = (list: typeof outcome.warnings) =>
        list.slice(0, 100).map((fault) => wire.toFieldFault(fault, call.locale));
      if (outcome.kind === 'refused') throw importRefused({ errors: told(outcome.faults) });
      await changed(call);
      return c.json(
        {
          id: outcome.id,
          rows: wire.toRowCounts(outcome.counts),
          warnings: told(outcome.warnings),
        },
        201,
        { Location: `${call.config.publicUrl}/v1/network-imports/${outcome.id}` },
      );
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/v1/network-imports/{import_id}',
      tags: ['network'],
      operationId: 'show_network_import',
      summary: 'An import of the past',
      description: 'When it was made and how many rows of each file it wrote.',
      security: SIGNED_IN,
      request: {
        params: z.strictObject({
          import_id: uuid.openapi({ param: { name: 'import_id', in: 'path' } }),
        }),
      },
      responses: { 200: ok('The import.', wire.pastImportSchema), ...problems(401, 403, 404) },
    }),
    async (c) => {
      const past = await readImport(callOf(c), c.req.valid('param').import_id);
      return c.json(
        {
          id: past.id,
          imported_at: toRfc3339(past.importedAt),
          rows: wire.toRowCounts(past.counts),
        },
        200,
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
      request: { params: wire.templateParams },
      responses: { 200: file('The template.', 'text/csv'), ...problems(404) },
    }),
    (c) => {
      const wanted = c.req.valid('param').template_name;
      const name = FILE_NAMES.find((known) => known === wanted);
      if (name === undefined) throw notFound();
      return c.body(template(name), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${name}.csv"`,
        'Cache-Control': 'public, max-age=3600',
      });
    },
  );

  return routes;
}
