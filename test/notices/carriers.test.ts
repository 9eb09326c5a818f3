import { afterEach, expect, test } from 'vitest';
import { NotNow, Undeliverable } from '../../src/notices/carrier.ts';
import { appIoCarrier, appIoStatus } from '../../src/notices/carriers/app-io.ts';
import { retryAfter } from '../../src/notices/carriers/gateway.ts';
import { pecGateway } from '../../src/notices/carriers/pec-gateway.ts';
import { smsCarrier } from '../../src/notices/carriers/sms.ts';
import { parseConfig } from '../../src/platform/config.ts';
import {
  type Answer,
  type Gateway,
  type ReceivedRequest,
  startGateway,
} from '../support/gateway.ts';
import { aMessage } from './message.ts';

const open: Gateway[] = [];
afterEach(() => Promise.all(open.splice(0).map((gateway) => gateway.close())));

async function gatewayThat(answer: (request: ReceivedRequest) => Answer) {
  const gateway = await startGateway(answer);
  open.push(gateway);
  return gateway;
}

const TAX_CODE = 'RSSMRA80A01H501U';
const PERSON = '01890a5d-ac96-774b-bcce-b302099a8057';

test('an SMS goes to the number in international form, and is known by the id of the gateway', async () => {
  const gateway = await gatewayThat(() => ({ status: 201, body: { message_id: 'sms-1' } }));
  const carrier = smsCarrier({
    url: gateway.url.replace('http://', 'http://sportello:se%20greto@'),
    token: undefined,
    from: 'Sportello',
  });
  const handover = await carrier.send(aMessage({ to: '333 123 45 67' }));
  expect(handover).toEqual({ providerId: 'sms-1' });
  expect(gateway.received).toMatchObject([
    {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('sportello:se greto').toString('base64')}`,
        'idempotency-key': aMessage().id,
      },
      body: {
        to: '+393331234567',
        from: 'Sportello',
        text: 'Primo colloquio, lunedì 8 marzo 2027, ore 9:30',
        reference: aMessage().id,
      },
    },
  ]);
});

test('a token travels as a bearer', async () => {
  const gateway = await gatewayThat(() => ({ status: 200, body: { id: 7 } }));
  const carrier = smsCarrier({ url: gateway.url, token: 'a-token', from: 'Sportello' });
  expect(await carrier.send(aMessage({ to: '+393331234567' }))).toEqual({ providerId: '7' });
  expect(gateway.received[0]?.headers.authorization).toBe('Bearer a-token');
});

test('what is no telephone number never reaches the gateway', async () => {
  const gateway = await gatewayThat(() => ({ status: 200, body: {} }));
  const carrier = smsCarrier({ url: gateway.url, token: undefined, from: 'Sportello' });
  await expect(carrier.send(aMessage({ to: 'rosa@example.org' }))).rejects.toThrow(Undeliverable);
  expect(gateway.received).toEqual([]);
});

test('a refusal of the message is for good, one of us or of the hour is not', async () => {
  let status = 400;
  const gateway = await gatewayThat(() => ({ status, body: {} }));
  const carrier = smsCarrier({ url: gateway.url, token: undefined, from: 'Sportello' });
  const send = () => carrier.send(aMessage({ to: '+393331234567' }));
  for (status of [400, 404, 422]) await expect(send()).rejects.toThrow(Undeliverable);
  for (status of [302, 401, 403, 408, 429, 500, 503]) {
    await expect(send()).rejects.toSatisfy((error) => !(error instanceof Undeliverable));
  }
});

test('a gateway that says how long to wait is believed', async () => {
  const gateway = await gatewayThat(() => ({ status: 429, headers: { 'Retry-After': '120' } }));
  const carrier = smsCarrier({ url: gateway.url, token: undefined, from: 'Sportello' });
  const refused = await carrier.send(aMessage({ to: '+393331234567' })).catch((error) => error);
  expect(refused).toBeInstanceOf(NotNow);
  expect(refused.delay).toBe(120_000);
});

test('a wait is read as seconds or as a date, and never exceeds six hours', () => {
  const date = 'Thu, 04 Mar 2027 08:00:00 GMT';
  expect(retryAfter('30', null)).toBe(30_000);
  expect(retryAfter('Thu, 04 Mar 2027 08:10:00 GMT', date)).toBe(600_000);
  expect(retryAfter('99999999', null)).toBe(6 * 3_600_000);
  expect(retryAfter('0', null)).toBe(1000);
  expect(retryAfter('soon', date)).toBeUndefined();
  expect(retryAfter(null, date)).toBeUndefined();
});

test('nobody who answers in an unknown form is believed', async () => {
  const gateway = await gatewayThat(() => ({ status: 200, body: 'ok' }));
  const carrier = smsCarrier({ url: gateway.url, token: undefined, from: 'Sportello' });
  await expect(carrier.send(aMessage({ to: '+393331234567' }))).rejects.toThrow('unknown form');
});

/** As App IO answers, for one person who may be written to and one who may not. */
function appIo(request: ReceivedRequest): Answer {
  if (request.headers['ocp-apim-subscription-key'] !== 'a-subscription-key') return { status: 401 };
  const body = request.body as { fiscal_code?: string; content?: Record<string, string> };
  if (request.path === '/api/v1/profiles') {
    if (body.fiscal_code === 'VRDLGI80A01H501X') return { status: 404 };
    return { status: 200, body: { sender_allowed: body.fiscal_code === TAX_CODE } };
  }
  if (request.path === '/api/v1/messages') {
    const { subject = '', markdown = '' } = body.content ?? {};
    const fits =
      subject.length >= 10 &&
      subject.length <= 120 &&
      markdown.length >= 80 &&
      markdown.length <= 10_000;
    return fits ? { status: 201, body: { id: '01HX' } } : { status: 400 };
  }
  if (request.path === `/api/v1/messages/${TAX_CODE}/01HX`)
    return { status: 200, body: { message: { id: '01HX' }, status: 'PROCESSED' } };
  return { status: 404 };
}

const accountAt = (url: string, taxCode: string | undefined) => ({
  url,
  key: 'a-subscription-key',
  taxCodeOf: async (id: string) => (id === PERSON ? taxCode : undefined),
});

test('App IO gets a message it can take, with the day of the appointment', async () => {
  const gateway = await gatewayThat(appIo);
  const carrier = appIoCarrier(accountAt(gateway.url, TAX_CODE));
  expect(await carrier.send(aMessage({ to: PERSON }))).toEqual({ providerId: '01HX' });
  expect(gateway.received[1]?.body).toMatchObject({
    fiscal_code: TAX_CODE,
    content: { due_date: '2027-03-08T08:30:00.000Z' },
  });
});

test('short and long letters are brought to the lengths App IO takes', async () => {
  const gateway = await gatewayThat(appIo);
  const carrier = appIoCarrier(accountAt(gateway.url, TAX_CODE));
  await carrier.send(aMessage({ to: PERSON, subject: 'Ciao', markdown: 'Ciao' }));
  await carrier.send(
    aMessage({ to: PERSON, subject: 'a'.repeat(500), markdown: 'a'.repeat(20_000) }),
  );
  expect(gateway.received).toHaveLength(4);
});

test('a person who is not on App IO, or wants nothing of ours, is not written to', async () => {
  const gateway = await gatewayThat(appIo);
  for (const taxCode of ['VRDLGI80A01H501X', 'BNCLGU80A01H501K', undefined]) {
    const carrier = appIoCarrier(accountAt(gateway.url, taxCode));
    await expect(carrier.send(aMessage({ to: PERSON }))).rejects.toThrow(Undeliverable);
  }
  expect(gateway.received.map(({ path }) => path)).toEqual([
    '/api/v1/profiles',
    '/api/v1/profiles',
  ]);
});

test('App IO tells what became of a message', async () => {
  const gateway = await gatewayThat(appIo);
  const account = accountAt(gateway.url, TAX_CODE);
  expect(await appIoStatus(account, { personId: PERSON, providerId: '01HX' })).toBe('delivered');
});

test('certified mail goes through a gateway with its attachments', async () => {
  const gateway = await gatewayThat(() => ({ status: 202, body: { id: 'pec-1' } }));
  const carrier = pecGateway({
    url: gateway.url,
    token: 'a-token',
    from: 'Cpi Palermo <cpi@pec.example.org>',
  });
  expect(await carrier.send(aMessage({ to: 'rosa@pec.example.org' }))).toEqual({
    providerId: 'pec-1',
  });
  expect(gateway.received[0]?.body).toMatchObject({
    to: 'rosa@pec.example.org',
    from: 'cpi@pec.example.org',
    attachments: [
      { name: 'appuntamento.ics', media_type: expect.stringContaining('text/calendar') },
    ],
    reference: aMessage().id,
  });
});

test('what leaves the machine is encrypted', () => {
  const withSms = (SMS_URL: string) => parseConfig({ SMS_URL });
  expect(withSms('https://user:secret@sms.example.org/send').smsUrl).toBeDefined();
  expect(withSms('http://127.0.0.1:4120/send').smsUrl).toBeDefined();
  for (const url of ['http://sms.example.org', 'http://127.0.0.1.example.org', 'ftp://localhost'])
    expect(() => withSms(url)).toThrow('SMS_URL');
});
