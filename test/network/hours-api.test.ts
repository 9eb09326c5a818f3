import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { freeTime } from '../../src/booking/table.ts';
import { streetZone } from '../../src/network/table.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, PALERMO, weekdayMornings } from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let office: string;
let operator: string;
let admin: Record<string, string>;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  admin = await as(services, { kind: 'administrator', userId: services.ids() });
  await aService(services);
}, 60_000);
beforeEach(async () => {
  office = await anOffice(services);
  operator = await anOperator(services, office);
  await weekdayMornings(services, office);
  const call = callAs(services, { kind: 'system', task: 'test' });
  await rebuildFreeTime(call, { days: 90 });
});
afterAll(() => services?.close());

const send = (method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown, headers = admin) =>
  app.request(path, json(method, body, headers));
const remove = (path: string) => app.request(path, { method: 'DELETE', headers: admin });

/** Free stretches of the operator's day, as PostgreSQL writes them. */
async function freeOn(day: string): Promise<string> {
  const days = await services.database.select().from(freeTime);
  return days.find((row) => row.operatorId === operator && row.day === day)?.free ?? '{}';
}

const saturday = {
  weekday: 6,
  starts: '09:00',
  ends: '12:00',
  valid_from: '2027-03-06',
};

describe('hours through the API', () => {
  it('a series every two weeks opens its days, and free time follows at once', async () => {
    const body = { office_id: office, ...saturday, recurrence: 'weeks', nth: 2 };
    const made = await send('POST', '/v1/opening-series', body);
    expect(made.status).toBe(201);
    const series = (await made.json()) as { id: string };
    expect(await freeOn('2027-03-06')).toContain('2027-03-06');
    expect(await freeOn('2027-03-13')).toBe('{}');
    expect(await freeOn('2027-03-20')).toContain('2027-03-20');
    expect((await remove(`/v1/opening-series/${series.id}`)).status).toBe(204);
    expect(await freeOn('2027-03-20')).toBe('{}');
  });

  it('a series on the fifth weekday of the month opens in months that have one', async () => {
    const body = { office_id: office, ...saturday, recurrence: 'month-weekday', nth: 5 };
    const made = await send('POST', '/v1/opening-series', body);
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    expect(await freeOn('2027-03-27')).toBe('{}');
    expect(await freeOn('2027-05-29')).toContain('2027-05-29');
    expect((await remove(`/v1/opening-series/${id}`)).status).toBe(204);
  });

  it('one day is dropped, changed and put back; the series keeps its id and its other days', async () => {
    const made = await send('POST', '/v1/opening-series', { office_id: office, ...saturday });
    const { id } = (await made.json()) as { id: string };
    const day = `/v1/opening-series/${id}/exceptions/2027-03-13`;
    expect((await send('PUT', day, {})).status).toBe(204);
    expect(await freeOn('2027-03-13')).toBe('{}');
    expect(await freeOn('2027-03-20')).toContain('2027-03-20');
    expect((await send('PUT', day, { starts: '15:00', ends: '16:00' })).status).toBe(204);
    expect(await freeOn('2027-03-13')).toMatch(/14:00:00.*15:00:00/);
    expect((await remove(day)).status).toBe(204);
    expect(await freeOn('2027-03-13')).toMatch(/08:00:00.*11:00:00/);
    const shown = await app.request(`/v1/opening-series/${id}`, { headers: admin });
    expect(await shown.json()).toMatchObject({ id, exceptions: [] });
  });

  it('only a day of the series can differ', async () => {
    const made = await send('POST', '/v1/opening-series', { office_id: office, ...saturday });
    const { id } = (await made.json()) as { id: string };
    const answer = await send('PUT', `/v1/opening-series/${id}/exceptions/2027-03-14`, {});
    expect(answer.status).toBe(422);
  });

  it('hours that end before they begin, and numbers that no month has, are refused', async () => {
    const wrong = [
      { ends: '08:00' },
      { valid_to: '2027-03-01' },
      { recurrence: 'month-weekday', nth: 6 },
      { recurrence: 'weeks', nth: -1 },
      { nth: 0 },
      { starts: '24:30' },
    ];
    for (const given of wrong) {
      const body = { office_id: office, ...saturday, ...given };
      const answer = await send('POST', '/v1/opening-series', body);
      expect(answer.status, JSON.stringify(given)).toBe(422);
    }
  });

  it('a period replaces the ordinary week, and gives it back when taken away', async () => {
    const body = {
      office_id: office,
      name: 'Pasqua',
      valid_from: '2027-03-22',
      valid_to: '2027-04-02',
    };
    const made = await send('POST', '/v1/hours-periods', body);
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    expect(await freeOn('2027-03-23')).toBe('{}');
    const series = { office_id: office, period_id: id, ...saturday, weekday: 2 };
    expect((await send('POST', '/v1/opening-series', series)).status).toBe(201);
    expect(await freeOn('2027-03-23')).toMatch(/08:00:00.*11:00:00/);
    expect((await remove(`/v1/hours-periods/${id}`)).status).toBe(204);
    expect(await freeOn('2027-03-23')).toMatch(/08:00:00.*12:00:00/);
  });

  it('an operator with hours of their own keeps the pauses of the office', async () => {
    const own = { office_id: office, operator_id: operator, ...saturday, weekday: 2 };
    expect((await send('POST', '/v1/opening-series', own)).status).toBe(201);
    const pause = { ...saturday, weekday: 2, starts: '10:00', ends: '10:30', kind: 'pause' };
    await send('POST', '/v1/opening-series', { office_id: office, ...pause });
    expect(await freeOn('2027-03-10')).toBe('{}');
    expect(await freeOn('2027-03-09')).toMatch(/08:00:00.*09:00:00.*09:30:00.*11:00:00/);
  });

  it('the patron’s feast closes the office, and an office may keep its hours on holidays', async () => {
    const feast = { saint: 'Santa di prova', month: 3, day: 10, source: 'test' };
    const path = `/v1/patron-feasts/${PALERMO}`;
    expect((await send('PUT', path, feast)).status).toBe(204);
    expect(await freeOn('2027-03-10')).toBe('{}');
    await send('PATCH', `/v1/offices/${office}`, { open_on_holidays: true });
    expect(await freeOn('2027-03-10')).not.toBe('{}');
    expect(await freeOn('2027-03-29')).not.toBe('{}');
    expect((await send('PUT', path, { ...feast, month: 2, day: 30 })).status).toBe(422);
    expect((await remove(path)).status).toBe(204);
  });

  it('operators read their own office’s hours, change nothing, and see no other’s', async () => {
    const own = await as(services, { kind: 'operator', operatorId: operator, officeIds: [office] });
    const path = `/v1/offices/${office}/hours`;
    expect((await app.request(path, { headers: own })).status).toBe(200);
    const body = { office_id: office, ...saturday };
    expect((await send('POST', '/v1/opening-series', body, own)).status).toBe(403);
    const elsewhere = await anOffice(services);
    const other = await app.request(`/v1/offices/${elsewhere}/hours`, { headers: own });
    expect(other.status).toBe(403);
    expect((await app.request(path)).status).toBe(401);
  });
});

describe('what an office has', () => {
  it('desks and rooms are added, renamed and put out of use; two of a name are refused', async () => {
    const body = { office_id: office, kind: 'room', name: 'Sala 1', capacity: 4 };
    const made = await send('POST', '/v1/resources', body);
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    expect((await send('POST', '/v1/resources', { ...body, name: 'sala 1' })).status).toBe(409);
    expect((await send('POST', '/v1/resources', { ...body, name: '\ud83e' })).status).toBe(422);
    expect((await send('POST', '/v1/resources', { ...body, name: '🦄' })).status).toBe(201);
    const changed = await send('PATCH', `/v1/resources/${id}`, { active: false, capacity: null });
    expect(await changed.json()).toMatchObject({ active: false, name: 'Sala 1' });
    const listed = await app.request(`/v1/offices/${office}/resources`, { headers: admin });
    expect(await listed.json()).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id, active: false })]),
    });
  });

  it('an operator who no longer receives has no free time; skills keep to the category', async () => {
    const path = `/v1/operators/${operator}`;
    expect((await send('PATCH', path, { skills: ['imprese'] })).status).toBe(422);
    expect((await send('PATCH', path, { skills: [] })).status).toBe(422);
    const changed = await send('PATCH', path, { languages: ['it', 'fr'], bookable: false });
    expect(await changed.json()).toMatchObject({ languages: ['it', 'fr'], bookable: false });
    expect(await freeOn('2027-03-09')).toBe('{}');
  });
});

describe('the office of an address', () => {
  it('is that of the street’s zone, odd and even sides apart, else that of the comune', async () => {
    const other = await anOffice(services);
    await services.database.insert(streetZone).values([
      {
        id: services.ids(),
        comune: PALERMO,
        name: 'Viale Regina Margherita',
        street: 'viale regina margherita',
        numberFrom: 1,
        numberTo: 99,
        side: 'odd' as const,
        officeId: office,
      },
      {
        id: services.ids(),
        comune: PALERMO,
        name: 'Viale Regina Margherita',
        street: 'viale regina margherita',
        side: 'even' as const,
        officeId: other,
      },
    ]);
    const lookUp = async (given: object) =>
      (
        await send('POST', '/v1/competent-office-lookups', { comune: PALERMO, ...given }, {})
      ).json();
    const street = 'V.le Regina Margherita';
    expect(await lookUp({ street, number: '7/A' })).toMatchObject({
      office_id: office,
      decided_by: 'street',
      number_matters: true,
    });
    expect(await lookUp({ street, number: '12 bis' })).toMatchObject({ office_id: other });
    for (const given of [{ street }, { street, number: '101' }, { street: 'Via Ignota' }, {}])
      expect(await lookUp(given)).toMatchObject({ decided_by: 'comune' });
  });

  it('the database itself refuses two zones that share a number', async () => {
    const zone = {
      comune: '087015',
      name: 'Via Etnea',
      street: 'via etnea',
      officeId: office,
    };
    const add = (given: object) =>
      services.database.insert(streetZone).values({ id: services.ids(), ...zone, ...given });
    await add({ side: 'odd' });
    await add({ side: 'even', numberFrom: 10, numberTo: 20 });
    await expect(add({ side: 'all', numberFrom: 300 })).rejects.toThrow();
    await expect(add({ side: 'even', numberFrom: 20 })).rejects.toThrow();
    await add({ side: 'even', numberFrom: 22 });
  });
});
