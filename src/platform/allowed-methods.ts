import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppEnv } from './http.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods that `path` answers to; none where there is nothing at all. */
export function allowedMethods(app: OpenAPIHono<AppEnv>, path: string): string[] {
  const allowed = METHODS.filter((method) =>
    // Middleware is registered for all methods, and is no answer by itself.
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  return allowed.includes('GET') ? ['HEAD', ...allowed] : allowed;
}
