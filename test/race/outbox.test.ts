import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deliverWebhooks } from '../../src/exchange/actions/deliver-webhooks.ts';
import type { Post } from '../../src/exchange/post.ts';
import { webhookDelivery } from '../../src/exchange/table.ts';
import { sendAgain } from '../../src/notices/actions/send-again.ts';
import { sendAllDue, sendDue } from '../../src/notices/actions/send-due.ts';
import type { Carriers, Message } from '../../src/notices/carrier.ts';
import { smsCarrier } from '../../src/notices/carriers/sms.ts';
import type { Notice } from '../../src/notices/kind.ts';
import { enqueue, withdraw } from '../../src/notices/outbox.ts';
import { startSending } from '../../src/notices/send-loop.ts';
import { noticeDelivery, outbox } from '../../src/notices/table.ts';
import { systemCall } from '../../src/platform/call.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { APPOINTMENT, aNotice } from '../notices/notice.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { startGateway } from '../support/gateway.ts';
import { runNode } from '../support/server.ts';

onPostgres('several processes that send the same messages', () => {
  let url: string;
  let connection: Connection;
  let services: TestServices;
  beforeAll(async () => {
    url = await freshDatabase();
    connection = connectPostgres(url, 12);
    services = await testServices({ database: connection.database });
  });
  beforeEach(async () => {
    services.setNow(TEST_NOW);
    await services.database.delete(outbox);
  });
  afterAll(() => connection.close());

  const call = () => systemCall(services, 'test');
  const promise = (...notices: Notice[]) =>
    services.database.transaction((tx) => enqueue(tx, call(), ...notices));
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const byEmail = (send: (message: Message) => Promise<void>): Carriers => ({
    email: {
      async send(message) {
        await send(message);
        return { providerId: message.id };
      },
    },
  });
  const told = () => services.database.select().from(noticeDelivery);

  test('send each message once, however they crowd', async () => {
    const people = Array.from({ length: 200 }, (_, n) => `person${n}@example.org`);
    await promise(...people.map((recipient) => aNotice({ recipient })));
    const sent: string[] = [];
    const carriers = byEmail(async ({ to }) => {
      await pause(2);
      sent.push(to);
    });
    // The loops of three processes, and the schedule of three Workers.
    const loops = [1, 2, 3].map(() => startSending(services, carriers, 5));
    const drains = [1, 2, 3].map(() => sendAllDue(call(), carriers, Number.POSITIVE_INFINITY));
    await Promise.all(drains);
    for (let n = 0; n < 200 && sent.length < people.length; n++) await pause(25);
    await Promise.all(loops.map((stop) => stop()));
    expect([...sent].sort()).toEqual([...people].sort());
    const rows = await services.database.select().from(outbox);
    expect(new Set(rows.map(({ state, attempts }) => `${state} ${attempts}`))).toEqual(
      new Set(['sent 1']),
    );
    expect(await told()).toHaveLength(200);
  });

  test('owe other systems each event once, whoever delivers, and again where one died', async () => {
    await services.database.execute(sql`
      insert into webhook_endpoint (id, url, contact_email, subscriptions, secret_cipher, created_at)
      values (${services.ids()}, 'https://example.org/hook', 'it@example.org',
        '{"book-appointment": "appointment.booked"}', ${await services.secrets.seal('whsec_AAAA')},
        now())`);
    await services.database.execute(sql`
      insert into audit_event (id, at, actor_kind, action, subject_kind, subject_id, correlation_id)
      select gen_random_uuid(), ${new Date(services.clock.now()).toISOString()}::timestamptz, 'system',
        'book-appointment', 'appointment', gen_random_uuid()::text, 'race-of-webhooks'
      from generate_series(1, 100)`);
    const heard: string[] = [];
    let dying = true;
    const post: Post = async ({ headers }) => {
      heard.push(headers['webhook-id']!);
      // One of them is killed when its request has arrived and nothing of it is written down yet.
      if (dying) {
        dying = false;
        return new Promise<number>(() => {});
      }
      await pause(2);
      return 204;
    };
    const drain = () => deliverWebhooks(systemCall(services, 'webhooks'), post);
    for (let n = 0; n < 3; n++) void drain();
    const owed = () =>
      services.database.$count(webhookDelivery, eq(webhookDelivery.state, 'waiting'));
    for (let n = 0; n < 400 && (await owed()) > 1; n++) await pause(10);
    services.setNow('2027-03-04T09:02:00+01:00');
    await Promise.all([drain(), drain(), drain()]);
    expect(await drain()).toBe(0);
    expect(new Set(heard).size).toBe(100);
    // What the dead one had sent comes a second time, under its name, and nothing else does.
    expect(heard.filter((id, index) => heard.indexOf(id) !== index)).toEqual([heard[0]]);
  });

  test('a sender killed after sending leaves the message to the next one, under the same name', async () => {
    const gateway = await startGateway(() => ({ status: 201, body: { id: 'sms-1' } }));
    await promise(aNotice({ channel: 'sms', recipient: '+393331234567' }));
    const child = runNode(
      ['test/race/dying-sender.ts', url, gateway.url, String(services.clock.now())],
      { NODE_ENV: 'test' },
    );
    for (let n = 0; n < 600 && gateway.received.length === 0; n++) {
      if (child.process.exitCode !== null) throw new Error(child.output());
      await pause(50);
    }
    await child.stop('SIGKILL');
    expect(await told()).toEqual([]);

    const carriers = { sms: smsCarrier({ url: gateway.url, token: undefined, from: 'Sportello' }) };
    // Nobody takes it over while the dead one may still be alive.
    expect(await sendDue(call(), carriers)).toMatchObject({ sent: 0 });
    services.setNow('2027-03-04T09:02:00+01:00');
    expect(await sendDue(call(), carriers)).toMatchObject({ sent: 1 });
    expect(await sendDue(call(), carriers)).toMatchObject({ sent: 0 });
    const names = gateway.received.map(({ headers }) => headers['idempotency-key']);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(1);
    expect(await told()).toHaveLength(1);
    await gateway.close();
  });

  test('a sender that comes back after its time changes nothing of what the next one wrote', async () => {
    await promise(aNotice());
    let comeBack = () => {};
    const slow = sendDue(
      call(),
      byEmail(
        () =>
          new Promise((resolve) => {
            comeBack = resolve;
          }),
      ),
    );
    while ((await services.database.select().from(outbox))[0]?.lockedUntil === null) await pause(5);
    services.setNow('2027-03-04T09:02:00+01:00');
    expect(
      await sendDue(
        call(),
        byEmail(async () => {}),
      ),
    ).toMatchObject({ sent: 1 });
    const [after] = await services.database.select().from(outbox);
    comeBack();
    await slow;
    expect((await services.database.select().from(outbox))[0]).toEqual(after);
    expect(await told()).toHaveLength(1);
  });

  test('what is taken back while it leaves is not promised again', async () => {
    await promise(aNotice());
    await sendDue(
      call(),
      byEmail(async () => {
        await services.database.transaction((tx) => withdraw(tx, APPOINTMENT));
        throw new Error('busy');
      }),
    );
    expect((await services.database.select().from(outbox))[0]?.state).toBe('dropped');
  });

  test('ten who press "send again" at once send it again once', async () => {
    await promise(aNotice());
    await sendDue(
      call(),
      byEmail(async () => {}),
    );
    const [first] = await services.database.select().from(outbox);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        sendAgain(callAs(services, { kind: 'administrator', userId: 'a' }), first!.id),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const waiting = services.database.select().from(outbox).where(eq(outbox.state, 'waiting'));
    expect(await waiting).toHaveLength(1);
  });
});
