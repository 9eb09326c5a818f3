import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { MINUTE, wall } from '../../src/platform/clock.ts';
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
import { anOffice, anOperator, aPerson, aService, weekdayMornings } from '../support/fixtures.ts';

/** Keeping, booking, repeating and moving, asked from outside: what other systems got wrong. */

let services: TestServices;
let app: ReturnType<typeof testApp>;
let office: string;
let other: string;
let half: string;
let talk: string;
let desk: Record<string, string>;

const DAY = '2027-03-05';
const at = (time: string) => `${DAY}T${time}:00+01:00`;
const rosa = { given_name: 'Rosa', family_name: 'Rossi', email: 'rosa@example.org' };
const ugo = { given_name: 'Ugo', family_name: 'Verdi', email: 'ugo@example.org' };

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  office = await anOffice(services);
  other = await anOffice(services);
  const operatorId = await anOperator(services, office);
  await anOperator(services, other);
  for (const one of [office, other]) await weekdayMornings(services, one);
  half = await aService(services, { gridMinutes: 15, otherDurations: [90] });
  talk = await aService(services, { gridMinutes: 15 });
  desk = await as(services, { kind: 'operator', operatorId, officeIds: [office, other] });
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, person, idempotency_key, rate_limit cascade`,
  );
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 2 });
});

async function post(path: string, body: unknown, headers = {}) {
  const answer = await app.request(path, json('POST', body, headers));
  const text = await answer.text();
  if (answer.status >= 400) {
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  }
  const read = (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
  return { status: answer.status, body: read, kind: read.type?.split('/').at(-1), answer };
}
const book = (time: string, person: object = rosa, more: object = {}, headers = {}) =>
  post(
    '/v1/appointments',
    { service_id: half, office_id: office, starts_at: at(time), person, ...more },
    headers,
  );
const hold = (time: string, more: object = {}, headers = {}) =>
  post('/v1/holds', { service_id: half, office_id: office, starts_at: at(time), ...more }, headers);
const confirm = (id: string, token: string, person: object = rosa, headers = {}) =>
  post(`/v1/holds/${id}/confirmation`, { token, person }, headers);

async function first(serviceId = half, headers = {}, officeId = office): Promise<string[]> {
  const answer = await app.request(
    `/v1/offices/${officeId}/starts?service_id=${serviceId}&from=${DAY}&to=${DAY}`,
    { headers },
  );
  const { items } = (await answer.json()) as { items: { starts_at: string }[] };
  return items.slice(0, 4).map((one) => wall(Date.parse(one.starts_at)).toFormat('HH:mm'));
}

/** Everything that a refused request must leave as it was. */
async function everything(): Promise<unknown> {
  return rows(
    services.database,
    sql`select 'a' as what, to_jsonb(a) - 'updated_at' as row from appointment a
      union all select 'o', to_jsonb(o) from occupied o
      union all select 'f', to_jsonb(f) from free_time f
      union all select 'n', to_jsonb(n) from outbox n
      union all select 'p', to_jsonb(p) from person p
      union all select 'e', to_jsonb(e) from audit_event e
      order by 1, 2`,
  );
}
const count = async (where: ReturnType<typeof sql>) =>
  (await rows<{ n: number }>(services.database, sql`select count(*)::int as n from ${where}`))[0]
    ?.n;

describe('a start that is kept', () => {
  it('is seen by whoever keeps it, hidden from others, and closed to every other service', async () => {
    const { body } = await hold('09:00');
    expect(await first()).toEqual(['09:30', '09:45', '10:00', '10:15']);
    expect(await first(half, { 'Hold-Token': body.token })).toEqual([
      '09:00',
      '09:15',
      '09:30',
      '09:45',
    ]);
    expect((await first(half, { 'Hold-Token': '0'.repeat(32) }))[0]).toBe('09:30');
    expect((await first(talk, { 'Hold-Token': body.token }))[0]).toBe('09:30');
    expect((await book('09:15', ugo, { service_id: talk })).status).toBe(409);
  });

  it('gives way to another once that is won, and stays when that is gone', async () => {
    await book('10:00', ugo);
    const kept = await hold('09:00');
    const { token } = kept.body;
    const before = await everything();
    expect((await hold('10:00', { token })).kind).toBe('slot-taken');
    expect((await hold('07:00', { token })).kind).toBe('slot-taken');
    expect((await hold('09:07', { token })).kind).toBe('slot-not-offered');
    expect(await everything()).toEqual(before);
    const nearer = await hold('09:15', { token });
    expect(nearer.status).toBe(201);
    expect(await first()).toEqual(['10:30', '10:45', '11:00', '11:15']);
    expect((await confirm(kept.body.id!, token!)).status).toBe(410);
    expect((await confirm(nearer.body.id!, token!)).status).toBe(201);
  });

  it('is one, however quickly somebody clicks: known by session, by token or by page', async () => {
    for (const _ of [1, 2, 3]) await anOperator(services, office);
    await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 2 });
    const held = () => count(sql`appointment where state = 'held'`);
    const me = await as(services, { kind: 'jobseeker', personId: await aPerson(services) });
    const clicks = await Promise.all(Array.from({ length: 5 }, () => hold('09:00', {}, me)));
    expect(new Set(clicks.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(await held()).toBe(1);
    await Promise.all(['09:00', '09:30', '10:00'].map((time) => hold(time, {}, me)));
    expect(await held()).toBe(1);

    const token = 'f'.repeat(32);
    const other = await Promise.all(Array.from({ length: 5 }, () => hold('11:00', { token })));
    expect(new Set(other.map(({ body }) => body.id)).size).toBe(1);
    expect(await held()).toBe(2);

    const codes = await rows<{ service: string; office: string }>(
      services.database,
      sql`select s.code as service, o.code as office from service s, office o
        where s.id = ${half}::uuid and o.id = ${office}::uuid`,
    );
    const choice = { servizio: codes[0]!.service, ufficio: codes[0]!.office };
    const page = await app.request(`/prenota/orario?${new URLSearchParams(choice)}&mese=2027-03`);
    const tenuta = (await page.text()).match(/name="tenuta" value="([0-9a-f]{32})"/)?.[1];
    expect(tenuta).toBeDefined();
    const form = new URLSearchParams({ ...choice, inizio: at('12:00'), tenuta: tenuta! });
    const press = () =>
      app.request('/prenota/orario', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          Origin: 'http://localhost:3000',
        },
        body: form.toString(),
      });
    const pressed = await Promise.all([press(), press(), press(), press(), press()]);
    expect(pressed.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
    expect(await held()).toBe(3);
    await services.database.execute(
      sql`update operator set active = false where office_id = ${office}::uuid
        and id <> (select min(id::text)::uuid from operator where office_id = ${office}::uuid)`,
    );
  });

  it('is confirmed once, by whoever keeps it, in time', async () => {
    const kept = await hold('09:00');
    const { id, token } = kept.body as { id: string; token: string };
    expect((await confirm(crypto.randomUUID(), token)).status).toBe(404);
    expect((await confirm(id, '0'.repeat(32))).status).toBe(404);
    services.setNow(new Date(services.clock.now() + 10 * MINUTE - 1).toISOString());
    const key = { 'Idempotency-Key': 'confirm-1' };
    const booked = await confirm(id, token, rosa, key);
    expect([booked.status, booked.body.id, booked.body.starts_at]).toEqual([
      201,
      id,
      '2027-03-05T08:00:00.000Z',
    ]);
    const again = await confirm(id, token, rosa, key);
    expect([again.status, again.body]).toEqual([201, booked.body]);
    expect((await confirm(id, token)).status).toBe(412);
    expect((await confirm(id, token, ugo)).status).toBe(412);
    expect(await count(sql`person`)).toBe(1);
  });

  it('lapses to the instant, and the time is everybody’s', async () => {
    const { body } = await hold('09:00');
    services.setNow(new Date(services.clock.now() + 10 * MINUTE).toISOString());
    expect((await confirm(body.id!, body.token!)).kind).toBe('hold-expired');
    expect((await first())[0]).toBe('09:00');
    expect((await book('09:00', ugo)).status).toBe(201);
    expect((await confirm(body.id!, body.token!)).status).toBe(410);
    expect((await post(`/v1/holds/${body.id}/release`, { token: body.token })).status).toBe(204);
    expect(await count(sql`appointment where state = 'confirmed'`)).toBe(1);
  });
});

describe('a request that is repeated', () => {
  const key = { 'Idempotency-Key': 'a-key' };

  it('gets its first answer, after the appointment was cancelled too, and books nothing anew', async () => {
    const booked = await book('09:00', rosa, {}, key);
    const pass = { code: booked.body.code, email: rosa.email };
    await post(`/v1/appointments/${booked.body.id}/cancellation`, { pass });
    const before = await everything();
    const again = await book('09:00', rosa, {}, key);
    expect([again.status, again.body]).toEqual([201, booked.body]);
    expect(again.answer.headers.get('idempotency-replayed')).toBe('true');
    expect(await everything()).toEqual(before);
  });

  it('with its key but another body, another path or other blanks is refused', async () => {
    await book('09:00', rosa, {}, key);
    expect((await book('10:00', rosa, {}, key)).status).toBe(422);
    expect((await hold('10:00', {}, key)).kind).toBe('idempotency-key-reused');
    expect(await count(sql`appointment`)).toBe(1);
  });

  it('by somebody else with the same key is their own', async () => {
    const [anna, bruno] = [
      await as(services, { kind: 'jobseeker', personId: await aPerson(services) }),
      await as(services, { kind: 'jobseeker', personId: await aPerson(services) }),
    ];
    const mine = await book('09:00', undefined as never, {}, { ...anna, ...key });
    const theirs = await book('09:00', undefined as never, {}, { ...bruno, ...key });
    expect([mine.status, theirs.status]).toEqual([201, 409]);
    expect(theirs.kind).toBe('slot-taken');
  });

  it('of a refusal is the refusal, even when the time has come free since', async () => {
    const taken = await book('09:00', ugo);
    expect((await book('09:00', rosa, {}, key)).status).toBe(409);
    await post(`/v1/appointments/${taken.body.id}/cancellation`, {}, desk);
    expect((await book('09:00', rosa, {}, key)).status).toBe(409);
    expect((await book('09:00', rosa, {}, { 'Idempotency-Key': 'another' })).status).toBe(201);
  });

  it('without a key, five times, books one; with an id of its own it hears of that one', async () => {
    const five = await Promise.all(Array.from({ length: 5 }, () => book('09:00')));
    expect(five.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const id = crypto.randomUUID().toUpperCase();
    const once = await book('10:00', ugo, { id });
    expect(once.body.id).toBe(id.toLowerCase());
    const twice = await book('10:00', ugo, { id: id.toLowerCase() });
    expect([twice.status, twice.body.code]).toEqual([201, once.body.code]);
    expect((await book('11:00', ugo, { id })).status).toBe(409);
    const pass = { code: once.body.code, email: ugo.email };
    expect((await post(`/v1/appointments/${id}/cancellation`, { pass })).status).toBe(200);
    expect(
      await count(sql`outbox where state = 'waiting' and subject_id = ${id.toLowerCase()}`),
    ).toBe(1);
  });
});

describe('an appointment that moves', () => {
  async function booked(more: object = {}) {
    const { body } = await book('09:00', rosa, more);
    const pass = { code: body.code, email: rosa.email };
    const move = (time: string, given: object = {}, headers = {}) =>
      post(
        `/v1/appointments/${body.id}/rescheduling`,
        { starts_at: time.length === 5 ? at(time) : time, pass, ...given },
        headers,
      );
    return { id: body.id!, pass, move };
  }

  it('may overlap its own old time, keeps its length, and gives the rest back', async () => {
    const { move } = await booked({ minutes: 90 });
    const moved = await move('09:15');
    expect([moved.status, moved.body.starts_at, moved.body.ends_at]).toEqual([
      200,
      '2027-03-05T08:15:00.000Z',
      '2027-03-05T09:45:00.000Z',
    ]);
    expect(await first()).toEqual(['10:45', '11:00', '11:15', '11:30']);
    expect((await move('11:30')).status).toBe(200);
    expect((await move('11:45')).status).toBe(409);
  });

  it.each([
    ['to time taken meanwhile', '10:00', {}, {}, 409],
    ['to time taken in part', '09:45', {}, {}, 409],
    ['to time nobody is there', '07:00', {}, {}, 409],
    ['off the grid', '09:50:30', {}, {}, 422],
    ['to the past', '2027-03-03T09:00:00+01:00', {}, {}, 422],
    ['to the hour that spring skips', '2027-03-28T02:30', {}, {}, 422],
    ['to the hour that autumn has twice', '2027-10-31T02:30', {}, {}, 422],
    ['with an end of its own', '11:00', { ends_at: at('12:30') }, {}, 422],
    ['to an office that is none', '11:00', { office_id: crypto.randomUUID() }, {}, 404],
    ['without its pass', '11:00', { pass: undefined }, {}, 404],
    ['with another’s e-mail', '11:00', { pass: { code: 'AAAAAAAAAA', email: ugo.email } }, {}, 404],
    ['from a version that is over', '11:00', {}, { 'If-Match': '"7"' }, 412],
    ['from a tag never given', '11:00', {}, { 'If-Match': '"x"' }, 412],
    ['from a weak tag', '11:00', {}, { 'If-Match': 'W/"1"' }, 412],
    ['from what is no tag', '11:00', {}, { 'If-Match': '1' }, 400],
  ])('%s does not, and nothing changes', async (_, time, given, headers, status) => {
    const { move } = await booked();
    await book('10:00', ugo);
    const before = await everything();
    expect((await move(time.length === 8 ? `${DAY}T${time}` : time, given, headers)).status).toBe(
      status,
    );
    expect(await everything()).toEqual(before);
  });

  it('goes to another office and back, from the version that was seen, whatever it was', async () => {
    const { id, move } = await booked();
    const there = await move('09:00', { office_id: other }, { 'If-Match': '"1"' });
    expect([there.status, there.answer.headers.get('etag')]).toEqual([200, '"2"']);
    expect((await first())[0]).toBe('09:00');
    expect((await first(half, {}, other))[0]).toBe('09:30');
    const back = await move('09:30', { office_id: office }, { 'If-Match': '*' });
    expect(back.body).toMatchObject({ id, office: { id: office } });
    expect((await first(half, {}, other))[0]).toBe('09:00');
  });

  it('is not another’s to move, and not to be moved when it is cancelled or begun', async () => {
    const { id, pass, move } = await booked();
    const { body } = await book('10:00', ugo);
    const stranger = await as(services, { kind: 'jobseeker', personId: await aPerson(services) });
    const path = `/v1/appointments/${body.id}/rescheduling`;
    expect((await post(path, { starts_at: at('11:00'), pass })).status).toBe(404);
    expect((await post(path, { starts_at: at('11:00') }, stranger)).status).toBe(404);
    const nobodys = `/v1/appointments/${crypto.randomUUID()}/rescheduling`;
    expect((await post(nobodys, { starts_at: at('11:00'), pass })).status).toBe(404);
    services.setNow(at('09:00'));
    expect((await move('11:00')).status).toBe(409);
    services.setNow(TEST_NOW);
    const cancel = `/v1/appointments/${id}/cancellation`;
    expect((await post(cancel, { pass }, { 'If-Match': '"2"' })).status).toBe(412);
    expect((await post(cancel, { pass }, { 'If-Match': '"1"' })).status).toBe(200);
    expect((await move('11:00')).status).toBe(409);
  });
});

describe('what cannot be read or kept', () => {
  const order = () => ({
    service_id: half,
    office_id: office,
    starts_at: at('09:00'),
    person: rosa,
  });
  const nested = (open: string, close: string, depth: number) =>
    `{"person":${open.repeat(depth)}1${close.repeat(depth)}}`;

  it.each<[string, () => string, number, Record<string, string>?]>([
    [
      'half a character in a name',
      () => JSON.stringify({ ...order(), person: { ...rosa, given_name: 'Ro\ud800' } }),
      422,
    ],
    ['half a character in a note', () => JSON.stringify({ ...order(), note: 'a\udc00b' }), 422],
    ['a NUL in a note', () => JSON.stringify({ ...order(), note: 'a\0b' }), 422],
    ['a thousand million minutes', () => JSON.stringify({ ...order(), minutes: 1e9 }), 422],
    ['minutes without end', () => '{"minutes":1e999}', 422],
    ['less than no minutes', () => JSON.stringify({ ...order(), minutes: -30 }), 422],
    ['half a minute', () => JSON.stringify({ ...order(), minutes: 30.5 }), 422],
    ['minutes in words', () => JSON.stringify({ ...order(), minutes: '30' }), 422],
    ['a length that the service lacks', () => JSON.stringify({ ...order(), minutes: 45 }), 422],
    [
      'ten thousand notes',
      () => JSON.stringify({ ...order(), note: Array(10_000).fill('a') }),
      422,
    ],
    ['lists within lists', () => nested('[', ']', 100_000), 422],
    ['objects within objects', () => nested('{"a":', '}', 40_000), 422],
    ['a prototype', () => `{"__proto__":{"admin":true},"service_id":"${half}"}`, 422],
    [
      'a service named twice',
      () =>
        JSON.stringify(order())
          .replace('{', `{"service_id":"${half}",`)
          .replace(/}$/, `,"service_id":"${crypto.randomUUID()}"}`),
      404,
    ],
    [
      'the year nought',
      () => JSON.stringify({ ...order(), starts_at: '0000-02-29T00:00:00Z' }),
      422,
    ],
    [
      'the last minute of all',
      () => JSON.stringify({ ...order(), starts_at: '9999-12-31T23:59:00-23:59' }),
      422,
    ],
    ['an hour 24', () => JSON.stringify({ ...order(), starts_at: `${DAY}T24:00:00` }), 422],
    ['a leap second', () => JSON.stringify({ ...order(), starts_at: `${DAY}T23:59:60Z` }), 422],
    [
      'a thousandth too many',
      () => JSON.stringify({ ...order(), starts_at: `${DAY}T09:00:00.001+01:00` }),
      422,
    ],
    ['no JSON', () => '{"service_id":', 400],
    ['bytes that are no text', () => '\u0001\u0002', 400],
    ['a quarter of a megabyte and more', () => JSON.stringify({ note: 'a'.repeat(270_000) }), 413],
    ['another type', () => JSON.stringify(order()), 415, { 'Content-Type': 'text/plain' }],
    [
      'a list of types',
      () => JSON.stringify(order()),
      415,
      { 'Content-Type': 'application/json, text/html' },
    ],
    [
      'a problem',
      () => JSON.stringify(order()),
      415,
      { 'Content-Type': 'application/problem+json' },
    ],
    ['a key with blanks', () => JSON.stringify(order()), 400, { 'Idempotency-Key': 'a key' }],
  ])('%s is refused, and nothing is written', async (_, body, status, headers = {}) => {
    const before = await everything();
    for (const path of ['/v1/appointments', '/v1/holds', '/v1/visits']) {
      const answer = await app.request(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: body(),
      });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      if (path === '/v1/appointments') expect(answer.status).toBe(status);
      else expect([400, 413, 415, 422]).toContain(answer.status);
    }
    expect(await everything()).toEqual(before);
  });

  it.each([
    ['limit=1.5', 400],
    ['limit=101', 400],
    ['cursor=-1', 400],
    ['comune=000000', 404],
  ])('a search with %s is answered %i', async (query, status) => {
    const answer = await app.request(`/v1/earliest-starts?service_id=${half}&${query}`);
    expect(answer.status).toBe(status);
  });

  it.each([
    ['from=0000-01-01&to=0000-01-02', 400],
    ['from=2027-02-29&to=2027-03-05', 400],
    ['from=2027-03-05&to=2027-05-06', 400],
    ['from=2027-03-05&to=2027-03-05&minutes=30.5', 400],
    ['from=2027-03-05&to=2027-03-05&minutes=45', 422],
    ['from=9999-12-01&to=9999-12-31', 200],
    ['from=0001-01-01&to=0001-01-02', 200],
  ])('a list with %s is answered %i', async (query, status) => {
    const answer = await app.request(
      `/v1/offices/${office}/starts?service_id=${half.toUpperCase()}&${query}`,
    );
    expect(answer.status).toBe(status);
  });
});
