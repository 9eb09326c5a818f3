import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settleWaiting } from '../../src/waitlist/actions/settle-waiting.ts';
import { as, json, TEST_NOW, type TestServices, testApp, testServices } from '../support/app.ts';
import { aPerson, PALERMO } from '../support/fixtures.ts';
import { anOfficeWithAList, FRIDAY_NINE } from './world.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let world: Awaited<ReturnType<typeof anOfficeWithAList>>;

const post = (path: string, body: unknown, headers = {}) =>
  app.request(path, json('POST', body, headers));
const rosa = { given_name: 'Rosa', family_name: 'Rossi', email: 'rosa@example.org' };
const wish = (change: object = {}) => ({
  service_id: world.serviceId,
  where: { office_ids: [world.officeId] },
  from: '2027-03-04',
  to: '2027-04-30',
  person: rosa,
  ...change,
});
const desk = () =>
  as(services, { kind: 'operator', operatorId: world.operatorId, officeIds: [world.officeId] });

interface Entry {
  id: string;
  code: string;
  state: string;
  before?: number;
  offers: { id: string; state: string; starts_at: string }[];
}
async function join(change: object = {}, headers = {}) {
  const response = await post('/v1/waiting-entries', wish(change), headers);
  return { response, body: (await response.json()) as Entry };
}

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  world = await anOfficeWithAList(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await world.clear();
});

describe('waiting through the API', () => {
  it('opens by the telephone number where no e-mail was left', async () => {
    const phone = '+39 333 1234567';
    const { body } = await join({ person: { ...rosa, email: undefined, phone } }, await desk());
    const lookUp = (said: string) =>
      post('/v1/waiting-entry-lookups', { code: body.code, phone: said });
    expect((await lookUp('333 123 45 67')).status).toBe(200);
    expect((await lookUp('333 123 45 68')).status).toBe(404);
  });

  it('joins, is offered the freed time, takes it', async () => {
    const booked = await world.book('Sara');
    const { response, body } = await join();
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(
      `http://localhost:3000/v1/waiting-entries/${body.id}`,
    );
    expect(body).toMatchObject({ state: 'waiting', before: 0, offers: [] });
    await world.cancel(booked.id);
    await settleWaiting(world.system);

    const pass = { code: body.code, email: 'rosa@example.org' };
    const found = (await (await post('/v1/waiting-entry-lookups', pass)).json()) as Entry;
    const offer = found.offers[0]!;
    expect(offer).toMatchObject({
      state: 'open',
      starts_at: new Date(FRIDAY_NINE).toISOString(),
    });
    const path = `/v1/waiting-entries/${body.id}/offers/${offer.id}/acceptance`;
    expect((await post(path, {})).status).toBe(404);
    const accepted = await post(path, { pass });
    expect(accepted.status).toBe(200);
    expect(await accepted.json()).toMatchObject({ state: 'served' });
    expect((await post(`${path.replace('acceptance', 'refusal')}`, { pass })).status).toBe(410);
  });

  it('takes offices around a comune, for a signed-in jobseeker without asking who they are', async () => {
    const personId = await aPerson(services);
    const headers = await as(services, { kind: 'jobseeker', personId });
    const { response, body } = await join(
      { where: { comune: PALERMO, within_km: 20 }, person: undefined },
      headers,
    );
    expect(response.status).toBe(201);
    expect(body).toMatchObject({ person: { id: personId }, office_ids: [world.officeId] });
    const own = await app.request(`/v1/waiting-entries/${body.id}`, { headers });
    expect(own.status).toBe(200);
    const stranger = await as(services, { kind: 'jobseeker', personId: await aPerson(services) });
    const path = `/v1/waiting-entries/${body.id}`;
    expect((await app.request(path, { headers: stranger })).status).toBe(404);
    expect((await app.request(path)).status).toBe(401);
  });

  it('refuses a second place for the same service', async () => {
    await join();
    const { response, body } = await join();
    expect(response.status).toBe(409);
    expect(body).toMatchObject({ type: 'http://localhost:3000/problems/already-waiting' });
  });

  it.each([
    ['a wish that ends before it begins', { from: '2027-04-30', to: '2027-03-04' }, 422],
    ['a wish of the past', { from: '2027-01-01', to: '2027-01-02' }, 422],
    ['no weekday', { weekdays: [] }, 422],
    ['an eighth weekday', { weekdays: [8] }, 422],
    ['no office', { where: { office_ids: [] } }, 422],
    ['an unknown office', { where: { office_ids: ['01890a5d-ac96-774b-bcce-b302099a8057'] } }, 422],
    ['an unknown comune', { where: { comune: '999999', within_km: 10 } }, 422],
    ['an unknown service', { service_id: '01890a5d-ac96-774b-bcce-b302099a8057' }, 404],
    ['nobody', { person: undefined }, 422],
    ['a deadline of one’s own', { deadline: { day: '2027-03-10', kind: 'other' } }, 401],
    ['an unknown field', { urgent: true }, 422],
  ])('refuses %s', async (_, change, status) => {
    const { response, body } = await join(change);
    expect(response.status, JSON.stringify(body)).toBe(status === 401 ? 403 : status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('leaves, once and for all', async () => {
    const { body } = await join();
    const pass = { code: body.code, email: 'rosa@example.org' };
    for (const _ of [1, 2]) {
      const left = await post(`/v1/waiting-entries/${body.id}/departure`, { pass });
      expect(await left.json()).toMatchObject({ state: 'left' });
    }
    expect((await join()).response.status).toBe(201);
  });

  it('changes what suits', async () => {
    const { body } = await join();
    const pass = { code: body.code, email: 'rosa@example.org' };
    const changed = await app.request(
      `/v1/waiting-entries/${body.id}/wish`,
      json('PUT', { from: '2027-03-10', to: '2027-03-20', parts: ['morning'], pass }),
    );
    expect(changed.status).toBe(200);
    expect(await changed.json()).toMatchObject({ from: '2027-03-10', parts: ['morning'] });
  });
});

describe('the office’s list through the API', () => {
  it('is seen in order by its own staff only', async () => {
    await join();
    const headers = await desk();
    await join(
      {
        person: { ...rosa, given_name: 'Anna' },
        deadline: { day: '2027-03-10', kind: 'first-contact' },
      },
      headers,
    );
    const path = `/v1/waiting-entries?office_id=${world.officeId}`;
    const list = await app.request(path, { headers });
    expect(await list.json()).toMatchObject({
      items: [{ person: { given_name: 'Anna' }, urgent: true }, { urgent: false }],
    });
    const elsewhere = await as(services, {
      kind: 'operator',
      operatorId: world.operatorId,
      officeIds: [],
    });
    expect((await app.request(path, { headers: elsewhere })).status).toBe(403);
    expect((await app.request(path)).status).toBe(401);
  });

  it('offers free time by hand, once, and takes it from the public meanwhile', async () => {
    const { body } = await join();
    const headers = await desk();
    const path = `/v1/waiting-entries/${body.id}/offers`;
    const time = {
      office_id: world.officeId,
      starts_at: new Date(FRIDAY_NINE).toISOString(),
    };
    const made = await post(path, time, headers);
    expect(made.status).toBe(201);
    expect(await made.json()).toMatchObject({ offers: [{ state: 'open' }] });
    expect(await world.isPublic()).toBe(false);
    expect((await post(path, time, headers)).status).toBe(409);
    const offer = await world.offer(body.id);
    services.setNow(new Date(offer.expiresAt).toISOString());
    await settleWaiting(world.system);
    expect(await world.isPublic()).toBe(true);
  });
});
