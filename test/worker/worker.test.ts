import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { appointment, freeTime, occupied } from '../../src/booking/table.ts';
import { auditEvent } from '../../src/identity/table.ts';
import { outbox } from '../../src/notices/table.ts';
import { dayOf, systemClock } from '../../src/platform/clock.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { newKey } from '../../src/platform/secrets.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { anOffice, anOperator, aService, PALERMO } from '../support/fixtures.ts';
import { type MailServer, startMailServer } from '../support/smtp.ts';
import { buildWorker, type ServedWorker, serveWorker } from './workerd.ts';
import { openEveryDay } from './world.ts';

onPostgres('the built Worker, served by workerd on PostgreSQL', () => {
  let connection: Connection;
  let services: TestServices;
  let mail: MailServer;
  let worker: ServedWorker;
  let officeId: string;
  let serviceId: string;

  beforeAll(async () => {
    const url = await freshDatabase();
    connection = connectPostgres(url, 2);
    services = await testServices({
      database: connection.database,
      now: new Date(systemClock.now()).toISOString(),
    });
    officeId = await anOffice(services);
    await anOperator(services, officeId);
    await openEveryDay(services, officeId);
    serviceId = await aService(services, { gridMinutes: 15, horizonDays: 30 });
    await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 20 });
    mail = await startMailServer();
    await buildWorker();
    worker = await serveWorker(url, {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://sportello.example.org',
      SESSION_KEY: newKey(),
      DATA_KEY: newKey(),
      SMTP_URL: mail.url,
      TRUST_PROXY: 'true',
    });
  });
  afterAll(async () => {
    await worker?.stop();
    await mail?.close();
    await connection?.close();
  });

  const get = (path: string, headers = {}) => fetch(`${worker.url}${path}`, { headers });
  const post = (path: string, body: unknown, headers = {}) =>
    fetch(`${worker.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  test('tells that it works, database and all', async () => {
    const answer = await get('/status');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'ok', demo: false });
    expect(answer.headers.get('ratelimit-remaining')).toMatch(/^\d+$/);
  });

  test('serves the home page in both languages, and the files that it loads', async () => {
    const home = await get('/', { 'Accept-Language': 'it' });
    expect(home.status).toBe(200);
    expect(home.headers.get('content-security-policy')).toContain("default-src 'self'");
    const html = await home.text();
    expect(html).toContain('lang="it"');
    expect(await (await get('/?lang=en')).text()).toContain('lang="en"');
    const [, style] = html.match(/href="(\/assets\/sportello\.[0-9a-f]+\.css)"/) ?? [];
    const css = await get(style ?? '/');
    expect(css.headers.get('content-type')).toMatch(/^text\/css/);
    expect(css.headers.get('cache-control')).toContain('immutable');
  });

  test('has no demonstration, and so no demo login and no mailbox, in production', async () => {
    expect((await get('/posta-demo')).status).toBe(404);
    expect((await post('/accesso-demo', {})).status).not.toBeLessThan(400);
  });

  test('takes a booking from the search to the message, and its cancellation', async () => {
    const offers = (await (
      await get(`/v1/earliest-starts?service_id=${serviceId}&comune=${PALERMO}&within_km=30`)
    ).json()) as { items: { office: { id: string }; starts_at: string }[] };
    const [offer] = offers.items;
    expect(offer?.office.id).toBe(officeId);

    const request = {
      service_id: serviceId,
      office_id: officeId,
      starts_at: offer?.starts_at,
      person: { given_name: 'Rosa', family_name: 'Rossi', email: 'rosa@example.org' },
    };
    const key = { 'Idempotency-Key': 'worker-0001' };
    const booked = await post('/v1/appointments', request, key);
    expect(booked.status).toBe(201);
    const made = (await booked.json()) as { id: string; code: string; state: string };
    expect(booked.headers.get('location')).toBe(
      `https://sportello.example.org/v1/appointments/${made.id}`,
    );

    const replayed = await post('/v1/appointments', request, key);
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    expect(await replayed.json()).toEqual(made);

    const { database } = services;
    expect(await database.select().from(appointment)).toHaveLength(1);
    expect(await database.select().from(occupied)).toHaveLength(1);
    expect((await database.select().from(auditEvent)).length).toBeGreaterThan(0);

    await worker.runSchedule('* * * * *');
    expect(mail.received.map(({ to }) => to)).toEqual(['rosa@example.org']);
    expect(mail.received[0]?.data).toContain('text/calendar');
    const confirmations = database
      .select()
      .from(outbox)
      .where(eq(outbox.kind, 'appointment-confirmed'));
    expect(await confirmations).toMatchObject([{ state: 'sent', attempts: 1 }]);

    const found = await post('/v1/appointment-lookups', {
      code: made.code,
      email: 'rosa@example.org',
    });
    expect(await found.json()).toMatchObject({ id: made.id, state: 'confirmed' });

    const cancelled = await post(`/v1/appointments/${made.id}/cancellation`, {
      pass: { code: made.code, email: 'rosa@example.org' },
    });
    expect(cancelled.status).toBe(200);
    expect(await cancelled.json()).toMatchObject({ state: 'cancelled' });
    await worker.runSchedule('* * * * *');
    expect(mail.received).toHaveLength(2);
  });

  test('two people who want the same time at once do not both get it', async () => {
    const { items } = (await (await get(`/v1/earliest-starts?service_id=${serviceId}`)).json()) as {
      items: { starts_at: string }[];
    };
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        post('/v1/appointments', {
          service_id: serviceId,
          office_id: officeId,
          starts_at: items[0]?.starts_at,
          person: { given_name: 'Ada', family_name: 'Prova', email: `ada${n}@example.org` },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  test('answers with a problem to what it cannot do', async () => {
    const missing = await get('/v1/no-such-thing');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const foreign = await fetch(`${worker.url}/v1/appointments`, { method: 'POST', body: 'x' });
    expect(foreign.status).toBe(415);
    expect((await post('/v1/appointments', { service_id: 1 })).status).toBe(422);
    expect((await get(`/v1/appointments?office_id=${officeId}`)).status).not.toBe(500);
    expect((await fetch(`${worker.url}/v1/services`, { method: 'DELETE' })).status).toBe(405);
  });

  test('makes the days to come bookable every night', async () => {
    const days = () =>
      services.database
        .select({ day: freeTime.day })
        .from(freeTime)
        .orderBy(freeTime.day)
        .then((found) => found.map(({ day }) => day));
    const before = await days();
    await worker.runSchedule('10 1 * * *');
    const after = await days();
    expect(after[0]).toBe(dayOf(systemClock.now()));
    expect(after.length).toBeGreaterThan(before.length);
  });

  test('has written nothing but its log', () => {
    const lines = worker.output().split('\n').filter(Boolean);
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([]);
    expect(lines.filter((line) => line.includes('"level":"ERROR"'))).toEqual([]);
  });
});
