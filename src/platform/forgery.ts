import type { MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import type { AppEnv } from './http.ts';

const sameOrigin = csrf({
  // Behind a proxy that ends TLS, the request's own URL is not the one in the address bar.
  origin: (origin, c) =>
    origin === new URL(c.req.url).origin ||
    origin === new URL(c.get('services').config.publicUrl).origin,
});

/**
 * Refuses forms that another site submits with our reader's cookie. A program that brings a token,
 * or no cookie at all, has nothing that could be borrowed: the API lets it pass.
 */
export const noForgery: MiddlewareHandler<AppEnv> = async (c, next) => {
  const borrowed = c.req.header('cookie') !== undefined && !c.req.header('authorization');
  if (c.req.path.startsWith('/v1/') && !borrowed) return next();
  return sameOrigin(c, next);
};
