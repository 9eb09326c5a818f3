import { readFileSync } from 'node:fs';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { DateTime } from 'luxon';
import { inject } from 'vitest';
import { createApp } from '../../src/app.ts';
import { type Session, sealSession } from '../../src/identity/session.ts';
import type { Actor } from '../../src/platform/actor.ts';
import type { Call } from '../../src/platform/call.ts';
import { type Instant, ZONE } from '../../src/platform/clock.ts';
import { parseConfig } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database.ts';
import { openEmbedded } from '../../src/platform/embedded.ts';
import type { AppEnv, Services } from '../../src/platform/http.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Locale } from '../../src/platform/locale.ts';
import { createLog } from '../../src/platform/log.ts';
import { createSecrets } from '../../src/platform/secrets.ts';

/** A Thursday, an hour after the offices opened. */
export const TEST_NOW = '2027-03-04T09:00:00+01:00';

interface Options {
  /** Where the clock stands, with its offset. */
  readonly now?: string;
  readonly demo?: boolean;
  /** Further configuration, by the names of the environment. */
  readonly environment?: Record<string, string>;
  /** A database of the caller's own, instead of a fresh embedded one. */
  readonly database?: Database;
}

export interface TestServices extends Services {
  /** Moves the clock, which otherwise stands still. */
  setNow(iso: string): Instant;
  /** Every line logged so far, as JSON, redacted like the real ones. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

/** The real services on a database of this file's own: empty but for the comuni. */
export async function testServices(options: Options = {}): Promise<TestServices> {
  const config = parseConfig({
    NODE_ENV: 'test',
    PUBLIC_URL: 'http://localhost:3000',
    DEMO: String(options.demo ?? false),
    RATE_LIMIT_PER_MINUTE: '1000000',
    ...options.environment,
  });
  const opened = options.database
    ? { database: options.database, close: async () => {} }
    : await openEmbedded(undefined, snapshot());
  let now = instantOf(options.now ?? TEST_NOW);
  const logged: string[] = [];
  return {
    config,
    database: opened.database,
    clock: { now: () => now },
    ids: newId,
    secrets: await createSecrets('s'.repeat(43), 'd'.repeat(43)),
    log: createLog('debug', (record) => logged.push(JSON.stringify(record))),
    setNow: (iso) => {
      now = instantOf(iso);
      return now;
    },
    logged,
    close: opened.close,
  };
}

export function testApp(services: Services): OpenAPIHono<AppEnv> {
  return createApp(services);
}

type SignedIn = Session['actor'];

/** Headers with which a request is made by `actor`. */
export async function as(services: Services, actor: SignedIn): Promise<Record<string, string>> {
  const name = `${actor.kind} of the tests`;
  return { Authorization: `Bearer ${await sealSession(services, { name, actor })}` };
}

/** What an action is given when `actor` asks for it, without HTTP between. */
export function callAs(services: Services, actor: Actor, locale: Locale = 'it'): Call {
  return { ...services, actor, locale, correlationId: services.ids() };
}

/** A request's JSON body and the headers that announce it. */
export function json(method: 'POST' | 'PUT' | 'PATCH', body: unknown, headers = {}): RequestInit {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  return { method, headers: { 'Content-Type': type, ...headers }, body: JSON.stringify(body) };
}

function instantOf(iso: string): Instant {
  return DateTime.fromISO(iso, { zone: ZONE }).toMillis();
}

function snapshot(): Blob {
  return new Blob([readFileSync(inject('snapshot'))]);
}
