import { createRoute, z } from '@hono/zod-openapi';
import { sql } from 'drizzle-orm';
import { createApp } from '../../src/app.ts';
import { createApi, requireJson, type Services } from '../../src/platform/http.ts';
import { jsonBody, ok } from '../../src/platform/openapi.ts';

const thing = z.strictObject({ name: z.string().min(1).max(20), size: z.int().min(1).max(9) });

/**
 * The real application with a few routes more, under `/v1/probe`, by which the machinery that every
 * route shares is tested without the domain of any.
 */
export function probeApp(services: Services) {
  const probe = createApi();
  let made = 0;

  probe.openapi(
    createRoute({
      method: 'post',
      path: '/v1/probe/things',
      request: { body: jsonBody(thing, 'A thing.') },
      middleware: [requireJson],
      responses: { 201: ok('Made.', thing) },
    }),
    async (c) => {
      made += 1;
      c.header('Location', `/v1/probe/things/${made}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      return c.json({ ...c.req.valid('json'), size: made }, 201);
    },
  );
  probe.openapi(
    createRoute({
      method: 'get',
      path: '/v1/probe/things',
      request: { query: z.object({ near: z.string().regex(/^\d+$/).optional() }) },
      responses: { 200: ok('The query.', z.object({})) },
    }),
    (c) => c.json(c.req.valid('query'), 200),
  );
  probe.delete('/v1/probe/things', (c) => c.body(null, 204));
  probe.get('/v1/probe/broken', () => {
    throw new Error('the secret recipe is 42');
  });
  probe.get('/v1/probe/broken-query', async (c) => {
    await c
      .get('services')
      .database.execute(sql`select * from comune where population = ${'rosa@example.it'}::int`);
    return c.body(null, 204);
  });
  probe.get('/v1/probe/teapot', (c) => {
    c.get('services').log.info('met', {
      email: 'rosa@example.it',
      taxCode: 'RSSRSO80A41G273X',
      tax_code: 'RSSRSO80A41G273X',
      person: { familyName: 'Rossi', phone: '091 123456', id: 'kept' },
      cookie: '__Host-sportello=abc',
    });
    return c.json({}, 200);
  });

  const app = createApp(services);
  app.route('/', probe);
  return { app, made: () => made };
}
