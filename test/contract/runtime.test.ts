import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/platform/actor.ts';
import { connectPostgres } from '../../src/platform/postgres.ts';
import { as, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { named, type Operation, operations, type Parameter } from './document.ts';

const NOBODY = '01890a5d-ac96-774b-bcce-b302099a8057';
const ADMINISTRATOR = { kind: 'administrator', userId: NOBODY } as const satisfies Actor;

let services: TestServices;
let app: ReturnType<typeof testApp>;
let administrator: Record<string, string>;
beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  administrator = await as(services, ADMINISTRATOR);
});
afterAll(() => services.close());

/** The address with every parameter of its path set to `value`. */
/** Parts of a path that are no UUID. */
const PARTS: Readonly<Record<string, string>> = { '{day}': '2027-03-04', '{comune}': '082053' };

function address(operation: Operation, value?: string): string {
  return operation.path.replace(/\{[^}]+\}/g, (part) =>
    encodeURIComponent(value ?? PARTS[part] ?? NOBODY),
  );
}

async function ask(operation: Operation, path: string, init: RequestInit = {}) {
  const request = { method: operation.method.toUpperCase(), ...init };
  const answer = await app.request(path, {
    ...request,
    headers: { ...administrator, ...(init.headers as Record<string, string>) },
  });
  expectHeaders(answer);
  const declared = Object.keys(operation.responses);
  expect([...declared, '405'], `${named(operation)} answered ${answer.status}`).toContain(
    String(answer.status),
  );
  if (answer.status >= 400) await expectProblem(answer);
  return answer;
}

function expectHeaders(answer: Response): void {
  for (const name of ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'])
    expect(answer.headers.get(name), name).toMatch(/^\d+$/);
  expect(answer.headers.get('cache-control')).toMatch(/no-store|max-age=\d+/);
  expect(answer.headers.get('correlation-id')).toMatch(/^[\w.-]{8,64}$/);
  expect(answer.headers.get('link')).toContain('rel="service-desc"');
}

async function expectProblem(answer: Response): Promise<void> {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await answer.clone().json()) as Record<string, unknown>;
  expect(problem.status).toBe(answer.status);
  for (const member of ['title', 'detail']) expect(problem[member]).toMatch(/\S/);
  expect(problem.type).toMatch(/^http:\/\/localhost:3000\/problems\/[a-z-]+$/);
  expect(problem.instance).toMatch(/^urn:correlation:/);
  for (const member of ['message', 'msg', 'code', 'stack'])
    expect(problem).not.toHaveProperty(member);
}

/** Whether the document itself allows the value: what people search by is free text. */
function isOfItsForm({ schema = {} }: Parameter, value: string): boolean {
  const { pattern, minLength = 0, maxLength = 0 } = schema;
  if (pattern === undefined || schema.format !== undefined) return false;
  const fits = value.length >= Number(minLength) && value.length <= Number(maxLength);
  return fits && new RegExp(pattern, 'u').test(value);
}

const all = operations.map((operation) => [named(operation), operation] as const);
const withBody = all.filter(([, { requestBody }]) => requestBody !== undefined);
const withPath = all.filter(([, { path }]) => path.includes('{'));
const withoutBody = all.filter(([, { method }]) => method === 'get');
const guarded = all.filter(
  ([, { security }]) => !security?.some((requirement) => Object.keys(requirement).length === 0),
);

describe.each(all)('%s', (_, operation) => {
  test('answers 405, and which methods it knows, to any other method', async () => {
    const answer = await app.request(address(operation), {
      method: 'DELETE',
      headers: administrator,
    });
    if (answer.status !== 405) return; // it does know DELETE
    expectHeaders(answer);
    await expectProblem(answer);
    expect(answer.headers.get('allow')).toContain(operation.method.toUpperCase());
  });
});

describe.each(withBody)('%s', (_, operation) => {
  const type = Object.keys(operation.requestBody?.content ?? {})[0] ?? '';

  test('answers 415 to a body of another type, or of none', async () => {
    for (const other of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const answer = await ask(operation, address(operation), {
        headers: { 'Content-Type': other },
        body: '{}',
      });
      expect(answer.status, other).toBe(415);
    }
    expect((await ask(operation, address(operation))).status).toBe(415);
  });

  test('answers 400 to a body that cannot be read', async () => {
    for (const body of ['{', '', '\u0000', '{"a":}']) {
      const answer = await ask(operation, address(operation), {
        headers: { 'Content-Type': type },
        body,
      });
      expect(answer.status, JSON.stringify(body)).toBe(400);
    }
  });

  test('answers 422 to a body of another shape, and points at what is wrong', async () => {
    for (const body of [[], 'text', 7, null, { no_such_field: 1 }]) {
      const answer = await ask(operation, address(operation), {
        headers: { 'Content-Type': type },
        body: JSON.stringify(body),
      });
      expect(answer.status, JSON.stringify(body)).toBe(422);
      const { errors } = (await answer.json()) as { errors: { pointer: string; detail: string }[] };
      expect(errors.length).toBeGreaterThan(0);
      for (const { pointer, detail } of errors) {
        expect(pointer).toMatch(/^\//);
        expect(detail).toMatch(/\S/);
      }
    }
  });
});

describe.each(withPath)('%s', (_, operation) => {
  const init = operation.requestBody
    ? json(operation.method.toUpperCase() as 'POST', {})
    : undefined;

  test('answers 400 or 404 to an identifier that cannot be one', async () => {
    for (const value of ['x', '0', '%00', '../..', "'; drop table person; --", '🦄'.repeat(20)]) {
      const answer = await ask(operation, address(operation, value), init);
      expect([400, 404, 422], value).toContain(answer.status);
    }
  });
});

describe.each(withoutBody)('%s', (_, operation) => {
  test('answers one of the answers it declares', async () => {
    await ask(operation, address(operation));
  });

  test('refuses parameters it does not know the form of, and never fails on them', async () => {
    for (const parameter of operation.parameters?.filter((p) => p.in === 'query') ?? []) {
      for (const value of ['', '\u0000', 'ü'.repeat(5000), '-99999999999999999999', 'null']) {
        const query = new URLSearchParams({ [parameter.name]: value });
        const answer = await ask(operation, `${address(operation)}?${query}`);
        expect(answer.status, `${parameter.name}=${value.slice(0, 20)}`).toBeLessThan(500);
        if (isOfItsForm(parameter, value)) continue;
        expect(answer.status, `${parameter.name}=${value.slice(0, 20)}`).toBeGreaterThanOrEqual(
          400,
        );
      }
    }
  });
});

describe.each(guarded)('%s', (_, operation) => {
  test('asks who is there before it says anything', async () => {
    const request = operation.requestBody
      ? json(operation.method.toUpperCase() as 'POST', {})
      : { method: operation.method.toUpperCase() };
    const answer = await app.request(address(operation), request);
    expectHeaders(answer);
    await expectProblem(answer);
    // A request that cannot even be read may be refused as such first.
    expect([400, 401, 422]).toContain(answer.status);
  });
});

describe('the service', () => {
  test('answers 404 to an address that is not there', async () => {
    const answer = await app.request('/v1/no-such-thing');
    expect(answer.status).toBe(404);
    expectHeaders(answer);
    await expectProblem(answer);
  });

  test('serves the document that describes it, and says so with every answer', async () => {
    const status = await app.request('/status');
    const [, url] = status.headers.get('link')?.match(/<([^>]+)>; rel="service-desc"/) ?? [];
    expect(url).toBe('http://localhost:3000/openapi.json');
    const answer = await app.request(new URL(url ?? '').pathname);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ openapi: '3.1.0' });
  });

  test('tells the kind of a problem at the address that its type gives', async () => {
    const problem = (await (await app.request('/v1/no-such-thing')).json()) as { type: string };
    const page = await app.request(new URL(problem.type).pathname);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  });

  test('answers in the language asked for', async () => {
    const answer = await app.request('/v1/no-such-thing', { headers: { 'Accept-Language': 'en' } });
    expect(answer.headers.get('content-language')).toBe('en');
    expect(await answer.json()).toMatchObject({ title: 'Not found' });
  });

  test('takes over the correlation id of the caller', async () => {
    const headers = { 'Correlation-Id': 'caller-0001' };
    const answer = await app.request('/status', { headers });
    expect(answer.headers.get('correlation-id')).toBe('caller-0001');
  });

  test('answers 429 and when to come back, once the allowance is used up', async () => {
    const stingy = await testServices({ environment: { RATE_LIMIT_PER_MINUTE: '2' } });
    const small = testApp(stingy);
    const left = [];
    for (let request = 0; request < 2; request++) {
      const answer = await small.request('/status');
      left.push(answer.headers.get('ratelimit-remaining'));
    }
    expect(left).toEqual(['1', '0']);
    const refused = await small.request('/status');
    expect(refused.status).toBe(429);
    expectHeaders(refused);
    await expectProblem(refused);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    await stingy.close();
  });

  test('answers 503 and when to come back, while the database is away', async () => {
    const { database, close } = connectPostgres('postgres://nobody@127.0.0.1:9/nothing', 1);
    const dead = await testServices({ database });
    const answer = await testApp(dead).request('/status');
    expect(answer.status).toBe(503);
    await expectProblem(answer);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await close();
  });

  test('repeats its first answer, headers and all, to a request sent again', async () => {
    const body = { code: 'K7M2P9QXTD', email: 'nobody@example.org' };
    const again = () =>
      app.request(
        '/v1/appointment-lookups',
        json('POST', body, { 'Idempotency-Key': 'contract-0001' }),
      );
    const first = await again();
    const second = await again();
    expect(second.status).toBe(first.status);
    expect(await second.text()).toBe(await first.text());
    expectHeaders(second);
  });
});
