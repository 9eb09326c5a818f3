import { createRoute, z } from '@hono/zod-openapi';
import { sql } from 'drizzle-orm';
import { rows } from './database.ts';
import { createApi, type Services } from './http.ts';
import { ok, PUBLIC, problems } from './openapi.ts';
import { unavailable } from './problem.ts';

/** The version the service runs, from package.json at build time. */
export const VERSION = '0.1.0';

export interface StatusReport {
  readonly status: 'ok';
  readonly version: string;
  /** Milliseconds a trivial question to the database took. */
  readonly database_milliseconds: number;
  /** Messages that wait to be sent, and those overdue by more than ten minutes. */
  readonly notices_waiting: number;
  readonly notices_late: number;
  readonly demo: boolean;
}

/** @throws {Problem} 503 when the database does not answer */
export async function reportStatus({ database, clock, config }: Services): Promise<StatusReport> {
  const started = clock.now();
  const late = new Date(started - 600_000).toISOString();
  try {
    const [counted] = await rows<{ waiting: number; late: number }>(
      database,
      sql`select count(*)::int as waiting, (count(*) filter (where due_at < ${late}::timestamptz))::int as late
        from outbox where state = 'waiting' and due_at <= ${new Date(started).toISOString()}::timestamptz`,
    );
    return {
      status: 'ok',
      version: VERSION,
      database_milliseconds: Math.max(0, clock.now() - started),
      notices_waiting: counted?.waiting ?? 0,
      notices_late: counted?.late ?? 0,
      demo: config.demo,
    };
  } catch {
    throw unavailable({ retryAfter: 5 });
  }
}

const count = z.int().min(0).max(2_147_483_647);

const statusSchema = z
  .strictObject({
    status: z.enum(['ok']),
    version: z
      .string()
      .max(40)
      .regex(/^\d+\.\d+\.\d+$/),
    database_milliseconds: count,
    notices_waiting: count,
    notices_late: count,
    demo: z.boolean(),
  })
  .openapi('Status');

export const statusRoutes = createApi();

statusRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/status',
    tags: ['status'],
    operationId: 'show_status',
    summary: 'Whether the service works',
    description: 'Answers 200 when the service and its database work, 503 otherwise.',
    security: PUBLIC,
    responses: { 200: ok('The service works.', statusSchema), ...problems() },
  }),
  async (c) => c.json(await reportStatus(c.get('services')), 200),
);
