import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { as, json, TEST_NOW, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOfficeWithSessions } from './world.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let world: Awaited<ReturnType<typeof anOfficeWithSessions>>;

const post = (path: string, body: unknown, headers = {}) =>
  app.request(path, json('POST', body, headers));
const rosa = { given_name: 'Rosa', family_name: 'Rossi', email: 'rosa@example.org' };
const desk = () =>
  as(services, { kind: 'operator', operatorId: world.operatorId, officeIds: [world.officeId] });
const plan = (change: object = {}) => ({
  office_id: world.officeId,
  title: { it: 'Curriculum', en: 'CV' },
  description: { it: 'Due ore.', en: 'Two hours.' },
  what_to_bring: { it: ['Penna'], en: ['A pen'] },
  room: 'Sala 1',
  starts_at: '2027-03-09T10:00:00+01:00',
  ends_at: '2027-03-09T12:00:00+01:00',
  registration_opens_at: '2027-03-01T00:00:00+01:00',
  registration_closes_at: '2027-03-09T09:00:00+01:00',
  seats: 2,
  leader_ids: [],
  published: true,
  ...change,
});

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  world = await anOfficeWithSessions(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.execute(sql`truncate group_session, closure, outbox cascade`);
  services.setNow(TEST_NOW);
});

async function planned(change: object = {}) {
  const made = await post('/v1/group-sessions', plan(change), await desk());
  expect(made.status).toBe(201);
  return ((await made.json()) as { items: { id: string }[] }).items[0]!;
}

describe('sessions through the API', () => {
  it('are planned by the staff, seen by everybody, changed and cancelled', async () => {
    const { id } = await planned({ leader_ids: [world.operatorId] });
    const list = await app.request('/v1/group-sessions?from=2027-03-01&to=2027-03-31');
    expect(await list.json()).toMatchObject({
      items: [{ id, seats: 2, seats_taken: 0, leaders: [{ id: world.operatorId }] }],
    });
    const { office_id: _, ...change } = plan({ seats: 3 });
    const path = `/v1/group-sessions/${id}`;
    const changed = await app.request(path, json('PUT', change, await desk()));
    expect(await changed.json()).toMatchObject({ seats: 3 });
    const cancelled = await post(`${path}/cancellation`, { reason: 'Sciopero' }, await desk());
    expect(await cancelled.json()).toMatchObject({ state: 'cancelled', cancel_reason: 'Sciopero' });
    expect(await (await app.request(path)).json()).toMatchObject({ state: 'cancelled' });
  });

  it.each([
    ['ends before it starts', { ends_at: '2027-03-09T09:00:00+01:00' }],
    ['lasts two days', { ends_at: '2027-03-11T09:00:00+01:00' }],
    [
      'closes registration after the start',
      { registration_closes_at: '2027-03-09T11:00:00+01:00' },
    ],
    ['has no seat', { seats: 0 }],
    ['opens before our era', { registration_opens_at: '0000-01-01T00:00:00+23:59' }],
    ['is held in half a character', { room: 'Sala \ud800' }],
    [
      'is in the past',
      {
        starts_at: '2027-03-01T10:00:00+01:00',
        registration_closes_at: '2027-03-01T09:00:00+01:00',
        ends_at: '2027-03-01T11:00:00+01:00',
      },
    ],
    ['is led by somebody of elsewhere', { leader_ids: ['01890a5d-ac96-774b-bcce-b302099a8057'] }],
  ])('are refused when the session %s', async (_, change) => {
    const response = await post('/v1/group-sessions', plan(change), await desk());
    expect(response.status).toBe(422);
  });

  it('are not planned by others', async () => {
    expect((await post('/v1/group-sessions', plan())).status).toBe(401);
    const elsewhere = await as(services, {
      kind: 'operator',
      operatorId: world.operatorId,
      officeIds: [],
    });
    expect((await post('/v1/group-sessions', plan(), elsewhere)).status).toBe(403);
  });
});

describe('registrations through the API', () => {
  it('are made, found, listed, exported and cancelled', async () => {
    const { id } = await planned();
    const path = `/v1/group-sessions/${id}/registrations`;
    const made = await post(path, { person: rosa });
    expect(made.status).toBe(201);
    const body = (await made.json()) as { id: string; code: string; seat: number };
    expect(body).toMatchObject({ state: 'registered', seat: 1 });
    expect(made.headers.get('location')).toBe(`http://localhost:3000/v1/registrations/${body.id}`);
    expect((await post(path, { person: rosa })).status).toBe(409);

    const pass = { code: body.code, email: 'rosa@example.org' };
    expect((await post('/v1/registration-lookups', pass)).status).toBe(200);
    expect((await post('/v1/registration-lookups', { ...pass, email: 'x@y.org' })).status).toBe(
      404,
    );
    const headers = await desk();
    expect((await app.request(path)).status).toBe(401);
    expect(await (await app.request(path, { headers })).json()).toMatchObject({
      items: [{ id: body.id }],
    });
    const csv = await app.request(`/v1/group-sessions/${id}/attendance-list`, { headers });
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(await csv.text()).toContain('1;Rossi;Rosa;rosa@example.org');
    const calendar = await app.request(`/v1/registrations/${body.id}/calendar`, { headers });
    expect(await calendar.text()).toContain('DTSTART;TZID=Europe/Rome:20270309T100000');

    const gone = `/v1/registrations/${body.id}/cancellation`;
    expect((await post(gone, {})).status).toBe(404);
    expect(await (await post(gone, { pass })).json()).toMatchObject({ state: 'cancelled' });
  });

  it('open by the telephone number where no e-mail was left', async () => {
    const { id } = await planned();
    const person = { ...rosa, email: undefined, phone: '0039 333 1234567' };
    const made = await post(`/v1/group-sessions/${id}/registrations`, { person }, await desk());
    const { code } = (await made.json()) as { code: string };
    const lookUp = (phone: string) => post('/v1/registration-lookups', { code, phone });
    expect((await lookUp('333.1234567')).status).toBe(200);
    expect((await lookUp('333.1234568')).status).toBe(404);
  });

  it('join the queue only when asked to', async () => {
    const { id } = await planned({ seats: 1 });
    const path = `/v1/group-sessions/${id}/registrations`;
    await post(path, { person: rosa });
    const bruno = { ...rosa, given_name: 'Bruno' };
    expect((await post(path, { person: bruno })).status).toBe(409);
    const queued = await post(path, { person: bruno, or_queue: true });
    expect(await queued.json()).toMatchObject({ state: 'waiting', waiting_before: 0 });
  });
});
