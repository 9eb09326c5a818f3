import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { minutely } from '../../src/minutely.ts';
import { opening } from '../../src/network/table.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { DAY, MINUTE } from '../../src/platform/clock.ts';
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

/** A Monday. */
const NINE = Date.parse('2027-03-08T09:00:00+01:00');
const WEEK = 7 * DAY;

let services: TestServices;
let app: ReturnType<typeof testApp>;
let admin: Record<string, string>;
let office: string;
let elsewhere: string;
let ada: string;
let service: string;
let visitors = 0;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  admin = await as(services, { kind: 'administrator', userId: services.ids() });
}, 60_000);
afterAll(() => services?.close());
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await services.database.execute(
    sql`truncate office, service, person, appointment, outbox, audit_event, disruption, closure cascade`,
  );
  office = await anOffice(services, { code: 'pa-uno', name: 'Cpi Uno' });
  elsewhere = await anOffice(services, { code: 'pa-due', name: 'Cpi Due', latitude: 38.12 });
  ada = await anOperator(services, office, { givenName: 'Ada' });
  await weekdayMornings(services, office);
  service = await aService(services);
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 40 });
});

const book = (start: number, officeId = office) =>
  bookAppointment(callAs(services, ANONYMOUS), {
    serviceId: service,
    officeId,
    start,
    person: {
      givenName: 'Rosa',
      familyName: `Rossi${visitors}`,
      email: `rosa${visitors++}@example.org`,
      phone: undefined,
      taxCode: undefined,
      domicile: undefined,
    },
  });
const standing = async (id: string) => {
  const [found] = await rows<{ state: string; start: number; operator: string; office: string }>(
    services.database,
    sql`select state, (extract(epoch from starts_at) * 1000)::float8 as start,
      operator_id as operator, office_id as office from appointment where id = ${id}::uuid`,
  );
  return found!;
};
const told = async (id: string) =>
  (
    await rows<{ kind: string }>(
      services.database,
      sql`select kind from outbox where subject_id = ${id} and state = 'waiting'
        and kind not in ('appointment-confirmed', 'appointment-reminder') order by id`,
    )
  ).map(({ kind }) => kind);
const seriesOf = async (weekday: number) =>
  await rows<{ id: string; valid_from: string; valid_to: string | null }>(
    services.database,
    sql`select id, valid_from::text, valid_to::text from opening
        where office_id = ${office}::uuid and weekday = ${weekday} order by valid_from`,
  );
const send = (path: string, fields: Record<string, string>) =>
  app.request(path, {
    method: 'POST',
    headers: {
      ...admin,
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: 'http://localhost:3000',
      'Accept-Language': 'it',
    },
    body: new URLSearchParams(fields),
  });
const request = async (method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown) => {
  const answer = await app.request(path, json(method, body, admin));
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
};
const tokenIn = (html: string) => html.match(/name="anteprima" value="([^"]+)"/)?.[1] ?? '';

it('a dropped day is saved only once it is seen and decided whom it hits', async () => {
  const { id } = await book(NINE);
  const [monday] = await seriesOf(1);
  const path = '/uffici/pa-uno/orari/giorno';
  const drop = { series_id: monday!.id, day: '2027-03-08', what: 'drop' };
  const seen = await send(path, drop);
  expect(seen.status).toBe(200);
  const html = await seen.text();
  expect(html).toContain('Rosa Rossi');
  expect(html).toContain('Salva gli orari e avvisa tutti');
  expect(await standing(id)).toMatchObject({ state: 'confirmed', start: NINE });
  expect(await rows(services.database, sql`select 1 from opening_exception`)).toEqual([]);

  const decided = { ...drop, anteprima: tokenIn(html), motivo: '' };
  expect((await send(path, decided)).status).toBe(422);
  expect((await send(path, { ...decided, motivo: 'corso', anteprima: 'vecchia' })).status).toBe(
    409,
  );
  const done = await send(path, { ...decided, motivo: 'corso' });
  expect(done.status).toBe(303);
  expect(done.headers.get('Location')).toMatch(/^\/operatore\/chiusure\//);
  const after = await standing(id);
  expect(after.state).toBe('confirmed');
  expect(after.start).not.toBe(NINE);
  expect(await told(id)).toEqual(['appointment-moved']);
  // What hits nobody is saved at once.
  expect((await send(path, { ...drop, day: '2027-03-15' })).status).toBe(303);
});

it('another system is told how many appointments are in the way, and says what becomes of them', async () => {
  const one = await book(NINE);
  const two = await book(NINE + WEEK);
  const [monday] = await seriesOf(1);
  const path = `/v1/opening-series/${monday!.id}`;
  const shorter = { starts: '10:00' };
  const refused = await request('PATCH', path, shorter);
  expect(refused).toMatchObject({ status: 409, body: { appointments: 2 } });
  expect(await seriesOf(1)).toHaveLength(1);
  const before = await rows(
    services.database,
    sql`select starts::text from opening where weekday = 1`,
  );
  expect(before).toEqual([{ starts: '09:00:00' }]);

  expect((await request('PATCH', `${path}?appointments=keep`, shorter)).status).toBe(200);
  expect(await standing(one.id)).toMatchObject({ state: 'confirmed', start: NINE });
  const strays = await app.request('/operatore/chiusure?ufficio=pa-uno', {
    headers: { ...admin, 'Accept-Language': 'it' },
  });
  expect(await strays.text()).toContain('2 appuntamenti fuori dagli orari');
  // Who is outside the hours already is not hit again.
  expect((await request('PATCH', path, { starts: '10:30' })).status).toBe(200);
  expect((await request('PATCH', path, { starts: '09:00' })).status).toBe(200);
  const end = await request('PATCH', `${path}?appointments=reseat`, { valid_to: '2027-03-14' });
  expect(end.status).toBe(200);
  expect((await standing(one.id)).start).toBe(NINE);
  expect((await standing(two.id)).start).not.toBe(NINE + WEEK);
  expect(await told(two.id)).toEqual(['appointment-moved']);
});

it('a series changed from a day on keeps its turn and the days that differ', async () => {
  const id = services.ids();
  await services.database.insert(opening).values({
    id,
    officeId: office,
    weekday: 6,
    starts: '09:00',
    ends: '12:00',
    validFrom: '2027-01-02',
    recurrence: 'weeks',
    nth: 2,
    kind: 'extra',
  });
  const path = `/v1/opening-series/${id}`;
  for (const day of ['2027-03-13', '2027-04-10'])
    expect((await request('PUT', `${path}/exceptions/${day}`, {})).status).toBe(204);
  const next = await request('POST', `${path}/successors`, {
    from_day: '2027-04-01',
    starts: '08:00',
  });
  expect(next.status).toBe(201);
  expect(next.body).toMatchObject({
    starts: '08:00',
    ends: '12:00',
    recurrence: 'weeks',
    nth: 2,
    exceptions: [{ day: '2027-04-10' }],
  });
  const hours = await (await app.request(`/v1/offices/${office}/hours`, { headers: admin })).json();
  const saturdays = hours.series.filter((one: { weekday: number }) => one.weekday === 6);
  expect(saturdays.map((one: { valid_to?: string }) => one.valid_to).sort()).toEqual([
    '2027-03-31',
    undefined,
  ]);
  const over = await request('POST', `${path}/successors`, {
    from_day: '2027-06-01',
    ends: '11:00',
  });
  expect(over.status).toBe(422);
});

it('an operator moves to another office, and people stay or go along as is decided', async () => {
  const bea = await anOperator(services, office, { givenName: 'Bea' });
  await weekdayMornings(services, elsewhere);
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 40 });
  const before = await book(NINE);
  const away = before.operatorId === ada ? bea : ada;
  const [one, two] = [await book(NINE + WEEK), await book(NINE + WEEK + 30 * MINUTE)];
  await rows(
    services.database,
    sql`update occupied set resource_id = ${away}::uuid
    where appointment_id in (${one.id}::uuid, ${two.id}::uuid)`,
  );
  await rows(
    services.database,
    sql`update appointment set operator_id = ${away}::uuid
    where id in (${one.id}::uuid, ${two.id}::uuid)`,
  );
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 40 });

  const member = `/uffici/pa-uno/mezzi/operatori/${away}`;
  const fields = { to_office_id: elsewhere, from_day: '2027-03-15', own_hours: 'office' };
  const seen = await send(`${member}/trasferimento`, fields);
  const html = await seen.text();
  expect(html).toContain('Segue l’operatore');
  expect(html).not.toContain('Resta com’è');
  const done = await send(`${member}/trasferimento`, {
    ...fields,
    anteprima: tokenIn(html),
    motivo: 'Passa al Cpi Due',
    [`scelta-${two.id}`]: 'follow',
  });
  expect(done.status).toBe(303);
  expect(await standing(one.id)).toMatchObject({ state: 'confirmed', office, start: NINE + WEEK });
  expect((await standing(one.id)).operator).not.toBe(away);
  expect(await told(one.id)).toEqual([]);
  expect(await standing(two.id)).toMatchObject({
    state: 'confirmed',
    office: elsewhere,
    operator: away,
    start: NINE + WEEK + 30 * MINUTE,
  });
  expect(await told(two.id)).toEqual(['appointment-moved']);

  const at = async (day: string) =>
    (
      await rows<{ office_id: string }>(
        services.database,
        sql`select office_id from free_time where operator_id = ${away}::uuid and day = ${day}::date`,
      )
    )[0]?.office_id;
  expect([await at('2027-03-12'), await at('2027-03-15')]).toEqual([office, elsewhere]);
  const ahead = await app.request(`/v1/operators/${away}/transfer`, { headers: admin });
  expect(await ahead.json()).toMatchObject({ to_office_id: elsewhere, from_day: '2027-03-15' });
  expect(
    (
      await request('PUT', `/v1/operators/${away}/transfer`, {
        to_office_id: elsewhere,
        from_day: '2027-03-20',
      })
    ).status,
  ).toBe(409);

  services.setNow('2027-03-15T00:01:00+01:00');
  await minutely(callAs(services, { kind: 'system', task: 'test' }));
  const later = await as(services, { kind: 'administrator', userId: services.ids() });
  const moved = await app.request('/uffici/pa-due/mezzi', { headers: later });
  expect(await moved.text()).toContain(away);
  expect(await at('2027-03-16')).toBe(elsewhere);
});

it('a move called off before its day gives the operator back to the office', async () => {
  await weekdayMornings(services, elsewhere);
  const path = `/v1/operators/${ada}/transfer`;
  const move = { to_office_id: elsewhere, from_day: '2027-03-15' };
  expect((await request('PUT', path, { ...move, to_office_id: office })).status).toBe(422);
  expect((await request('PUT', path, { ...move, from_day: '2027-03-01' })).status).toBe(422);
  expect((await request('PUT', path, move)).status).toBe(204);
  await book(NINE + WEEK, elsewhere);
  const refused = await app.request(path, { method: 'DELETE', headers: admin });
  expect(refused.status).toBe(409);
  const gone = await app.request(`${path}?appointments=reseat`, {
    method: 'DELETE',
    headers: admin,
  });
  expect(gone.status).toBe(204);
  const [free] = await rows<{ office_id: string }>(
    services.database,
    sql`select office_id from free_time where operator_id = ${ada}::uuid and day = '2027-03-15'`,
  );
  expect(free?.office_id).toBe(office);
});

it('why somebody is away stays in the office: people read that it cannot receive', async () => {
  const { id } = await book(NINE);
  const path = '/operatore/chiusure';
  const away = {
    ufficio: office,
    tipo: 'closure',
    chi: ada,
    assenza: 'illness',
    dal: '2027-03-08',
    al: '2027-03-08',
    dalle: '',
    alle: '',
    motivo: '',
  };
  const html = await (await send(`${path}/anteprima`, away)).text();
  expect(html).toContain('lunedì 8 marzo 2027, tutto il giorno');
  const done = await send(path, { ...away, anteprima: tokenIn(html), tutti: 'displace' });
  expect(done.status).toBe(303);
  expect(await standing(id)).toMatchObject({ state: 'displaced' });
  expect(await told(id)).toEqual(['appointment-displaced']);
  const [closed] = await rows<{ kind: string }>(services.database, sql`select kind from closure`);
  expect(closed?.kind).toBe('illness');
  const messages = await rows<{ facts: string }>(
    services.database,
    sql`select row_to_json(outbox)::text as facts from outbox where kind = 'appointment-displaced'`,
  );
  expect(messages[0]?.facts).toContain('non può ricevere');
  expect(messages[0]?.facts).not.toMatch(/illness|malattia/i);
  const shown = await app.request(done.headers.get('Location')!, {
    headers: { ...admin, 'Accept-Language': 'it' },
  });
  expect(await shown.text()).toContain('Malattia');
});
