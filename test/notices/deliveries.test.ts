import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { person } from '../../src/identity/table.ts';
import { anonymiseOldNotices } from '../../src/notices/actions/anonymise-old-notices.ts';
import { followAppIo } from '../../src/notices/actions/follow-app-io.ts';
import { sendDue } from '../../src/notices/actions/send-due.ts';
import type { Carriers } from '../../src/notices/carrier.ts';
import type { Notice } from '../../src/notices/kind.ts';
import { enqueue } from '../../src/notices/outbox.ts';
import { deliveryStatus } from '../../src/notices/rules/delivery.ts';
import { noticeDelivery, outbox } from '../../src/notices/table.ts';
import { systemCall } from '../../src/platform/call.ts';
import { as, json, TEST_NOW, type TestServices, testApp, testServices } from '../support/app.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { aNotice } from './notice.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OFFICE = '01890a5d-ac96-774b-bcce-b302099a8061';
const ADMINISTRATOR = { kind: 'administrator', userId: 'a' } as const;
const operatorOf = (officeId: string) => ({
  kind: 'operator' as const,
  operatorId: OFFICE,
  officeIds: [officeId],
});

let services: TestServices;
let appIo: Gateway;
let appIoSays = 'ACCEPTED';
beforeAll(async () => {
  appIo = await startGateway(({ path }) =>
    path.includes('/messages/') ? { status: 200, body: { status: appIoSays } } : { status: 404 },
  );
  services = await testServices({
    environment: {
      DELIVERY_KEY: SECRET,
      APP_IO_URL: appIo.url,
      APP_IO_KEY: 'a-subscription-key',
      NOTICE_RETENTION_DAYS: '30',
    },
  });
});
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await services.database.delete(outbox);
});
afterAll(async () => {
  await appIo.close();
  await services.close();
});

const call = () => systemCall(services, 'test');
const carried: Carriers = {
  email: { send: async ({ id }) => ({ providerId: `<${id}@example.org>` }) },
  pec: { send: async ({ id }) => ({ providerId: `<${id}@pec.example.org>` }) },
  sms: { send: async () => ({ providerId: 'sms-1' }) },
  app_io: { send: async () => ({ providerId: '01HX' }) },
};

/** Sends one message and returns its id. */
async function sent(given: Partial<Notice>): Promise<string> {
  await services.database.transaction((tx) => enqueue(tx, call(), aNotice(given)));
  await sendDue(call(), carried);
  const [row] = await services.database.select().from(outbox);
  return row!.id;
}

function signed(body: unknown, secret = SECRET, timestamp = services.clock.now() / 1000) {
  const text = JSON.stringify(body);
  const key = Buffer.from(secret.slice(6), 'base64');
  const mark = createHmac('sha256', key).update(`msg_1.${timestamp}.${text}`).digest('base64');
  return {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Webhook-Id': 'msg_1',
      'Webhook-Timestamp': String(timestamp),
      'Webhook-Signature': `v1,AAAA v1,${mark}`,
    },
    body: text,
  };
}

const report = (body: unknown, ...rest: [string?, number?]) =>
  testApp(services).request('/v1/delivery-reports', signed(body, ...rest));

async function standing(id: string) {
  const headers = await as(services, ADMINISTRATOR);
  const answer = await testApp(services).request(`/v1/notices/${id}`, { headers });
  return (await answer.json()) as { standing: string; proves_delivery: boolean; events: object[] };
}

const AT = '2027-03-04T09:05:00+01:00';

test('a gateway tells by its own name that a text message arrived, once', async () => {
  const id = await sent({ channel: 'sms', recipient: '+393331234567' });
  expect(await standing(id)).toMatchObject({ standing: 'sent' });
  const arrived = { channel: 'sms', provider_id: 'sms-1', status: 'delivered', at: AT };
  expect((await report(arrived)).status).toBe(200);
  expect((await report(arrived)).status).toBe(200);
  const told = await standing(id);
  expect(told).toMatchObject({ standing: 'delivered', proves_delivery: false });
  expect(told.events).toHaveLength(2);
});

test('nobody reports who does not know the secret, or who repeats an old report', async () => {
  const id = await sent({});
  const body = { channel: 'email', notice_id: id, status: 'bounced', at: AT };
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
  expect((await report(body, other)).status).toBe(401);
  expect((await report(body, SECRET, services.clock.now() / 1000 - 301)).status).toBe(401);
  const unsigned = await testApp(services).request('/v1/delivery-reports', json('POST', body));
  expect(unsigned.status).toBe(401);
  expect(await standing(id)).toMatchObject({ standing: 'sent' });
  expect((await report(body)).status).toBe(200);
  expect(await standing(id)).toMatchObject({ standing: 'bounced' });
});

test('a report about a message that was never sent, or on another channel, is not believed', async () => {
  const id = await sent({});
  const about = (body: object) =>
    report({ channel: 'email', status: 'delivered', at: AT, ...body });
  expect((await about({ notice_id: OFFICE })).status).toBe(404);
  expect((await about({ provider_id: 'unknown' })).status).toBe(404);
  expect((await about({ channel: 'pec', notice_id: id })).status).toBe(404);
  expect((await about({})).status).toBe(422);
});

test('without a secret no report is taken', async () => {
  const without = { ...services, config: { ...services.config, deliveryKey: undefined } };
  const answer = await testApp(without).request(
    '/v1/delivery-reports',
    signed({ channel: 'sms', provider_id: 'sms-1', status: 'delivered', at: AT }),
  );
  expect(answer.status).toBe(404);
});

test('the receipt of certified mail is kept as proof of delivery', async () => {
  const id = await sent({ channel: 'pec', recipient: 'rosa@pec.example.org' });
  const receipt = (kind: string, minute: number) => ({
    message: [
      `X-Ricevuta: ${kind}`,
      `X-Riferimento-Message-ID: <${id}@pec.example.org>`,
      `Message-ID: <${kind}@pec.example.org>`,
      `Date: Thu, 4 Mar 2027 09:0${minute}:00 +0100`,
      '',
      'testo',
    ].join('\r\n'),
  });
  const ingest = (body: object) => testApp(services).request('/v1/pec-receipts', signed(body));
  expect((await ingest(receipt('accettazione', 1))).status).toBe(200);
  expect(await standing(id)).toMatchObject({ standing: 'accepted', proves_delivery: false });
  expect((await ingest(receipt('presa-in-carico', 1))).status).toBe(200);
  expect((await ingest(receipt('avvenuta-consegna', 2))).status).toBe(200);
  const told = await standing(id);
  expect(told).toMatchObject({ standing: 'delivered', proves_delivery: true });
  expect(told.events.at(-1)).toMatchObject({
    at: '2027-03-04T08:02:00.000Z',
    evidence: { receipt: 'avvenuta-consegna', digest: expect.any(String) },
  });
  expect((await ingest({ message: 'Subject: ciao\r\n\r\nniente di che' })).status).toBe(422);
});

test('App IO is asked what became of a message until it says', async () => {
  const recipient = services.ids();
  await services.database.insert(person).values({
    id: recipient,
    givenName: 'Maria',
    familyName: 'Rossi',
    email: 'maria@example.org',
    identityKey: recipient,
    taxCodeCipher: await services.secrets.seal('RSSMRA80A01H501U'),
    createdAt: services.clock.now(),
  });
  const id = await sent({ channel: 'app_io', recipient });
  await followAppIo(call());
  expect(appIo.received).toEqual([]);
  services.setNow('2027-03-04T09:02:00+01:00');
  await followAppIo(call());
  expect(appIo.received.at(-1)?.path).toBe('/api/v1/messages/RSSMRA80A01H501U/01HX');
  expect(await standing(id)).toMatchObject({ standing: 'sent' });
  appIoSays = 'PROCESSED';
  services.setNow('2027-03-04T09:04:00+01:00');
  await followAppIo(call());
  expect(await standing(id)).toMatchObject({ standing: 'delivered' });
  expect(services.logged.join()).not.toContain('RSSMRA80A01H501U');
  expect(JSON.stringify(await services.database.select().from(outbox))).not.toContain('RSSMRA');
});

test('reports that overtake one another come to the same end', () => {
  const told = [
    { status: 'sent', at: 1 },
    { status: 'accepted', at: 2 },
    { status: 'delivered', at: 3 },
  ] as const;
  expect(deliveryStatus(told)).toBe('delivered');
  expect(deliveryStatus([...told].reverse())).toBe('delivered');
  expect(deliveryStatus([...told, { status: 'bounced', at: 4 }])).toBe('bounced');
  expect(
    deliveryStatus([
      { status: 'read', at: 3 },
      { status: 'bounced', at: 4 },
    ]),
  ).toBe('read');
  expect(deliveryStatus([])).toBeUndefined();
});

test('an operator sees the messages of their own office, an administrator all', async () => {
  const id = await sent({ officeId: OFFICE });
  const list = async (actor: Parameters<typeof as>[1], query = '') => {
    const headers = await as(services, actor);
    const answer = await testApp(services).request(`/v1/notices${query}`, { headers });
    return ((await answer.json()) as { items: { id: string }[] }).items.map((item) => item.id);
  };
  expect(await list(operatorOf(OFFICE))).toEqual([id]);
  expect(await list(ADMINISTRATOR, '?state=sent&channel=email')).toEqual([id]);
  expect(await list(ADMINISTRATOR, '?state=trouble')).toEqual([]);
  const elsewhere = operatorOf('01890a5d-ac96-774b-bcce-b302099a8062');
  expect(await list(elsewhere)).toEqual([]);
  const headers = await as(services, elsewhere);
  const read = await testApp(services).request(`/v1/notices/${id}`, { headers });
  expect(read.status).toBe(404);
});

test('a list goes on where the page before ended', async () => {
  await services.database.transaction((tx) =>
    enqueue(tx, call(), ...Array.from({ length: 5 }, () => aNotice())),
  );
  const headers = await as(services, ADMINISTRATOR);
  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const answer = await testApp(services).request(`/v1/notices?limit=2${cursor}`, { headers });
    const page = (await answer.json()) as { items: { id: string }[]; next_cursor?: string };
    seen.push(...page.items.map(({ id }) => id));
    if (page.next_cursor === undefined) break;
    cursor = `&cursor=${page.next_cursor}`;
  }
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
});

test('a message is sent again once, however often it is asked, and never when it is too late', async () => {
  const id = await sent({});
  const again = async (which = id) => {
    const headers = await as(services, ADMINISTRATOR);
    return testApp(services).request(`/v1/notices/${which}/resendings`, {
      method: 'POST',
      headers,
    });
  };
  const answer = await again();
  expect(answer.status).toBe(201);
  const { id: copy } = (await answer.json()) as { id: string };
  expect((await again()).status).toBe(409);
  expect((await again(copy)).status).toBe(409);
  expect(await sendDue(call(), carried)).toMatchObject({ sent: 1 });
  expect(await standing(copy)).toMatchObject({ standing: 'sent' });
  services.setNow('2027-03-08T09:30:00+01:00');
  expect((await again()).status).toBe(409);
});

test('after the retention a message keeps when it left and its proof, not whom it told what', async () => {
  const id = await sent({ channel: 'pec', recipient: 'rosa@pec.example.org' });
  services.setNow('2027-04-02T09:00:00+02:00');
  expect(await anonymiseOldNotices(call())).toBe(0);
  services.setNow('2027-04-04T09:00:00+02:00');
  expect(await anonymiseOldNotices(call())).toBe(1);
  expect(await anonymiseOldNotices(call())).toBe(0);
  const [row] = await services.database.select().from(outbox).where(eq(outbox.id, id));
  expect(row).toMatchObject({ recipient: '', payload: {}, state: 'sent' });
  expect(await services.database.select().from(noticeDelivery)).toHaveLength(1);
  expect(await standing(id)).not.toHaveProperty('recipient');
});
