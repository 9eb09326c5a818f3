import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { testApp, testServices } from '../support/app.ts';

const environment = { RATE_LIMIT_PER_MINUTE: '3', TRUST_PROXY: 'true' };
const services = await testServices({ environment });
const app = testApp(services);

const from = (client: string) => ({ headers: { 'X-Forwarded-For': client } });

it('a client learns how many requests are left, then is asked to wait', async () => {
  const left: (string | null)[] = [];
  for (let i = 0; i < 3; i++) {
    const answer = await app.request('/status', from('192.0.2.1'));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ratelimit-limit')).toBe('3');
    expect(answer.headers.get('ratelimit-reset')).toBe('60');
    left.push(answer.headers.get('ratelimit-remaining'));
  }
  expect(left).toEqual(['2', '1', '0']);

  const refused = await app.request('/status', from('192.0.2.1'));
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(refused.headers.get('ratelimit-remaining')).toBe('0');
  expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
});

it('another client is not made to pay for it', async () => {
  expect((await app.request('/status', from('192.0.2.2'))).status).toBe(200);
});

it('the count is shared by every process on the same database', async () => {
  const other = testApp(await testServices({ environment, database: services.database }));
  expect((await other.request('/status', from('192.0.2.1'))).status).toBe(429);
});

it('a minute later the client may ask again', async () => {
  services.setNow('2027-03-04T09:01:01+01:00');
  expect((await app.request('/status', from('192.0.2.1'))).status).toBe(200);
});

it('the address that a caller writes itself counts only behind a proxy of ours', async () => {
  const open = testApp(
    await testServices({
      environment: { RATE_LIMIT_PER_MINUTE: '1' },
      database: services.database,
    }),
  );
  expect((await open.request('/status', from('192.0.2.3'))).status).toBe(200);
  expect((await open.request('/status', from('192.0.2.4'))).status).toBe(429);
});

it('whoever goes on asking while refused waits longer each time, never for ever', async () => {
  const waits: number[] = [];
  for (let i = 0; i < 40; i++) {
    const answer = await app.request('/status', from('192.0.2.5'));
    expect(answer.status).toBe(i < 3 ? 200 : 429);
    if (i >= 3) waits.push(Number(answer.headers.get('retry-after')));
  }
  expect([...new Set(waits)]).toEqual([60, 120, 240, 480, 900]);
  services.setNow('2027-03-04T09:16:02+01:00');
  expect((await app.request('/status', from('192.0.2.5'))).status).toBe(200);
});

it.each([
  ['as high as it goes', sql`hits = 2147483647`],
  ['without an end', sql`hits = 9, resets_at = 'infinity'`],
])('a count that somebody corrupted (%s) lets nobody through', async (_, change) => {
  await app.request('/status', from('192.0.2.6'));
  await services.database.execute(
    sql`update rate_limit set ${change} where client like '%192.0.2.6'`,
  );
  const answer = await app.request('/status', from('192.0.2.6'));
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(900);
  await services.database.execute(sql`delete from rate_limit where client like '%192.0.2.6'`);
});
