import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService } from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let admin: Record<string, string>;
let desk: Record<string, string>;
let office: string;
let talk: string;
let form: string;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  admin = await as(services, { kind: 'administrator', userId: services.ids() });
  office = await anOffice(services);
  desk = await as(services, {
    kind: 'operator',
    operatorId: services.ids(),
    officeIds: [office],
  });
  await anOperator(services, office, { skills: ['colloquio', 'modulo'] });
  talk = await aService(services, { skill: 'colloquio', gridMinutes: 60, durationMinutes: 60 });
  form = await aService(services, { skill: 'modulo', gridMinutes: 60, durationMinutes: 60 });
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 60 });
}, 60_000);
afterAll(() => services?.close());

const open = async (day: string, starts: string, ends: string, limits: object = {}) => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const body = { office_id: office, weekday, starts, ends, valid_from: day, valid_to: day };
  const answer = await app.request(
    '/v1/opening-series',
    json('POST', { ...body, ...limits }, admin),
  );
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string };
};
const starts = async (service: string, day: string, headers = {}) => {
  const query = `service_id=${service}&from=${day}&to=${day}`;
  const answer = await app.request(`/v1/offices/${office}/starts?${query}`, { headers });
  const { items } = (await answer.json()) as { items: { starts_at: string }[] };
  // In winter Rome is an hour ahead.
  return items.map(({ starts_at }) => Number(starts_at.slice(11, 13)) + 1);
};
let people = 0;
const book = (service: string, day: string, hour: number, headers = {}) =>
  app.request(
    '/v1/appointments',
    json(
      'POST',
      {
        service_id: service,
        office_id: office,
        starts_at: `${day}T${String(hour).padStart(2, '0')}:00:00+01:00`,
        person: {
          given_name: 'Rosa',
          family_name: 'Rossi',
          email: `rosa${++people}@example.org`,
        },
      },
      headers,
    ),
  );

describe('an opening for some services only', () => {
  it('is offered and given to those, and to no other', async () => {
    await open('2027-03-08', '09:00', '11:00', { skills: ['modulo'] });
    await open('2027-03-08', '11:00', '13:00');
    expect(await starts(form, '2027-03-08')).toEqual([9, 10, 11, 12]);
    expect(await starts(talk, '2027-03-08')).toEqual([11, 12]);
    expect(await starts(talk, '2027-03-08', desk)).toEqual([11, 12]);
    const earliest = await app.request(`/v1/earliest-starts?service_id=${talk}`);
    expect(await earliest.text()).toContain('2027-03-08T10:00:00');
    expect((await book(talk, '2027-03-08', 9)).status).toBe(409);
    expect((await book(talk, '2027-03-08', 9, desk)).status).toBe(409);
    expect((await book(form, '2027-03-08', 9)).status).toBe(201);
    expect(await starts(form, '2027-03-08')).toEqual([10, 11, 12]);
  });

  it('gives what each allows where two meet, and everything where one is for all', async () => {
    await open('2027-03-09', '09:00', '12:00', { skills: ['modulo'] });
    await open('2027-03-09', '10:00', '12:00', { skills: ['colloquio'] });
    await open('2027-03-09', '11:00', '12:00');
    expect(await starts(form, '2027-03-09')).toEqual([9, 10, 11]);
    expect(await starts(talk, '2027-03-09')).toEqual([10, 11]);
  });
});

describe('an opening kept for the staff', () => {
  it('is the desk’s alone, by every way of booking', async () => {
    await open('2027-03-10', '09:00', '11:00', { staff_only: true });
    expect(await starts(talk, '2027-03-10')).toEqual([]);
    expect(await starts(talk, '2027-03-10', desk)).toEqual([9, 10]);
    expect((await book(talk, '2027-03-10', 9)).status).toBe(409);
    const hold = {
      service_id: talk,
      office_id: office,
      starts_at: '2027-03-10T09:00:00+01:00',
    };
    expect((await app.request('/v1/holds', json('POST', hold))).status).toBe(409);
    expect((await book(talk, '2027-03-10', 9, desk)).status).toBe(201);
    // Nobody moves into it either.
    const own = await book(form, '2027-03-08', 11);
    const { id, code } = (await own.json()) as { id: string; code: string };
    const move = {
      starts_at: '2027-03-10T10:00:00+01:00',
      pass: { code, email: `rosa${people}@example.org` },
    };
    const moved = await app.request(`/v1/appointments/${id}/rescheduling`, json('POST', move));
    expect(moved.status).toBe(409);
  });

  it('opens to the public as many hours before as it says', async () => {
    await open('2027-03-11', '09:00', '11:00', { staff_only: true, public_hours_before: 24 });
    services.setNow('2027-03-10T08:59:00+01:00');
    expect(await starts(talk, '2027-03-11')).toEqual([]);
    services.setNow('2027-03-10T09:00:00+01:00');
    expect(await starts(talk, '2027-03-11')).toEqual([9, 10]);
    expect((await book(talk, '2027-03-11', 9)).status).toBe(201);
    services.setNow('2027-03-04T09:00:00+01:00');
  });

  it('loses its limits again, and free time follows', async () => {
    const { id } = await open('2027-03-12', '09:00', '10:00', { staff_only: true });
    expect(await starts(talk, '2027-03-12')).toEqual([]);
    const answer = await app.request(`/v1/opening-series/${id}`, {
      method: 'PATCH',
      headers: { ...admin, 'Content-Type': 'application/merge-patch+json' },
      body: JSON.stringify({ limits: {} }),
    });
    expect(answer.status).toBeLessThan(300);
    expect(await starts(talk, '2027-03-12')).toEqual([9]);
  });

  it.each([
    [{ kind: 'pause', staff_only: true }],
    [{ public_hours_before: 3 }],
    [{ skills: [] }],
    [{ staff_only: true, public_hours_before: -1 }],
  ])('is refused as %o', async (limits) => {
    const body = {
      office_id: office,
      weekday: 1,
      starts: '09:00',
      ends: '10:00',
      valid_from: '2027-04-05',
    };
    const answer = await app.request(
      '/v1/opening-series',
      json('POST', { ...body, ...limits }, admin),
    );
    expect(answer.status).toBe(422);
  });
});
