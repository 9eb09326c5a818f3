import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { createApi } from '../../src/platform/http.ts';
import { json, testServices } from '../support/app.ts';
import { probeApp } from '../support/probe.ts';

const services = await testServices({ environment: { PUBLIC_URL: 'https://cpi.example.it' } });
const app = createApp(services);
const pages = createApi();
pages.post('/prova', (c) => c.text('done'));
app.route('/', pages);

const form = (headers: Record<string, string>) => ({
  method: 'POST',
  headers,
  body: new URLSearchParams({ a: '1' }),
});

/** Browsers of today say where a request comes from; older ones only their Origin. */
const OURS: Record<string, string>[] = [
  { 'Sec-Fetch-Site': 'same-origin' },
  { Origin: 'http://localhost' },
  // Behind a proxy that ends TLS.
  { Origin: 'https://cpi.example.it' },
];
const THEIRS: Record<string, string>[] = [
  { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
  { Origin: 'https://evil.example' },
  { Origin: 'null' },
  { Origin: 'https://cpi.example.it.evil.example' },
  {},
];

describe('a form', () => {
  it('sent from our own page is taken', async () => {
    for (const headers of OURS) {
      expect((await app.request('/prova', form(headers))).status).toBe(200);
    }
  });

  it('sent from another site is refused', async () => {
    for (const headers of THEIRS) {
      const answer = await app.request('/prova', form(headers));
      expect(answer.status).toBe(403);
      expect(answer.headers.get('content-type')).not.toMatch(/^text\/plain/);
    }
  });

  it('cannot reach the API with somebody’s cookie', async () => {
    const { app: api, made } = probeApp(services);
    const answer = await api.request('/v1/probe/things', {
      ...form({ Origin: 'https://evil.example', Cookie: '__Host-sportello=x' }),
    });
    expect(answer.status).toBe(403);
    expect(made()).toBe(0);
  });
});

describe('a program', () => {
  const { app: api } = probeApp(services);

  it('with no cookie needs no origin', async () => {
    const made = await api.request('/v1/probe/things', json('POST', { name: 'a', size: 1 }));
    expect(made.status).toBe(201);
    expect((await api.request('/v1/probe/things', { method: 'DELETE' })).status).toBe(204);
  });
});
