import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { changeEndpoint } from '../../src/exchange/actions/change-endpoint.ts';
import { deliverWebhooks } from '../../src/exchange/actions/deliver-webhooks.ts';
import { listDeliveries, readWebhookEndpoint } from '../../src/exchange/actions/list-endpoints.ts';
import { registerEndpoint } from '../../src/exchange/actions/register-endpoint.ts';
import { replayDeliveries } from '../../src/exchange/actions/replay-deliveries.ts';
import { rotateSecret } from '../../src/exchange/actions/rotate-secret.ts';
import { tidyWebhooks } from '../../src/exchange/actions/tidy-webhooks.ts';
import type { Post } from '../../src/exchange/post.ts';
import { postFromNode } from '../../src/exchange/post-from-node.ts';
import type { EventKind } from '../../src/exchange/rules/events.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { DAY, MINUTE, toRfc3339 } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import {
  as,
  callAs,
  json,
  TEST_NOW,
  type TestServices,
  testApp,
  testServices,
} from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';
import { expectedSignature, startReceiver } from './receiver.ts';

const NINE = Date.parse('2027-03-05T09:00:00+01:00');
const ADMINISTRATOR = { kind: 'administrator', userId: 'test' } as const;

describe('other systems that want to know', () => {
  let services: TestServices;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let officeId: string;
  let serviceId: string;
  let visitors = 0;

  beforeAll(async () => {
    services = await testServices({ environment: { WEBHOOK_INTERNAL: 'true' } });
    receiver = await startReceiver();
    officeId = await anOffice(services);
    await anOperator(services, officeId);
    await weekdayMornings(services, officeId);
    serviceId = await aService(services);
  });
  afterAll(async () => {
    await receiver.close();
    await services.close();
  });
  beforeEach(async () => {
    services.setNow(TEST_NOW);
    receiver.received.length = 0;
    receiver.answers((_, answer) => answer.writeHead(204).end());
    await services.database.execute(
      sql`truncate webhook_endpoint, appointment, occupied, outbox, audit_event, free_time cascade`,
    );
    await rebuildFreeTime(systemCall(), { days: 7 });
  });

  const systemCall = () => callAs(services, { kind: 'system', task: 'test' });
  const administrator = () => callAs(services, ADMINISTRATOR);
  const register = (kinds: EventKind[] = ['appointment.booked', 'appointment.cancelled']) =>
    registerEndpoint(administrator(), { url: receiver.url, contactEmail: 'it@example.org', kinds });
  const book = (start = NINE) =>
    bookAppointment(callAs(services, ANONYMOUS), {
      serviceId,
      officeId,
      start,
      person: {
        givenName: 'Rosa',
        familyName: 'Rossi',
        email: `rosa${visitors++}@example.org`,
        phone: undefined,
        taxCode: undefined,
        domicile: undefined,
      },
    });
  const deliver = (post: Post = postFromNode(services.config)) =>
    deliverWebhooks(systemCall(), post);
  const log = (id: string) => listDeliveries(administrator(), id, { limit: 100 });

  it('are told of a booking with a signature they can check, and of nobody’s name', async () => {
    const { secret, endpoint } = await register();
    const booked = await book();
    await deliver();
    expect(receiver.received).toHaveLength(1);
    const [request] = receiver.received;
    expect(request!.signatures).toEqual([expectedSignature(secret, request!)]);
    expect(request!.timestamp * 1000).toBe(Date.parse(TEST_NOW));
    expect(JSON.parse(request!.body)).toEqual({
      type: 'appointment.booked',
      timestamp: toRfc3339(Date.parse(TEST_NOW)),
      data: {
        id: booked.id,
        subject: 'appointment',
        version: 1,
        state: 'confirmed',
        office_id: officeId,
        service_id: serviceId,
        starts_at: '2027-03-05T08:00:00Z',
        ends_at: '2027-03-05T08:30:00Z',
      },
    });
    expect(request!.body).not.toMatch(/rosa|rossi/i);
    expect(await log(endpoint.id)).toMatchObject([{ state: 'delivered', responseStatus: 204 }]);
    await deliver();
    expect(receiver.received).toHaveLength(1);
  });

  it('hear only of the kinds they asked for, and of nothing that was rolled back', async () => {
    await register(['appointment.cancelled']);
    const booked = await book();
    await expect(book()).rejects.toThrow();
    await cancelAppointment(callAs(services, ADMINISTRATOR), { id: booked.id });
    await deliver();
    expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual([
      'appointment.cancelled',
    ]);
    expect(JSON.parse(receiver.received[0]!.body).data).toMatchObject({ version: 2 });
  });

  it('that fail are tried again later with the same id and body, signed anew', async () => {
    const { secret, endpoint } = await register();
    receiver.answers((_, answer) => answer.writeHead(500).end('what went wrong here'));
    await book();
    await deliver();
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await log(endpoint.id)).toMatchObject([
      { state: 'waiting', attempts: 1, responseStatus: 500, lastError: 'status 500' },
    ]);
    receiver.answers((_, answer) => answer.writeHead(200).end());
    services.setNow(toRfc3339(Date.parse(TEST_NOW) + MINUTE));
    await deliver();
    const [first, second] = receiver.received;
    expect(second).toMatchObject({ id: first!.id, body: first!.body });
    expect(second!.timestamp).toBe(first!.timestamp + 60);
    expect(second!.signatures).toEqual([expectedSignature(secret, second!)]);
    expect((await readWebhookEndpoint(administrator(), endpoint.id)).failingSince).toBeNull();
  });

  it('are not followed elsewhere, nor listened to for long', async () => {
    const { endpoint } = await register();
    receiver.answers((request, answer) => {
      if (request.url === '/altrove') throw new Error('followed');
      answer.writeHead(302, { Location: '/altrove' }).end();
    });
    await book();
    await deliver();
    expect(await log(endpoint.id)).toMatchObject([{ state: 'waiting', responseStatus: 302 }]);

    // An answer without end is an answer.
    receiver.answers((_, answer) => {
      answer.writeHead(200);
      const timer = setInterval(() => answer.write('x'.repeat(65_536)), 1);
      answer.on('close', () => clearInterval(timer));
    });
    services.setNow(toRfc3339(Date.parse(TEST_NOW) + MINUTE));
    await deliver();
    expect(await log(endpoint.id)).toMatchObject([{ state: 'delivered', responseStatus: 200 }]);
  });

  it('that never answer cost a bounded wait', async () => {
    const { endpoint } = await register();
    receiver.answers(() => {});
    await book();
    const post = postFromNode(services.config);
    await deliver((parcel) => post({ ...parcel, timeoutMs: 150 }));
    expect(await log(endpoint.id)).toMatchObject([
      { state: 'waiting', responseStatus: null, lastError: 'timeout' },
    ]);
  });

  it('inside our network are refused when they are called, whatever their name says', async () => {
    const { endpoint } = await register();
    await book();
    const guarded = postFromNode({ webhookInternal: false });
    await deliver((parcel) =>
      guarded({ ...parcel, url: parcel.url.replace('127.0.0.1', 'localhost') }),
    );
    expect(receiver.received).toEqual([]);
    expect(await log(endpoint.id)).toMatchObject([{ lastError: 'internal address' }]);
  });

  it('are switched off after five days without any success, and somebody is told once', async () => {
    const { endpoint } = await register();
    receiver.answers((_, answer) => answer.writeHead(503).end());
    await book();
    await deliver();
    for (const day of [1, 2, 3, 4, 5, 6]) {
      services.setNow(toRfc3339(Date.parse(TEST_NOW) + day * DAY));
      await book(NINE + day * 30 * MINUTE).catch(() => {});
      await deliver();
    }
    const found = await readWebhookEndpoint(administrator(), endpoint.id);
    expect(found).toMatchObject({ active: false });
    expect(found.givenUpAt).not.toBeNull();
    const told = await rows(
      services.database,
      sql`select recipient from outbox where kind = 'webhook-given-up'`,
    );
    expect(told).toEqual([{ recipient: 'it@example.org' }]);
  });

  it('that say 410 want no more', async () => {
    const { endpoint } = await register();
    receiver.answers((_, answer) => answer.writeHead(410).end());
    await book();
    await deliver();
    expect(await readWebhookEndpoint(administrator(), endpoint.id)).toMatchObject({
      active: false,
    });
  });

  it('can be sent one event again, or all of a period, also what they missed while off', async () => {
    const { endpoint } = await register();
    await book();
    await deliver();
    const { id } = receiver.received[0]!;
    expect(await replayDeliveries(administrator(), endpoint.id, { eventId: id })).toBe(1);
    await deliver();
    expect(receiver.received.map((request) => request.id)).toEqual([id, id]);

    await changeEndpoint(administrator(), endpoint.id, { active: false });
    await book(NINE + 60 * MINUTE);
    await changeEndpoint(administrator(), endpoint.id, { active: true });
    await deliver();
    expect(receiver.received).toHaveLength(2);
    const period = { start: Date.parse(TEST_NOW) - DAY, end: Date.parse(TEST_NOW) + DAY };
    expect(await replayDeliveries(administrator(), endpoint.id, { period })).toBe(2);
    await deliver();
    expect(receiver.received).toHaveLength(4);
    expect(new Set(receiver.received.map((request) => request.id)).size).toBe(2);
  });

  it('can change their secret without losing anything', async () => {
    const { endpoint, secret: old } = await register();
    const { secret } = await rotateSecret(administrator(), endpoint.id);
    await book();
    await deliver();
    const [both] = receiver.received;
    expect(both!.signatures).toEqual([
      expectedSignature(secret, both!),
      expectedSignature(old, both!),
    ]);
    services.setNow(toRfc3339(Date.parse(TEST_NOW) + 3 * DAY));
    await replayDeliveries(administrator(), endpoint.id, { eventId: both!.id });
    await deliver();
    expect(receiver.received[1]!.signatures).toEqual([
      expectedSignature(secret, receiver.received[1]!),
    ]);
  });

  it('are not sent the same twice by two senders, but again by the next when one dies', async () => {
    await register();
    await book();
    let release = () => {};
    const dying = deliverWebhooks(
      systemCall(),
      () =>
        new Promise<number>((resolve) => {
          release = () => resolve(204);
        }),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await deliver()).toBe(0);
    services.setNow(toRfc3339(Date.parse(TEST_NOW) + 2 * MINUTE));
    expect(await deliver()).toBe(1);
    release();
    await dying;
    expect(receiver.received).toHaveLength(1);
  });

  it('forget the log in time, never what is still owed', async () => {
    const { endpoint } = await register();
    await book();
    await deliver();
    await book(NINE + 60 * MINUTE);
    services.setNow(toRfc3339(Date.parse(TEST_NOW) + 91 * DAY));
    await tidyWebhooks(systemCall());
    expect(await log(endpoint.id)).toMatchObject([{ state: 'waiting' }]);
  });

  it('are registered by an administrator only, at public addresses only', async () => {
    const app = testApp(await testServices({ database: services.database }));
    const wanted = {
      url: 'https://10.0.0.1/eventi',
      contact_email: 'it@example.org',
      event_kinds: ['appointment.booked'],
    };
    const send = async (body: object, actor: Parameters<typeof as>[1]) =>
      app.request('/v1/webhook-endpoints', json('POST', body, await as(services, actor)));
    expect((await send(wanted, ADMINISTRATOR)).status).toBe(422);
    const open = { ...wanted, url: 'https://regione.example.org/eventi' };
    expect((await send(open, { kind: 'planner', userId: 'test' })).status).toBe(403);
    const made = await send(open, ADMINISTRATOR);
    expect(made.status).toBe(201);
    const { id, signing_secret } = (await made.json()) as Record<string, string>;
    expect(signing_secret).toMatch(/^whsec_/);
    const shown = await app.request(`/v1/webhook-endpoints/${id}`, {
      headers: await as(services, ADMINISTRATOR),
    });
    expect(await shown.text()).not.toContain('whsec_');
    const kept = await rows<{ secret_cipher: string }>(
      services.database,
      sql`select secret_cipher from webhook_endpoint where id = ${id}::uuid`,
    );
    expect(kept[0]!.secret_cipher).not.toContain(signing_secret!.slice(6));
  });
});
