import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { rows } from '../../src/platform/database.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let office: string;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  office = await anOffice(services, { address: 'Viale Praga 29' });
  await anOperator(services, office);
  await weekdayMornings(services, office);
  await aService(services);
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 30 });
}, 60_000);
afterAll(() => services?.close());

let day = 5;
const book = (service_id: string, person: object) =>
  app.request(
    '/v1/appointments',
    json('POST', {
      service_id,
      office_id: office,
      starts_at: `2027-03-${String(day++).padStart(2, '0')}T10:00:00+01:00`,
      person: { given_name: 'Rosa', family_name: 'Rossi', ...person },
    }),
  );
const booked = async (service: string, person: { email: string; phone?: string }) => {
  const answer = await book(service, person);
  expect(answer.status).toBe(201);
  const { id, code } = (await answer.json()) as { id: string; code: string };
  const lookup = json('POST', { code, email: person.email });
  const opened = await (await app.request('/v1/appointment-lookups', lookup)).json();
  return { id, opened: opened as { video_address?: string } };
};
const told = async (id: string) => {
  const [found] = await rows<{ facts: unknown }>(
    services.database,
    sql`select payload as facts from outbox where kind = 'appointment-confirmed' and subject_id = ${id}::uuid`,
  );
  return JSON.stringify(found?.facts);
};

describe('an appointment by video', () => {
  it('has a room of its own, which only those who may see it are shown', async () => {
    const service = await aService(services, {
      mode: 'video',
      videoAddress: 'https://meet.example.org/{room}',
    });
    const rosa = await booked(service, { email: 'rosa@example.org' });
    day = 8;
    const mara = await booked(service, { email: 'mara@example.org' });
    const room = rosa.opened.video_address;
    expect(room).toMatch(/^https:\/\/meet\.example\.org\/[0-9A-Za-z]{24}$/);
    expect(mara.opened.video_address).not.toBe(room);
    const desk = await as(services, {
      kind: 'operator',
      operatorId: services.ids(),
      officeIds: [office],
    });
    const read = await app.request(`/v1/appointments/${rosa.id}`, { headers: desk });
    expect(await read.json()).toMatchObject({ video_address: room });
    // A message is kept by whoever carries it: the room stays on the page.
    expect(await told(rosa.id)).not.toContain('meet.example.org');
    expect(await told(rosa.id)).not.toContain('Viale Praga');
  });
});

describe('an appointment by telephone', () => {
  it('needs the number that the office calls, and sends nobody to the office', async () => {
    const service = await aService(services, { mode: 'phone' });
    day = 9;
    const refused = await book(service, { email: 'lia@example.org' });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ errors: [{ pointer: '/person/phone' }] });
    const { id } = await booked(service, { email: 'lia@example.org', phone: '+393331234567' });
    expect(await told(id)).not.toContain('Viale Praga');
  });
});

describe('a service with a limit of its own', () => {
  it('is booked so often by one person within its days, by others and by the staff at will', async () => {
    const service = await aService(services, { limitCount: 2, limitDays: 15 });
    const lia = { given_name: 'Lia', family_name: 'Verdi', email: 'lia@example.org' };
    const at = (date: string) => ({
      service_id: service,
      office_id: office,
      starts_at: `${date}T09:00:00+01:00`,
      person: lia,
    });
    const post = (body: object, headers = {}) =>
      app.request('/v1/appointments', json('POST', body, headers));
    for (const date of ['2027-03-08', '2027-03-09']) {
      expect((await post(at(date))).status).toBe(201);
      // Its hour over, the next may be booked; it counts all the same.
      services.setNow(`${date}T13:00:00+01:00`);
    }
    const third = await post(at('2027-03-22'));
    expect(third.status).toBe(409);
    expect(await third.json()).toMatchObject({
      type: expect.stringContaining('service-limit-reached'),
      limit: { appointments: 2, days: 15 },
    });
    expect((await post(at('2027-03-24'))).status).toBe(201);
    const other = { ...at('2027-03-22'), person: { ...lia, given_name: 'Ugo' } };
    expect((await post(other)).status).toBe(201);
    const desk = await as(services, {
      kind: 'operator',
      operatorId: services.ids(),
      officeIds: [office],
    });
    const again = { ...at('2027-03-22'), starts_at: '2027-03-22T10:00:00+01:00' };
    // One open at a time holds for everybody.
    const answer = await post(again, desk);
    expect(await answer.json()).toMatchObject({ type: expect.stringContaining('already-booked') });
  });
});
