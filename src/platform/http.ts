import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';
import type { Actor } from './actor.ts';
import { clientNetwork } from './client-network.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { type Database, describeError, isUnreachable, postgresFault } from './database.ts';
import { fieldWords } from './field-words.ts';
import type { Locale } from './locale.ts';
import type { Log } from './log.ts';
import {
  conflict,
  type FieldFault,
  forbidden,
  internal,
  invalid,
  malformed,
  notFound,
  Problem,
  tooLarge,
  unavailable,
  unsupportedMediaType,
} from './problem.ts';
import type { Secrets } from './secrets.ts';

/** The world as every room is given it. */
export interface Services {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly secrets: Secrets;
  readonly log: Log;
}

/** Set on every request before any room sees it. */
export interface AppVariables {
  services: Services;
  actor: Actor;
  locale: Locale;
  correlationId: string;
  /** With an `Idempotency-Key`: the id under which a repetition finds what the first request made. */
  repeatableId: string | undefined;
  /** Who is signed in, as the page header greets them. */
  viewer: { readonly name: string; readonly role: string } | undefined;
  demo: boolean;
}

export type AppEnv = { Variables: AppVariables };
export type AppContext = Context<AppEnv>;

/**
 * A router whose parsed input is refused with a problem: a body that breaks its schema is 422,
 * parameters and headers are 400.
 */
export function createApi(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const errors = fieldFaults(result.error.issues, c.get('locale') ?? 'it');
      throw result.target === 'json' || result.target === 'form'
        ? invalid({ errors })
        : malformed({ errors });
    },
  });
}

/** Zod's findings in the reader's language, each pointing at its field (RFC 6901). */
export function fieldFaults(issues: readonly z.core.$ZodIssue[], locale: Locale): FieldFault[] {
  const faults = new Map<string, FieldFault>();
  for (const issue of issues) {
    const pointer = `/${issue.path.map(escapePointer).join('/')}`;
    // What follows from the first fault of a field would only hide it.
    if (faults.has(pointer)) continue;
    faults.set(pointer, { pointer, detail: fieldWords(issue, locale).slice(0, 500) });
    if (faults.size === 100) break;
  }
  return [...faults.values()];
}

function escapePointer(part: PropertyKey): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1');
}

const CORRELATION_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** Takes over the caller's `Correlation-Id` when it is well formed, else makes one; answers with it. */
export const correlation: MiddlewareHandler<AppEnv> = async (c, next) => {
  const given = c.req.header('correlation-id');
  const id = given !== undefined && CORRELATION_ID.test(given) ? given : c.get('services').ids();
  c.set('correlationId', id);
  await next();
  // Hono's own way would make the whole answer anew.
  c.res.headers.set('Correlation-Id', id);
};

/** One line a request: instant, operation, outcome, client, consumer, correlation id. */
export const accessLog: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { clock, log } = c.get('services');
  const started = clock.now();
  await next();
  log.info('request', {
    at: new Date(started).toISOString(),
    method: c.req.method,
    // The path alone: queries may carry what a person typed.
    path: c.req.path,
    status: c.res.status,
    milliseconds: clock.now() - started,
    client: clientAddress(c),
    consumer: c.get('viewer')?.role ?? 'anonymous',
    correlationId: c.get('correlationId'),
  });
};

/** Where nothing tells where a request came from, as in one that never was on a network. */
const NO_ADDRESS = 'local';

/** The caller's network where it is known; see {@link clientAddress}. */
export function knownAddress(c: AppContext): string | undefined {
  const address = clientAddress(c);
  return address === NO_ADDRESS ? undefined : address;
}

/**
 * The caller's network, read from a proxy's header only where a proxy is ours: what came from beyond
 * it, the first of the addresses, anybody can write.
 */
export function clientAddress(c: AppContext): string {
  if (c.get('services').config.trustProxy) {
    const forwarded =
      c.req.header('cf-connecting-ip') ?? c.req.header('x-forwarded-for')?.split(',').at(-1);
    if (forwarded) return clientNetwork(forwarded.trim().slice(0, 64));
  }
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)
    ?.incoming;
  return clientNetwork(incoming?.socket?.remoteAddress ?? NO_ADDRESS);
}

/** Whatever was thrown, as the problem that the caller may see; what they may not see is logged. */
export function asProblem(error: unknown, c: AppContext): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException) return fromHttpException(error);
  const { log } = c.get('services');
  const fault = postgresFault(error);
  log.error('unexpected failure', {
    correlationId: c.get('correlationId'),
    path: c.req.path,
    sqlState: fault?.code,
    constraint: fault?.constraint,
    error: describeError(error),
  });
  if (isUnreachable(error)) return unavailable({ retryAfter: 5 });
  if (fault?.code === '40001' || fault?.code === '40P01' || fault?.code === '55P03')
    return conflict();
  // Text that PostgreSQL cannot hold (a NUL, a broken surrogate), a number or a day out of its range.
  if (fault && ['22021', '22P05', '22003', '22007', '22008'].includes(fault.code)) return invalid();
  return internal();
}

function fromHttpException(error: HTTPException): Problem {
  switch (error.status) {
    case 403:
      return forbidden();
    case 404:
      return notFound();
    case 413:
      return tooLarge();
    case 415:
      return unsupportedMediaType();
    default:
      return error.status < 500 ? malformed() : internal();
  }
}

/** The problem document (RFC 9457) in the reader's language. */
export function problemResponse(c: AppContext, problem: Problem): Response {
  const locale = c.get('locale') ?? 'it';
  const { config } = c.get('services');
  const { kind, extra } = problem;
  const body = {
    ...extra.members,
    type: `${config.publicUrl}/problems/${kind.slug}`,
    title: kind.title[locale],
    status: kind.status,
    detail: (extra.detail ?? kind.explanation)[locale],
    instance: `urn:correlation:${c.get('correlationId')}`,
    ...(extra.errors && { errors: extra.errors }),
  };
  c.header('Cache-Control', 'no-store');
  if (extra.retryAfter !== undefined) c.header('Retry-After', String(extra.retryAfter));
  return c.body(JSON.stringify(body), kind.status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
  });
}

/** A write must come with JSON; an empty or foreign body would otherwise slip past validation. */
export const requireJson: MiddlewareHandler<AppEnv> = async (c, next) => {
  const media = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  const expected = c.req.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  if (['POST', 'PUT', 'PATCH'].includes(c.req.method)) {
    if (media !== expected) throw unsupportedMediaType();
    if (HALF_A_CHARACTER.test((await c.req.text()).replaceAll('\\\\', '')))
      throw invalid({ errors: [{ pointer: '/', detail: HALF[c.get('locale') ?? 'it'] }] });
  }
  await next();
};

/**
 * A surrogate without its other half, which JSON can spell and no encoding can keep: told at once,
 * rather than kept as another sign. Backslashes that stand for themselves are taken out beforehand.
 */
const HALF_A_CHARACTER =
  /\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]/;
const HALF: Record<Locale, string> = {
  it: 'Il testo contiene un carattere a metà (un surrogato Unicode isolato).',
  en: 'The text holds half of a character (a lone Unicode surrogate).',
};
