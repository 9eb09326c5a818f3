import { describe, expect, it } from 'vitest';
import { problemKinds } from '../../src/platform/problem.ts';
import { json, testServices } from '../support/app.ts';
import { probeApp } from '../support/probe.ts';

const services = await testServices();
const { app, made } = probeApp(services);

async function refused(path: string, init?: RequestInit) {
  const answer = await app.request(path, init);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const problem = (await answer.json()) as Record<string, unknown>;
  expect(problem.status).toBe(answer.status);
  expect(problem.instance).toBe(`urn:correlation:${answer.headers.get('correlation-id')}`);
  return { answer, problem };
}

const GOOD = { name: 'desk', size: 3 };
const THINGS = '/v1/probe/things';

describe('a refusal', () => {
  it.each([
    ['an address where there is nothing', '/v1/nothing', undefined, 404, 'not-found'],
    ['a method that is not served', THINGS, { method: 'PUT' }, 405, 'method-not-allowed'],
    ['a body of no stated type', THINGS, { method: 'POST' }, 415, 'unsupported-media-type'],
    [
      'a form where JSON is due',
      THINGS,
      { method: 'POST', body: new URLSearchParams({ name: 'x' }) },
      415,
      'unsupported-media-type',
    ],
    [
      'JSON that is broken off',
      THINGS,
      { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"name":' },
      400,
      'malformed-request',
    ],
    [
      'no body at all',
      THINGS,
      { method: 'POST', headers: { 'Content-Type': 'application/json' } },
      400,
      'malformed-request',
    ],
    ['a value out of bounds', THINGS, json('POST', { ...GOOD, size: 10 }), 422, 'invalid-request'],
    ['a field that is missing', THINGS, json('POST', { size: 1 }), 422, 'invalid-request'],
    ['a field too many', THINGS, json('POST', { ...GOOD, x: 1 }), 422, 'invalid-request'],
    ['a list in place of an object', THINGS, json('POST', [GOOD]), 422, 'invalid-request'],
    ['null in place of an object', THINGS, json('POST', null), 422, 'invalid-request'],
    ['a parameter of the wrong form', `${THINGS}?near=here`, undefined, 400, 'malformed-request'],
    [
      'a body larger than allowed',
      THINGS,
      json('POST', { ...GOOD, name: 'x'.repeat(300_000) }),
      413,
      'too-large',
    ],
    ['a failure of ours', '/v1/probe/broken', undefined, 500, 'internal-error'],
  ] as const)('for %s is a problem document', async (_, path, init, status, slug) => {
    const { problem } = await refused(path, init as RequestInit | undefined);
    expect(problem).toMatchObject({ status, type: `http://localhost:3000/problems/${slug}` });
  });

  it('says which methods an address serves', async () => {
    const { answer } = await refused(THINGS, { method: 'PATCH' });
    expect(answer.headers.get('allow')).toBe('HEAD, GET, POST, DELETE');
  });

  it('is worded in the reader’s language, field by field', async () => {
    const bad = { name: '', size: 'big' };
    const italian = await refused(THINGS, json('POST', bad));
    const english = await refused(THINGS, json('POST', bad, { 'Accept-Language': 'en-GB' }));
    expect(italian.problem.title).toBe('I dati non sono validi');
    expect(english.problem.title).toBe('The data are not valid');
    expect(english.answer.headers.get('content-language')).toBe('en');
    for (const { problem } of [italian, english]) {
      const errors = problem.errors as { pointer: string; detail: string }[];
      expect(errors.map(({ pointer }) => pointer)).toEqual(['/name', '/size']);
    }
    expect(JSON.stringify(italian.problem.errors)).not.toEqual(
      JSON.stringify(english.problem.errors),
    );
  });

  it('of ours never says why, but the log does', async () => {
    const { answer, problem } = await refused('/v1/probe/broken');
    expect(JSON.stringify(problem)).not.toContain('secret recipe');
    const lines = services.logged.filter((line) => line.includes('secret recipe'));
    expect(lines.join()).toContain(answer.headers.get('correlation-id'));
  });

  it('writes nothing', async () => {
    const before = made();
    await refused(THINGS, json('POST', { ...GOOD, size: 10 }));
    expect(made()).toBe(before);
  });
});

describe('the type of a problem', () => {
  it.each(problemKinds().map(({ slug, title }) => [slug, title]))(
    '%s is a page that explains it in Italian and English',
    async (slug, title) => {
      for (const locale of ['it', 'en'] as const) {
        const answer = await app.request(`/problems/${slug}?lang=${locale}`);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
        expect(await answer.text()).toContain(title[locale]);
      }
    },
  );

  it('is told to programs in JSON', async () => {
    const headers = { Accept: 'application/json', 'Accept-Language': 'en' };
    const answer = await app.request('/problems/too-large', { headers });
    expect(await answer.json()).toMatchObject({
      type: 'http://localhost:3000/problems/too-large',
      title: 'The request is too large',
      status: 413,
    });
  });

  it('that does not exist is not found', async () => {
    expect((await app.request('/problems/invented')).status).toBe(404);
  });
});

it('a browser is answered with a page in words', async () => {
  const answer = await app.request('/nowhere', { headers: { Accept: 'text/html,*/*;q=0.8' } });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  expect(await answer.text()).toContain('Non trovato');
});

describe('the correlation id', () => {
  it('of the caller is taken over', async () => {
    const headers = { 'Correlation-Id': 'call-from-portal-1' };
    const answer = await app.request('/status', { headers });
    expect(answer.headers.get('correlation-id')).toBe('call-from-portal-1');
  });

  it.each(['short', 'with blank space', 'x'.repeat(65), '<script>alert</script>'])(
    'is made anew in place of “%s”',
    async (given) => {
      const answer = await app.request('/status', { headers: { 'Correlation-Id': given } });
      expect(answer.headers.get('correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});
