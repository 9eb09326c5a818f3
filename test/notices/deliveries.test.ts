import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { person } from '../../src/identity/table.ts';
import { anonymiseOldNotices } from '../../src/notices/actions/anonymise-old-notices.ts';
import { followAppIo } from '../../src/notices/actions/follow-app-io.ts';
import { sendDue } from '../../src/notices/actions/send-due.ts';
import { sendOtherwise } from '../../src/notices/actions/send-otherwise.ts';
import type { Carriers } from '../../src/notices/carrier.ts';
import type { Notice } from '../../src/notices/kind.ts';
import { enqueue } from '../../src/notices/outbox.ts';
import { deliveryStatus } from '../../src/notices/rules/delivery.ts';
import { noticeDelivery, outbox } from '../../src/notices/table.ts';
import { systemCall } from '../../src/platform/call.ts';
import { as, json, TEST_NOW, type TestServices, testApp, testServices } from '../support/app.ts';
import { bounce } from '../support/bounce.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { pecReceipt } from '../support/pec.ts';
import { DELIVERY_SECRET, signedReport } from '../support/signed-report.ts';
import { aNotice } from './notice.ts';

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
      DELIVERY_KEY: DELIVERY_SECRET,
      APP_IO_URL: appIo.url,
      APP_IO_KEY: 'a-subscription-key',
      SMS_URL: 'https://sms.example.org/',
      PEC_URL: 'https://pec.example.org/',
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

const signed = (body: unknown, secret = DELIVERY_SECRET, seconds = services.clock.now() / 1000) =>
  signedReport(body, seconds * 1000, secret);

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
  expect((await report(body, DELIVERY_SECRET, services.clock.now() / 1000 - 301)).status).toBe(401);
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

test('the receipt of certified mail is kept whole, sealed, as proof of delivery', async () => {
  const id = await sent({ channel: 'pec', recipient: 'Rosa@pec.example.org', officeId: OFFICE });
  const about = `${id}@pec.example.org`;
  const ingest = (given: { kind: string; at?: string; to?: string }) =>
    testApp(services).request(
      '/v1/pec-receipts',
      signed({ message: pecReceipt({ about, ...given }) }),
    );
  expect((await ingest({ kind: 'accettazione' })).status).toBe(200);
  expect(await standing(id)).toMatchObject({ standing: 'accepted', proves_delivery: false });
  expect((await ingest({ kind: 'presa-in-carico' })).status).toBe(200);
  expect((await ingest({ kind: 'preavviso-errore-consegna' })).status).toBe(200);
  expect(await standing(id)).toMatchObject({
    standing: 'accepted',
    trouble: { cause: 'late', permanent: false },
  });
  const elsewhere = await ingest({ kind: 'avvenuta-consegna', to: 'luigi@pec.example.org' });
  expect(elsewhere.status).toBe(422);
  const delivered = { kind: 'avvenuta-consegna', at: '2027-03-04T09:12:00' };
  expect((await ingest(delivered)).status).toBe(200);
  expect((await ingest(delivered)).status).toBe(200);
  const told = await standing(id);
  expect(told).toMatchObject({ standing: 'delivered', proves_delivery: true });
  expect(told).not.toHaveProperty('trouble');
  const last = told.events.at(-1) as { id: string };
  expect(last).toMatchObject({
    at: '2027-03-04T08:12:00.000Z',
    receipt_kept: true,
    evidence: { receipt: 'avvenuta-consegna', digest: expect.any(String) },
  });
  const path = `/v1/notices/${id}/receipts/${last.id}`;
  const read = async (actor: Parameters<typeof as>[1]) =>
    testApp(services).request(path, { headers: await as(services, actor) });
  const receipt = await read(operatorOf(OFFICE));
  expect(receipt.headers.get('content-type')).toBe('message/rfc822');
  expect(receipt.headers.get('content-disposition')).toContain('attachment');
  expect(await receipt.text()).toBe(pecReceipt({ about, ...delivered }));
  expect((await read(operatorOf('01890a5d-ac96-774b-bcce-b302099a8062'))).status).toBe(404);
  const kept = JSON.stringify(await services.database.select().from(noticeDelivery));
  expect(kept).not.toMatch(/rosa@|Convocazione/);
  const ordinary = signed({ message: 'Subject: ciao\r\n\r\nniente di che' });
  expect((await testApp(services).request('/v1/pec-receipts', ordinary)).status).toBe(422);
});

test('a receipt as long as the message it holds is taken', async () => {
  const id = await sent({ channel: 'pec', recipient: 'rosa@pec.example.org' });
  const message = `${pecReceipt({ kind: 'avvenuta-consegna', about: `${id}@pec.example.org` })}${'x'.repeat(600_000)}`;
  const answer = await testApp(services).request('/v1/pec-receipts', signed({ message }));
  expect(answer.status).toBe(200);
});

test('what a mail server sent back says why, and the message goes by another way', async () => {
  const id = await sent({ officeId: OFFICE });
  const report = (message: string) =>
    testApp(services).request('/v1/bounce-messages', signed({ message }));
  const about = `${id}@example.org`;
  expect((await report(bounce({ about, action: 'delayed', status: '4.4.1' }))).status).toBe(200);
  expect(await standing(id)).toMatchObject({ standing: 'accepted', trouble: { cause: 'late' } });
  expect((await report(bounce({ about }))).status).toBe(200);
  expect((await report(bounce({ about: `${OFFICE}@example.org` }))).status).toBe(404);
  expect((await report(`Subject: Re: ciao\r\n\r\nnon vengo`)).status).toBe(422);
  expect(await standing(id)).toMatchObject({
    standing: 'bounced',
    trouble: { cause: 'address', permanent: true },
  });
  const headers = {
    ...(await as(services, operatorOf(OFFICE))),
    'Content-Type': 'application/json',
  };
  const redirect = (body: object) =>
    testApp(services).request(`/v1/notices/${id}/redirections`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
  expect((await redirect({ channel: 'sms', recipient: 'nessuno' })).status).toBe(422);
  const answer = await redirect({ channel: 'sms', recipient: '333 1234567' });
  expect(answer.status).toBe(201);
  const { id: copy } = (await answer.json()) as { id: string };
  expect(await standing(copy)).toMatchObject({
    channel: 'sms',
    recipient: '+393331234567',
    standing: 'queued',
  });
  expect((await redirect({ channel: 'sms', recipient: '333 1234567' })).status).toBe(409);
  const page = await testApp(services).request(`/operatore/messaggi/${id}`, {
    headers: await as(services, operatorOf(OFFICE)),
  });
  expect(await page.text()).toContain('Telefona alla persona');
});

test('a message that is still being tried can go by another way, and then leaves once', async () => {
  const down: Carriers = { email: { send: () => Promise.reject(new Error('451 try again')) } };
  await services.database.transaction((tx) => enqueue(tx, call(), aNotice()));
  await sendDue(call(), down);
  const [{ id } = { id: '' }] = await services.database.select().from(outbox);
  const other = await sendOtherwise({ ...call(), actor: ADMINISTRATOR }, id, {
    channel: 'pec',
    recipient: 'rosa@pec.example.org',
  });
  services.setNow('2027-03-04T10:00:00+01:00');
  expect(await sendDue(call(), carried)).toMatchObject({ sent: 1 });
  expect(await standing(id)).toMatchObject({ standing: 'withdrawn' });
  expect(await standing(other)).toMatchObject({ standing: 'sent' });
  const bare = {
    ...call(),
    config: { ...services.config, smsUrl: undefined },
    actor: ADMINISTRATOR,
  };
  await expect(
    sendOtherwise(bare, other, { channel: 'sms', recipient: '3331234567' }),
  ).rejects.toMatchObject({ status: 409 });
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
  const message = pecReceipt({ kind: 'avvenuta-consegna', about: `${id}@pec.example.org` });
  await testApp(services).request('/v1/pec-receipts', signed({ message }));
  services.setNow('2027-04-02T09:00:00+02:00');
  expect(await anonymiseOldNotices(call())).toBe(0);
  services.setNow('2027-04-04T09:00:00+02:00');
  expect(await anonymiseOldNotices(call())).toBe(1);
  expect(await anonymiseOldNotices(call())).toBe(0);
  const [row] = await services.database.select().from(outbox).where(eq(outbox.id, id));
  expect(row).toMatchObject({ recipient: '', payload: {}, state: 'sent' });
  const told = await services.database.select().from(noticeDelivery);
  expect(told.map(({ status, receipt }) => [status, receipt])).toEqual([
    ['sent', null],
    ['delivered', null],
  ]);
  expect(told.at(-1)?.evidence.digest).toBeDefined();
  expect(await standing(id)).not.toHaveProperty('recipient');
});
