import { expect, it } from 'vitest';
import { as, json, testServices } from '../support/app.ts';
import { probeApp } from '../support/probe.ts';

const services = await testServices();
const { app, made } = probeApp(services);

const send = (key: string, body: unknown, headers = {}) =>
  app.request('/v1/probe/things', json('POST', body, { 'Idempotency-Key': key, ...headers }));
const DESK = { name: 'desk', size: 1 };

it('a write repeated with its key is done once and answered twice, to the letter', async () => {
  const before = made();
  const first = await send('key-1', DESK);
  const again = await send('key-1', DESK);
  expect(made()).toBe(before + 1);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(await again.text()).toBe(await first.text());
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
  expect(again.headers.get('idempotency-replayed')).toBe('true');
});

it('a refusal is repeated too', async () => {
  const bad = { ...DESK, size: 10 };
  expect((await send('key-2', bad)).status).toBe(422);
  const again = await send('key-2', bad);
  expect(again.status).toBe(422);
  expect(again.headers.get('content-type')).toMatch(/^application\/problem\+json/);
});

it('the same key with another request is refused', async () => {
  await send('key-3', DESK);
  const other = await send('key-3', { ...DESK, name: 'chair' });
  expect(other.status).toBe(422);
  expect(await other.json()).toMatchObject({
    type: 'http://localhost:3000/problems/idempotency-key-reused',
  });
});

it('of two at once with one key, one is done and the other told to wait', async () => {
  const before = made();
  const answers = await Promise.all([send('key-4', DESK), send('key-4', DESK)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(answers.find(({ status }) => status === 409)?.headers.get('retry-after')).toBe('2');
  expect(made()).toBe(before + 1);
});

it('two people may choose the same key', async () => {
  const before = made();
  const first = await as(services, { kind: 'planner', userId: 'p1' });
  const second = await as(services, { kind: 'planner', userId: 'p2' });
  expect((await send('key-5', DESK, first)).headers.has('idempotency-replayed')).toBe(false);
  expect((await send('key-5', DESK, second)).headers.has('idempotency-replayed')).toBe(false);
  expect(made()).toBe(before + 2);
});

it.each(['', 'x'.repeat(129), 'with blanks'])('a key like “%s” is refused', async (key) => {
  const answer = await send(key, DESK);
  expect(answer.status).toBe(400);
});

it('a key whose first request died is free again after half a minute', async () => {
  const { idempotencyKey } = await import('../../src/platform/table.ts');
  await send('key-6', DESK);
  await services.database.update(idempotencyKey).set({ status: null });
  expect((await send('key-6', DESK)).status).toBe(409);
  services.setNow('2027-03-04T09:00:31+01:00');
  expect((await send('key-6', DESK)).status).toBe(201);
});
