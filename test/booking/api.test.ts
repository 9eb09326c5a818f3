import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { rows } from '../../src/platform/database.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import {
  anOffice,
  anOperator,
  aPerson,
  aService,
  PALERMO,
  weekdayMornings,
} from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let officeId: string;
let operatorId: string;
let serviceId: string;

const NINE = '2027-03-05T09:00:00+01:00';
const rosa = { given_name: 'Rosa', family_name: 'Rossi', email: 'Rosa@Example.org' };
const order = (change: object = {}) => ({
  service_id: serviceId,
  office_id: officeId,
  starts_at: NINE,
  person: rosa,
  ...change,
});
const post = (path: string, body: unknown, headers = {}) =>
  app.request(path, json('POST', body, headers));
const appointments = async () =>
  (await rows<{ n: number }>(services.database, sql`select count(*)::int as n from appointment`))[0]
    ?.n;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  officeId = await anOffice(services);
  operatorId = await anOperator(services, officeId);
  await weekdayMornings(services, officeId);
  serviceId = await aService(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, idempotency_key cascade`,
  );
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 100 });
});

async function book(change: object = {}, headers = {}) {
  const response = await post('/v1/appointments', order(change), headers);
  return {
    response,
    body: (await response.json()) as Record<string, unknown> & { id: string; code: string },
  };
}

describe('booking through the API', () => {
  it('answers 201 with the appointment, its address and its version', async () => {
    const { response, body } = await book();
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(
      `http://localhost:3000/v1/appointments/${body.id}`,
    );
    expect(response.headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({
      state: 'confirmed',
      starts_at: '2027-03-05T08:00:00.000Z',
      ends_at: '2027-03-05T08:30:00.000Z',
    });
  });

  it('gives the same answer to a repetition with the same Idempotency-Key', async () => {
    const key = { 'Idempotency-Key': 'a-key-of-ours' };
    const first = await book({}, key);
    const second = await book({}, key);
    expect(second.response.status).toBe(201);
    expect(second.response.headers.get('idempotency-replayed')).toBe('true');
    expect(second.body).toEqual(first.body);
    expect(await appointments()).toBe(1);
    expect((await book({ starts_at: '2027-03-05T10:00:00+01:00' }, key)).response.status).toBe(422);
  });

  it('finds what it booked when the process died before keeping its answer', async () => {
    const key = { 'Idempotency-Key': 'a-key-of-a-crash' };
    const first = await book({}, key);
    await services.database.execute(
      sql`update idempotency_key set status = null, body = null, created_at = created_at - interval '1 minute'`,
    );
    const second = await book({}, key);
    expect(second.response.status).toBe(201);
    expect(second.response.headers.has('idempotency-replayed')).toBe(false);
    expect(second.body.id).toBe(first.body.id);
    expect(second.body['code']).toBe(first.body['code']);
    expect(await appointments()).toBe(1);
  });

  it('refuses a taken time with three real alternatives', async () => {
    await book();
    const { response, body } = await book({ person: { ...rosa, email: 'other@example.org' } });
    expect(response.status).toBe(409);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(body['alternatives']).toHaveLength(3);
  });

  it.each([
    ['no body', undefined, 422],
    ['a list', [], 422],
    ['an unknown field', { ends_at: NINE }, 422],
    ['a local time that spring skips', { starts_at: '2027-03-28T02:30:00' }, 422],
    ['a local time that autumn repeats', { starts_at: '2027-10-31T02:30:00' }, 422],
    ['a day that does not exist', { starts_at: '2027-02-30T09:00:00+01:00' }, 422],
    ['a name of digits', { person: { ...rosa, given_name: '1234' } }, 422],
    ['a name of 10,000 letters', { person: { ...rosa, given_name: 'a'.repeat(10_000) } }, 422],
    ['a name with a NUL', { person: { ...rosa, given_name: 'Ro\u0000sa' } }, 422],
    ['half an e-mail', { person: { ...rosa, email: 'rosa@' } }, 422],
    ['a wrong codice fiscale', { person: { ...rosa, tax_code: 'RSSMRA80A01H501X' } }, 422],
    ['a comune that does not exist', { person: { ...rosa, domicile: '999999' } }, 422],
    ['no e-mail', { person: { given_name: 'Rosa', family_name: 'Rossi' } }, 422],
    ['a service that does not exist', { service_id: '01890a5d-ac96-774b-bcce-b302099a8057' }, 404],
    ['an office that is no UUID', { office_id: 'x' }, 422],
    ['a time far in the future', { starts_at: '9999-12-31T23:00:00Z' }, 422],
    ['a time before time', { starts_at: '0001-01-01T00:00:00Z' }, 422],
  ])('refuses %s and writes nothing', async (_, change, status) => {
    const body = change === undefined ? undefined : Array.isArray(change) ? change : order(change);
    const response = await post('/v1/appointments', body);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as { status: number; type: string };
    expect(response.status, JSON.stringify(problem)).toBe(body === undefined ? 400 : status);
    expect(problem.type).toMatch(/^http:\/\/localhost:3000\/problems\//);
    expect(await appointments()).toBe(0);
  });

  it('reads a time without an offset on the wall clock of Rome', async () => {
    const { response, body } = await book({ starts_at: '2027-03-05T09:00:00' });
    expect(response.status).toBe(201);
    expect(body).toMatchObject({ starts_at: '2027-03-05T08:00:00.000Z' });
  });

  it('keeps a start, confirms it, and says what became of it', async () => {
    const kept = await post('/v1/holds', {
      service_id: serviceId,
      office_id: officeId,
      starts_at: NINE,
    });
    expect(kept.status).toBe(201);
    const hold = (await kept.json()) as { id: string; token: string; expires_at: string };
    expect(Date.parse(hold.expires_at) - services.clock.now()).toBe(10 * 60_000);
    expect((await book()).response.status).toBe(409);
    const confirm = (token = hold.token) =>
      post(`/v1/holds/${hold.id}/confirmation`, { token, person: rosa });
    expect((await confirm('0'.repeat(32))).status).toBe(404);
    const booked = await confirm();
    expect(booked.status).toBe(201);
    expect(await booked.json()).toMatchObject({ id: hold.id, state: 'confirmed' });
    expect((await confirm()).status).toBe(412);
  });

  it('books a visit of two, and tells when two follow each other', async () => {
    const found = await app.request(
      `/v1/offices/${officeId}/visit-starts?service_ids=${serviceId},${serviceId}&from=2027-03-05&to=2027-03-05`,
    );
    const { items } = (await found.json()) as { items: { starts: string[] }[] };
    expect(items[0]?.starts).toEqual(['2027-03-05T08:00:00.000Z', '2027-03-05T08:30:00.000Z']);
    const booked = await post('/v1/visits', {
      office_id: officeId,
      parts: items[0]!.starts.map((starts_at, index) => ({
        service_id: serviceId,
        starts_at,
        person: { ...rosa, given_name: ['Ada', 'Leo'][index] },
      })),
    });
    expect(booked.status).toBe(201);
    expect(await appointments()).toBe(2);
    const many = await app.request(
      `/v1/offices/${officeId}/visit-starts?service_ids=${Array(26).fill(serviceId)}&from=2027-03-05&to=2027-03-05`,
    );
    expect(many.status).toBe(400);
  });

  it('takes a signed-in jobseeker at their word about nothing but contacts', async () => {
    const personId = await aPerson(services);
    const { response, body } = await book(
      { person: undefined },
      await as(services, { kind: 'jobseeker', personId }),
    );
    expect(response.status).toBe(201);
    expect(body['person']).toMatchObject({ id: personId, given_name: 'Rosa' });
  });

  it('lets an operator book at the desk of their office only', async () => {
    const here = await as(services, { kind: 'operator', operatorId, officeIds: [officeId] });
    const elsewhere = await as(services, { kind: 'operator', operatorId, officeIds: [] });
    const person = { given_name: 'Rosa', family_name: 'Rossi', phone: '091 123456' };
    expect((await book({ person }, elsewhere)).response.status).toBe(403);
    expect((await book({ person }, here)).response.status).toBe(201);
  });

  it('is not for planners', async () => {
    const planner = await as(services, { kind: 'planner', userId: 'p' });
    expect((await book({}, planner)).response.status).toBe(403);
  });
});

describe('searching through the API', () => {
  it('finds the earliest start around a comune', async () => {
    const response = await app.request(
      `/v1/earliest-starts?service_id=${serviceId}&comune=${PALERMO}&within_km=30`,
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      items: [{ office: { id: officeId }, starts_at: '2027-03-04T08:00:00.000Z' }],
      offices_searched: 1,
    });
  });

  it('lists the free starts of an office', async () => {
    const response = await app.request(
      `/v1/offices/${officeId}/starts?service_id=${serviceId}&from=2027-03-05&to=2027-03-07`,
    );
    const body = (await response.json()) as { items: unknown[]; next_starts_at: string };
    expect(response.status).toBe(200);
    expect(body.items.length).toBeGreaterThan(7);
    expect(body.next_starts_at).toBe('2027-03-08T08:00:00.000Z');
  });

  it.each([
    '',
    '?service_id=x',
    '?service_id=$S&within_km=10',
    '?service_id=$S&latitude=38',
    '?service_id=$S&latitude=91&longitude=0',
    '?service_id=$S&limit=0',
    '?service_id=$S&limit=1e9',
    '?service_id=$S&office_ids=1;drop',
    '?service_id=$S&other=1',
  ])('refuses the query «%s» with 400', async (query) => {
    const response = await app.request(`/v1/earliest-starts${query.replace('$S', serviceId)}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    ['a month that ends before it begins', 'from=2027-03-05&to=2027-03-01'],
    ['three months', 'from=2027-03-05&to=2027-06-05'],
    ['a day that does not exist', 'from=2027-02-30&to=2027-03-05'],
  ])('refuses %s', async (_, query) => {
    const response = await app.request(
      `/v1/offices/${officeId}/starts?service_id=${serviceId}&${query}`,
    );
    expect(response.status).toBe(400);
  });
});

describe('an appointment through the API', () => {
  it('opens by code and e-mail, for its person and for its office, for nobody else', async () => {
    const { body } = await book();
    const found = await post('/v1/appointment-lookups', {
      code: body.code,
      email: 'rosa@example.org',
    });
    expect(found.status).toBe(200);
    expect(
      (await post('/v1/appointment-lookups', { code: body.code, email: 'x@example.org' })).status,
    ).toBe(404);

    const path = `/v1/appointments/${body.id}`;
    expect((await app.request(path)).status).toBe(401);
    const stranger = await aPerson(services);
    expect(
      (
        await app.request(path, {
          headers: await as(services, { kind: 'jobseeker', personId: stranger }),
        })
      ).status,
    ).toBe(404);
    const desk = await as(services, { kind: 'operator', operatorId, officeIds: [officeId] });
    expect((await app.request(path, { headers: desk })).status).toBe(200);
    const calendar = await app.request(`${path}/calendar`, { headers: desk });
    expect(calendar.headers.get('content-type')).toContain('text/calendar');
    expect(await calendar.text()).toContain('DTSTART;TZID=Europe/Rome:20270305T090000');
    const agenda = await app.request(
      `/v1/appointments?office_id=${officeId}&from=2027-03-05&to=2027-03-05`,
      { headers: desk },
    );
    expect(await agenda.json()).toMatchObject({ items: [{ id: body.id }] });
  });

  it('of somebody who left a telephone number alone opens by it, on the page too', async () => {
    const desk = await as(services, { kind: 'operator', operatorId, officeIds: [officeId] });
    const { body } = await book(
      { person: { ...rosa, email: undefined, phone: '091 610.0000' } },
      desk,
    );
    const lookUp = (contact: object) =>
      post('/v1/appointment-lookups', { code: body.code, ...contact });
    for (const phone of ['+39 091 6100000', '0039-091-610-0000', '0916100000'])
      expect((await lookUp({ phone })).status).toBe(200);
    const wrong = [lookUp({ phone: '091 6100001' }), lookUp({ email: 'rosa@example.org' })];
    const answers = await Promise.all(
      (await Promise.all(wrong)).map(async (response) => [response.status, await response.text()]),
    );
    expect(answers[0]![0]).toBe(404);
    expect(String(answers[0]![1]).replace(/[0-9a-f-]{36}/g, '')).toBe(
      String(answers[1]![1]).replace(/[0-9a-f-]{36}/g, ''),
    );
    expect((await lookUp({})).status).toBe(422);
    expect((await lookUp({ phone: '0916100000', email: 'rosa@example.org' })).status).toBe(422);

    const form = { codice: body.code, contatto: '091/6100000' };
    const opened = await app.request('/appuntamento', {
      method: 'POST',
      headers: { Origin: 'http://localhost:3000' },
      body: new URLSearchParams(form),
    });
    expect(opened.status).toBe(303);
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    const mine = await app.request('/appuntamento', { headers: { Cookie: cookie } });
    expect(await mine.text()).toContain('/appuntamento/annulla');

    const pass = { code: body.code, phone: '091.6100000' };
    const cancelled = await post(`/v1/appointments/${body.id}/cancellation`, { pass });
    expect(await cancelled.json()).toMatchObject({ state: 'cancelled' });
  });

  it('is cancelled with the pass, and stays cancelled', async () => {
    const { body } = await book();
    const path = `/v1/appointments/${body.id}/cancellation`;
    expect((await post(path, {})).status).toBe(404);
    const pass = { code: body.code, email: 'rosa@example.org' };
    for (const _ of [1, 2]) {
      const response = await post(path, { pass, reason: 'Lavoro' });
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ state: 'cancelled', late_cancellation: false });
    }
    services.setNow('2027-03-05T08:00:00+01:00');
    expect((await book({ starts_at: '2027-03-05T09:30:00+01:00' })).response.status).toBe(201);
    services.setNow('2027-03-04T09:00:00+01:00');
  });

  it('is not found under an id that is none', async () => {
    const desk = await as(services, { kind: 'administrator', userId: 'a' });
    expect((await app.request('/v1/appointments/x', { headers: desk })).status).toBe(400);
    expect(
      (
        await app.request('/v1/appointments/01890a5d-ac96-774b-bcce-b302099a8057', {
          headers: desk,
        })
      ).status,
    ).toBe(404);
  });
});
