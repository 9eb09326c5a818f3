import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { judgeReply, readReply } from '../../src/booking/rules/reply.ts';
import { sendDue } from '../../src/notices/actions/send-due.ts';
import { smsCarrier } from '../../src/notices/carriers/sms.ts';
import { systemCall } from '../../src/platform/call.ts';
import { rows } from '../../src/platform/database.ts';
import { as, json, TEST_NOW, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { DELIVERY_SECRET, signedReport } from '../support/signed-report.ts';

const NUMBER = '+393331234567';
let services: TestServices;
let app: ReturnType<typeof testApp>;
let gateway: Gateway;
let officeId: string;
let operatorId: string;
let serviceIds: readonly string[];

beforeAll(async () => {
  gateway = await startGateway(() => ({ status: 201, body: { id: 'sms-1' } }));
  services = await testServices({
    environment: { SMS_URL: gateway.url, SMS_FROM: '+393399990000', DELIVERY_KEY: DELIVERY_SECRET },
  });
  app = testApp(services);
  officeId = await anOffice(services, { phone: '091 6100000' });
  operatorId = await anOperator(services, officeId);
  await weekdayMornings(services, officeId);
  serviceIds = [await aService(services), await aService(services)];
});
afterAll(async () => {
  await gateway.close();
  await services.close();
});
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, free_time, inbound_message, audit_event cascade`,
  );
  await rebuildFreeTime(systemCall(services, 'test'), { days: 30 });
});

let messages = 0;
async function write(text: string, from = '0039 333 1234567', id = `in-${++messages}`) {
  const body = { message_id: id, from, text, received_at: '2027-03-04T09:00:00+01:00' };
  const answer = await app.request(
    '/v1/inbound-messages',
    signedReport(body, services.clock.now()),
  );
  expect(answer.status).toBe(200);
}
/** Sends what is due through the gateway; what went to a number, oldest first. */
async function sent(to = NUMBER): Promise<string[]> {
  const before = gateway.received.length;
  const carrier = smsCarrier({ url: gateway.url, token: undefined, from: '+393399990000' });
  await sendDue(systemCall(services, 'test'), { sms: carrier });
  return gateway.received
    .slice(before)
    .map(({ body }) => body as { to: string; text: string })
    .filter((one) => one.to === to)
    .map(({ text }) => text);
}
const desk = () => as(services, { kind: 'operator', operatorId, officeIds: [officeId] });
/** Booked at the desk for somebody who left this number alone, and told so by text message. */
async function booked(start = '2027-03-09T09:00:00+01:00', service = 0, name = 'Rosa') {
  const order = {
    service_id: serviceIds[service],
    office_id: officeId,
    starts_at: start,
    person: { given_name: name, family_name: 'Rossi', phone: '333 1234567' },
  };
  const response = await app.request('/v1/appointments', json('POST', order, await desk()));
  expect(response.status).toBe(201);
  await sent();
  return (await response.json()) as { id: string; code: string };
}
const stateOf = async (id: string) =>
  (
    await rows<{ state: string }>(
      services.database,
      sql`select state from appointment where id = ${id}::uuid`,
    )
  )[0]?.state;

describe('what a reply says', () => {
  it('is a word alone or with a code, however both are spelt', () => {
    expect(readReply(' annulla. ')).toEqual({ word: 'cancel', code: undefined, locale: 'it' });
    expect(readReply('Annulla k7m2q-9xw4t')).toMatchObject({ word: 'cancel', code: 'K7M2Q9XW4T' });
    expect(readReply('CANCEL K7M2Q 9XW4T')).toMatchObject({ word: 'cancel', locale: 'en' });
    expect(readReply('Confermo!')).toMatchObject({ word: 'confirm' });
    for (const text of ['', 'non annullare', 'annulla solo lunedì', 'ANNULLA K7M2Q', 'ok'])
      expect(readReply(text).word).toBeUndefined();
  });

  it('never cancels unless one appointment alone can be meant', () => {
    const now = Date.parse('2027-03-04T08:00:00Z');
    const one = fc.record({
      code: fc.constantFrom('AAAAAAAAAA', 'BBBBBBBBBB', 'CCCCCCCCCC'),
      state: fc.constantFrom('confirmed', 'displaced', 'cancelled', 'seen', 'revoked'),
      startsAt: fc.integer({ min: -3, max: 3 }).map((days) => now + days * 86_400_000 + 1),
      origin: fc.constantFrom('web', 'convocation'),
    });
    const several = fc.uniqueArray(one, { selector: ({ code }) => code });
    const code = fc.constantFrom(undefined, 'AAAAAAAAAA', 'DDDDDDDDDD');
    fc.assert(
      fc.property(several, code, (told, named) => {
        const typed = told as Parameters<typeof judgeReply>[1];
        const { answer, about } = judgeReply(
          { word: 'cancel', code: named, locale: 'it' },
          typed,
          now,
        );
        if (answer !== 'cancelled') return;
        const open = typed.filter(
          ({ state, startsAt }) =>
            state === 'displaced' || (state === 'confirmed' && startsAt > now),
        );
        expect(named === undefined ? open : typed.filter((a) => a.code === named)).toEqual([about]);
        expect(about?.origin === 'convocation' && about.state === 'confirmed').toBe(false);
      }),
    );
  });
});

describe('answering a text message', () => {
  it('is offered by the reminder, and cancels the only appointment of that number', async () => {
    const { id } = await booked();
    services.setNow('2027-03-08T09:30:00+01:00');
    const [reminder] = await sent();
    expect(reminder).toContain('Per annullare rispondi ANNULLA.');
    await write('Annulla');
    expect(await stateOf(id)).toBe('cancelled');
    expect(await sent()).toEqual([expect.stringMatching(/^Annullato: /)]);
    await write('ANNULLA');
    expect(await sent()).toEqual([expect.stringMatching(/^Nessun appuntamento in programma/)]);
  });

  it('asks which of several is meant, and takes its code', async () => {
    const [first, second] = [await booked(), await booked('2027-03-10T09:00:00+01:00', 1)];
    await write('ANNULLA');
    expect(await sent()).toEqual([expect.stringContaining('Hai più appuntamenti')]);
    await write(`annulla ${second.code.slice(0, 5)}-${second.code.slice(5)}`.toLowerCase());
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(['confirmed', 'cancelled']);
  });

  it('does the same once, however often the gateway hands it on', async () => {
    const { id } = await booked();
    await write('CONFERMO', NUMBER, 'again');
    expect(await sent()).toEqual([expect.stringContaining('Grazie, ti aspettiamo')]);
    await write('ANNULLA', NUMBER, 'again');
    expect([await sent(), await stateOf(id)]).toEqual([[], 'confirmed']);
  });

  it('is no use from another number, which hears nothing', async () => {
    const { id, code } = await booked();
    await write(`ANNULLA ${code}`, '+39 333 7654321');
    expect([await sent('+393337654321'), await stateOf(id)]).toEqual([[], 'confirmed']);
  });

  it('does not cancel a date that the office imposed, and tells how to ask for another', async () => {
    const { id } = await booked();
    await services.database.execute(
      sql`update appointment set origin = 'convocation' where id = ${id}::uuid`,
    );
    await write('ANNULLA');
    expect(await stateOf(id)).toBe('confirmed');
    const [answer] = await sent();
    expect(answer).toContain('fissata dall');
    expect(answer).toContain('091 6100000');
  });

  it('says that it understood nothing, five times a day at most', async () => {
    await booked();
    for (let n = 0; n < 7; n++) await write('grazie mille');
    const answers = await sent();
    expect(answers).toHaveLength(5);
    expect(answers[0]).toContain('ANNULLA e CONFERMO');
  });

  it('is taken from the gateway alone', async () => {
    await booked();
    const body = { message_id: 'x', from: NUMBER, text: 'ANNULLA', received_at: TEST_NOW };
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    const forged = signedReport(body, services.clock.now(), other);
    expect((await app.request('/v1/inbound-messages', forged)).status).toBe(401);
  });
});
