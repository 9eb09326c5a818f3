import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let office: string;
let service: string;
let admin: Record<string, string>;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  admin = await as(services, { kind: 'administrator', userId: services.ids() });
  office = await anOffice(services, { code: 'cpi-prova' });
  // Somebody at another office, so that categories are there.
  await anOperator(services, await anOffice(services), { staffNumber: '100' });
  await weekdayMornings(services, office);
  service = await aService(services);
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 30 });
}, 60_000);
afterAll(() => services?.close());

const nina = (change: object = {}) => ({
  office_id: office,
  staff_number: '7001',
  given_name: 'Nina',
  family_name: 'Nuova',
  category: 'C',
  skills: ['accoglienza'],
  ...change,
});
const add = (body: object, headers = admin) =>
  app.request('/v1/operators', json('POST', body, headers));
const starts = async () => {
  const days = 'from=2027-03-08&to=2027-03-08';
  const answer = await app.request(`/v1/offices/${office}/starts?service_id=${service}&${days}`);
  return ((await answer.json()) as { items: unknown[] }).items.length;
};

describe('somebody who joins an office', () => {
  it('can be booked in its hours at once', async () => {
    expect(await starts()).toBe(0);
    const answer = await add(nina());
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    expect(await starts()).toBeGreaterThan(0);
    const listed = await app.request(`/v1/offices/${office}/operators`, { headers: admin });
    expect(await listed.json()).toMatchObject({ items: [{ id, languages: ['it'] }] });
    const shown = await app.request(`/v1/operators/${id}`, { headers: admin });
    expect(await shown.json()).toMatchObject({ family_name: 'Nuova', bookable: true });
  });

  it.each([
    [{ staff_number: '100' }, 409, undefined],
    [{ category: 'Z' }, 422, '/category'],
    [{ category: 'A', skills: ['patto'] }, 422, '/skills'],
    [{ skills: [] }, 422, '/skills'],
    [{ given_name: '' }, 422, '/given_name'],
    [{ office_id: '0190163d-8694-739b-aea5-966c26f8ad91' }, 404, undefined],
  ])('is refused when %o cannot be', async (change, status, field) => {
    const answer = await add(nina({ staff_number: '7002', ...change }));
    expect(answer.status).toBe(status);
    const told = (await answer.json()) as { errors?: { pointer: string }[] };
    if (field) expect(told.errors?.map(({ pointer }) => pointer)).toContain(field);
  });

  it('is added by the administration alone, on a page too', async () => {
    const desk = await as(services, {
      kind: 'operator',
      operatorId: services.ids(),
      officeIds: [office],
    });
    expect((await add(nina({ staff_number: '7003' }), desk)).status).toBe(403);
    const path = '/uffici/cpi-prova/mezzi/operatori/nuovo';
    expect((await app.request(path, { headers: desk })).status).toBe(403);
    const send = (fields: Record<string, string>) =>
      app.request(path, {
        method: 'POST',
        headers: {
          ...admin,
          'Content-Type': 'application/x-www-form-urlencoded',
          Origin: 'http://localhost:3000',
        },
        body: new URLSearchParams(fields),
      });
    const typed = {
      given_name: 'Ivo',
      family_name: 'Ignoti',
      staff_number: '7001',
      category: 'B',
      skills: 'accoglienza',
      languages: 'it fr',
      bookable: 'si',
    };
    const taken = await send(typed);
    expect(taken.status).toBe(422);
    const again = await taken.text();
    expect(again).toContain('matricola');
    expect(again).toContain('value="Ignoti"');
    expect((await send({ ...typed, staff_number: '7004' })).status).toBe(303);
  });
});
