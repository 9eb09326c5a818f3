import { createRoute, z } from '@hono/zod-openapi';
import { callOf } from '../platform/call.ts';
import { csvHeaders } from '../platform/csv.ts';
import { createApi, requireJson } from '../platform/http.ts';
import { file, jsonBody, LOCATION, ok, problems, SIGNED_IN } from '../platform/openapi.ts';
import { malformed } from '../platform/problem.ts';
import { uuid } from '../reference/fields.ts';
import { listOfficePlans, orderOf, type PlanOrder } from './actions/list-office-plans.ts';
import { readOfficePlan } from './actions/read-office-plan.ts';
import { listOwnScenarios, readScenario } from './actions/read-scenarios.ts';
import { saveScenario } from './actions/save-scenario.ts';
import { tryScenario } from './actions/try-scenario.ts';
import { plansCsv } from './plan-csv.ts';
import * as wire from './schemas.ts';

export const planningRoutes = createApi();

const tags = ['planning'];

const BY_NAME: PlanOrder = { key: 'name', descending: false };

planningRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/office-plans',
    tags,
    operationId: 'list_office_plans',
    summary: 'Bacino against organico, office by office',
    description:
      'For each office: whom it serves, its staff, the posts its workload asks for and the wait on its real calendar. For planners.',
    security: SIGNED_IN,
    request: { query: wire.planQuerySchema },
    responses: { 200: ok('The plans.', wire.officePlansSchema), ...problems(401, 403, 409) },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const { plans, service } = await listOfficePlans(callOf(c), {
      province: query.province,
      serviceCode: query.service,
      order: orderOf(query.sort, BY_NAME),
    });
    const limit = Number(query.limit ?? 50);
    const start = query.cursor === undefined ? 0 : after(plans, query.cursor);
    const page = plans.slice(start, start + limit);
    const last = page.at(-1);
    return c.json(
      {
        items: page.map((plan) => wire.toPlanWire(plan, service?.code)),
        ...(last && start + limit < plans.length && { next_cursor: last.office.code }),
      },
      200,
    );
  },
);

function after(plans: readonly { readonly office: { readonly code: string } }[], cursor: string) {
  const index = plans.findIndex(({ office }) => office.code === cursor);
  if (index < 0)
    throw malformed({ errors: [{ pointer: '/cursor', detail: 'not a cursor of this list' }] });
  return index + 1;
}

planningRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/office-plan-tables',
    tags,
    operationId: 'export_office_plans',
    summary: 'The plans as a spreadsheet',
    description:
      'The same as the list, as CSV: semicolons, byte-order mark, headings and decimal signs in the language asked for.',
    security: SIGNED_IN,
    request: { query: wire.planFilterSchema },
    responses: { 200: file('The table.', 'text/csv'), ...problems(401, 403, 409) },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const { plans, categories } = await listOfficePlans(callOf(c), {
      province: query.province,
      serviceCode: query.service,
      order: orderOf(query.sort, BY_NAME),
    });
    return c.body(plansCsv(plans, categories, c.get('locale')), 200, csvHeaders('pianificazione'));
  },
);

planningRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/office-plans/{office_id}',
    tags,
    operationId: 'show_office_plan',
    summary: 'One office, with how its need is computed',
    description:
      'Demand by activity with its source, minutes and posts, allowances, seasons of the inflow and the wait for each service. For planners.',
    security: SIGNED_IN,
    request: {
      params: z.strictObject({
        office_id: uuid.openapi({ param: { name: 'office_id', in: 'path' } }),
      }),
    },
    responses: {
      200: ok('The plan.', wire.officePlanDetailSchema),
      ...problems(401, 403, 404, 409),
    },
  }),
  async (c) => {
    const detail = await readOfficePlan(callOf(c), { id: c.req.valid('param').office_id });
    return c.json(wire.toDetailWire(detail), 200);
  },
);

planningRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/scenario-trials',
    tags,
    operationId: 'try_scenario',
    summary: 'What staff moved or added would change',
    description:
      'Computes need, gap, wait and inequality before and after; keeps nothing. For planners.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.leversSchema, 'Who comes and who goes.') },
    responses: {
      200: ok('Before and after.', wire.resultsSchema),
      ...problems(401, 403, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const results = await tryScenario(callOf(c), wire.toLevers(c.req.valid('json')));
    return c.json(wire.toResultsWire(results), 200);
  },
);

planningRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/v1/scenarios',
    tags,
    operationId: 'save_scenario',
    summary: 'Keep a scenario',
    description: 'Computes it anew and keeps it with its answer under a name. For planners.',
    security: SIGNED_IN,
    middleware: [requireJson],
    request: { body: jsonBody(wire.newScenarioSchema, 'Its name and who comes and goes.') },
    responses: {
      201: ok('Kept.', wire.scenarioSchema, { Location: LOCATION }),
      ...problems(401, 403, 409, 413, 415, 422),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const saved = await saveScenario(callOf(c), {
      name: body.name.trim(),
      levers: wire.toLevers(body.levers),
    });
    return c.json(wire.toScenarioWire(saved), 201, {
      Location: `${c.get('services').config.publicUrl}/v1/scenarios/${saved.id}`,
    });
  },
);

planningRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/scenarios',
    tags,
    operationId: 'list_scenarios',
    summary: 'The scenarios I kept',
    description: 'Those of whoever asks, newest first. For planners.',
    security: SIGNED_IN,
    request: { query: wire.pagingSchema },
    responses: { 200: ok('The scenarios.', wire.scenariosSchema), ...problems(401, 403) },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const { items, next } = await listOwnScenarios(callOf(c), {
      cursor: query.cursor,
      limit: Number(query.limit ?? 20),
    });
    return c.json(
      { items: items.map(wire.toScenarioWire), ...(next && { next_cursor: next }) },
      200,
    );
  },
);

planningRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/v1/scenarios/{scenario_id}',
    tags,
    operationId: 'show_scenario',
    summary: 'One scenario',
    description: 'One that whoever asks has kept. For planners.',
    security: SIGNED_IN,
    request: {
      params: z.strictObject({
        scenario_id: uuid.openapi({ param: { name: 'scenario_id', in: 'path' } }),
      }),
    },
    responses: { 200: ok('The scenario.', wire.scenarioSchema), ...problems(401, 403, 404) },
  }),
  async (c) => {
    const saved = await readScenario(callOf(c), c.req.valid('param').scenario_id);
    return c.json(wire.toScenarioWire(saved), 200);
  },
);
