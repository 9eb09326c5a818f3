import Holidays from 'date-holidays';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { wall } from '../../src/platform/clock.ts';
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

/** Series of openings as the administration writes them, and the days that the public then sees. */

let services: TestServices;
let app: ReturnType<typeof testApp>;
let admin: Record<string, string>;
let office: string;
let hourly: string;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  hourly = await aService(services, { durationMinutes: 60, gridMinutes: 60, horizonDays: 70 });
});
afterAll(() => services.close());
beforeEach(async () => {
  await standAt(TEST_NOW);
  await services.database.execute(sql`truncate free_time`);
  await services.database.execute(sql`update operator set active = false`);
  office = await anOffice(services);
  await anOperator(services, office);
});

/** Sets the clock; who signed in on another day signs in again. */
async function standAt(iso: string): Promise<void> {
  services.setNow(iso);
  admin = await as(services, { kind: 'administrator', userId: services.ids() });
}

const send = (method: 'POST' | 'PUT' | 'PATCH', path: string, body: object) =>
  app.request(path, json(method, body, admin));

interface Given {
  weekday: number;
  starts?: string;
  ends?: string;
  valid_from?: string;
  [more: string]: unknown;
}
async function series(given: Given): Promise<string> {
  const body = { office_id: office, starts: '09:00', ends: '10:00', ...given };
  const answer = await send('POST', '/v1/opening-series', {
    valid_from: '2027-01-01',
    ...body,
  });
  const made = (await answer.json()) as { id: string };
  expect(answer.status, JSON.stringify(made)).toBe(201);
  return made.id;
}

/** Starts from one day to another, both included, in UTC to the minute. */
async function starts(from: string, to = from, serviceId = hourly): Promise<string[]> {
  const answer = await app.request(
    `/v1/offices/${office}/starts?service_id=${serviceId}&from=${from}&to=${to}`,
  );
  expect(answer.status).toBe(200);
  const { items } = (await answer.json()) as { items: { starts_at: string }[] };
  return items.map((one) => `${one.starts_at.slice(0, 16)}Z`);
}
const onWall = (found: readonly string[]) =>
  found.map((start) => wall(Date.parse(start)).toFormat('yyyy-MM-dd HH:mm'));
const daysOf = (found: readonly string[]) => [
  ...new Set(onWall(found).map((time) => time.slice(0, 10))),
];
const put = (id: string, day: string, hours: object = {}) =>
  send('PUT', `/v1/opening-series/${id}/exceptions/${day}`, hours);

describe('a series of openings', () => {
  it.each<[string, Given, string, string, string[]]>([
    [
      'every week, over the change in spring',
      { weekday: 2 },
      '2027-03-22',
      '2027-04-06',
      ['2027-03-23T08:00Z', '2027-03-30T07:00Z', '2027-04-06T07:00Z'],
    ],
    [
      'every week, over the change in autumn',
      { weekday: 5 },
      '2027-10-29',
      '2027-11-05',
      ['2027-10-29T07:00Z', '2027-11-05T08:00Z'],
    ],
    [
      'every second week, over the end of the year',
      { weekday: 2, nth: 2, valid_from: '2027-12-21' },
      '2027-12-14',
      '2028-01-31',
      ['2027-12-21T08:00Z', '2028-01-04T08:00Z', '2028-01-18T08:00Z'],
    ],
    [
      'every second week, its last day included',
      { weekday: 4, nth: 2, valid_from: '2027-12-30', valid_to: '2028-01-27' },
      '2027-12-20',
      '2028-02-15',
      ['2027-12-30T08:00Z', '2028-01-13T08:00Z', '2028-01-27T08:00Z'],
    ],
    [
      'every fourth week, over the leap day and the change',
      { weekday: 2, nth: 4, valid_from: '2028-02-01' },
      '2028-02-01',
      '2028-03-31',
      ['2028-02-01T08:00Z', '2028-02-29T08:00Z', '2028-03-28T07:00Z'],
    ],
    [
      'every third week from the leap day itself',
      { weekday: 2, nth: 3, valid_from: '2028-02-29' },
      '2028-02-01',
      '2028-03-31',
      ['2028-02-29T08:00Z', '2028-03-21T08:00Z'],
    ],
    [
      'every 52nd week, a year on',
      { weekday: 2, nth: 52, valid_from: '2027-03-02' },
      '2028-02-01',
      '2028-03-31',
      ['2028-02-29T08:00Z'],
    ],
    [
      'the first Monday of the month',
      { weekday: 1, recurrence: 'month-weekday', nth: 1 },
      '2027-12-01',
      '2028-01-31',
      ['2027-12-06T08:00Z', '2028-01-03T08:00Z'],
    ],
    [
      'the last Tuesday, once on the leap day',
      { weekday: 2, recurrence: 'month-weekday', nth: -1 },
      '2028-02-01',
      '2028-03-31',
      ['2028-02-29T08:00Z', '2028-03-28T07:00Z'],
    ],
    [
      'the fourth Friday, not the last',
      { weekday: 5, recurrence: 'month-weekday', nth: 4 },
      '2027-12-01',
      '2028-01-31',
      ['2027-12-24T08:00Z', '2028-01-28T08:00Z'],
    ],
    [
      'the first row of the month, short as it may be',
      { weekday: 5, recurrence: 'month-week', nth: 1 },
      '2027-12-01',
      '2028-01-31',
      ['2027-12-03T08:00Z'],
    ],
    [
      'the last row of the month',
      { weekday: 1, recurrence: 'month-week', nth: -1 },
      '2027-12-01',
      '2028-01-31',
      ['2027-12-27T08:00Z', '2028-01-31T08:00Z'],
    ],
    [
      'the sixth row, where a month has it',
      { weekday: 1, recurrence: 'month-week', nth: 6 },
      '2027-12-15',
      '2028-02-14',
      ['2028-01-31T08:00Z'],
    ],
    [
      'on one day alone',
      { weekday: 5, valid_from: '2027-12-31', valid_to: '2027-12-31' },
      '2027-12-01',
      '2028-01-31',
      ['2027-12-31T08:00Z'],
    ],
    [
      'until midnight, the last day of the year',
      { weekday: 5, starts: '22:00', ends: '24:00' },
      '2027-12-31',
      '2027-12-31',
      ['2027-12-31T21:00Z', '2027-12-31T22:00Z'],
    ],
  ])('%s', async (_, given, from, to, expected) => {
    await standAt(`${from}T00:00:00+01:00`);
    await series(given);
    expect(await starts(from, to)).toEqual(expected);
  });

  it('dropped or changed on one day keeps its id and every other day', async () => {
    await standAt('2028-02-01T00:00:00+01:00');
    const id = await series({ weekday: 2, valid_from: '2027-01-01' });
    expect((await put(id, '2028-02-29')).status).toBe(204);
    expect((await put(id, '2028-03-28', { starts: '15:00', ends: '16:00' })).status).toBe(204);
    const found = onWall(await starts('2028-02-22', '2028-04-04'));
    expect(found).toEqual([
      '2028-02-22 09:00',
      '2028-03-07 09:00',
      '2028-03-14 09:00',
      '2028-03-21 09:00',
      '2028-03-28 15:00',
      '2028-04-04 09:00',
    ]);
    for (const day of ['2028-02-28', '2028-02-30', '2027-02-29', '0000-01-04', '2026-12-29'])
      expect([400, 422], day).toContain((await put(id, day)).status);
    expect((await put(id, '2028-03-07', { starts: '22:00', ends: '02:00' })).status).toBe(422);
    const shown = await app.request(`/v1/opening-series/${id}`, { headers: admin });
    expect(await shown.json()).toMatchObject({
      id,
      exceptions: [{ day: '2028-02-29' }, { day: '2028-03-28', starts: '15:00', ends: '16:00' }],
    });
  });

  it('changed as a whole keeps its id, and of its own days those it still has', async () => {
    await standAt('2027-12-01T00:00:00+01:00');
    const id = await series({ weekday: 2, valid_from: '2027-12-07' });
    await put(id, '2027-12-14');
    await put(id, '2027-12-21', { starts: '15:00', ends: '16:00' });
    const path = `/v1/opening-series/${id}`;
    const changed = await send('PATCH', path, { recurrence: 'weeks', nth: 2 });
    expect(await changed.json()).toMatchObject({ id, nth: 2, exceptions: [{ day: '2027-12-21' }] });
    expect(onWall(await starts('2027-12-01', '2028-01-20'))).toEqual([
      '2027-12-07 09:00',
      '2027-12-21 15:00',
      '2028-01-04 09:00',
      '2028-01-18 09:00',
    ]);
    const before = await starts('2027-12-01', '2028-01-20');
    for (const change of [
      { recurrence: 'weeks', nth: 53 },
      { recurrence: 'weeks', nth: 0 },
      { nth: 1 },
      { recurrence: 'month-weekday', nth: 6 },
      { recurrence: 'month-week', nth: 7 },
      { starts: '11:00' },
      { valid_to: '2027-12-01' },
      { weekday: 8 },
      {},
    ]) {
      const answer = await send('PATCH', path, change);
      expect([JSON.stringify(change), answer.status]).toEqual([JSON.stringify(change), 422]);
    }
    expect(await starts('2027-12-01', '2028-01-20')).toEqual(before);
  });

  it.each([
    ['across midnight', { starts: '22:00', ends: '02:00' }],
    ['of no length', { starts: '24:00', ends: '24:00' }],
    ['at an hour 25', { ends: '25:00' }],
    ['on an eighth day', { weekday: 8 }],
    ['from a day that is none', { valid_from: '2027-02-29' }],
    ['from the year nought', { valid_from: '0000-01-01' }],
    ['until the day before', { valid_from: '2027-03-02', valid_to: '2027-03-01' }],
    ['every thousand million weeks', { nth: 1e9 }],
    ['on a sixth Monday', { recurrence: 'month-weekday', nth: 6 }],
  ])('%s is refused', async (_, given) => {
    const body = { office_id: office, weekday: 1, starts: '09:00', ends: '10:00', ...given };
    const answer = await send('POST', '/v1/opening-series', { valid_from: '2027-01-01', ...body });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const kept = await app.request(`/v1/offices/${office}/hours`, { headers: admin });
    expect(await kept.json()).toMatchObject({ series: [] });
  });
});

describe('an office that keeps its hours on holidays', () => {
  beforeEach(() => send('PATCH', `/v1/offices/${office}`, { open_on_holidays: true }));

  it.each([
    ['the night that skips an hour', '2027-03-28', '01:00', '05:00', '01:00 03:00 04:00'],
    ['that hour alone', '2027-03-28', '02:00', '03:00', ''],
    ['half of it and more', '2027-03-28', '02:30', '04:00', '03:00'],
    ['the night that has an hour twice', '2027-10-31', '01:00', '04:00', '01:00 02:00 02:00 03:00'],
    ['that hour alone, twice', '2027-10-31', '02:00', '03:00', '02:00 02:00'],
    ['from midnight to midnight in spring', '2027-03-28', '00:00', '24:00', '23'],
    ['from midnight to midnight in autumn', '2027-10-31', '00:00', '24:00', '25'],
  ])('%s', async (_, day, from, to, expected) => {
    await standAt(`${day}T00:00:00`);
    await series({ weekday: 7, starts: from, ends: to });
    const found = await starts(day);
    expect(new Set(found).size).toBe(found.length);
    const hours = onWall(found).map((time) => time.slice(11));
    expect(/^\d\d$/.test(expected) ? String(hours.length) : hours.join(' ')).toBe(expected);
  });

  it('books both hours of two o’clock by their offsets, and asks which is meant', async () => {
    await standAt('2027-10-30T12:00:00');
    await series({ weekday: 7, starts: '00:00', ends: '05:00' });
    const book = async (starts_at: string, email: string) => {
      const answer = await app.request(
        '/v1/appointments',
        json('POST', {
          service_id: hourly,
          office_id: office,
          starts_at,
          person: { given_name: 'Rosa', family_name: 'Rossi', email },
        }),
      );
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const asked = await book('2027-10-31T02:00', 'a@example.org');
    expect(asked.status).toBe(422);
    expect(JSON.stringify(asked.body.errors)).toContain('+01:00');
    const first = await book('2027-10-31T02:00+02:00', 'a@example.org');
    const second = await book('2027-10-31T02:00+01:00', 'b@example.org');
    expect([first.body.starts_at, second.body.starts_at]).toEqual([
      '2027-10-31T00:00:00.000Z',
      '2027-10-31T01:00:00.000Z',
    ]);
    expect(onWall(await starts('2027-10-31')).map((time) => time.slice(11))).toEqual([
      '00:00',
      '01:00',
      '03:00',
      '04:00',
    ]);
    await services.database.execute(
      sql`truncate appointment, occupied, outbox, audit_event cascade`,
    );
  });
});

describe('days that are not as others', () => {
  it('pauses and periods of one year end with it; extra openings hold on a holiday made for them', async () => {
    await standAt('2027-12-01T00:00:00+01:00');
    await series({ weekday: 2, ends: '12:00' });
    const year = { valid_from: '2027-01-01', valid_to: '2027-12-31' };
    await series({ weekday: 2, starts: '10:00', ends: '11:00', kind: 'pause', ...year });
    const made = await send('POST', '/v1/hours-periods', {
      office_id: office,
      name: 'Natale',
      valid_from: '2027-12-27',
      valid_to: '2028-01-09',
    });
    const { id } = (await made.json()) as { id: string };
    await series({ weekday: 2, starts: '16:00', ends: '17:00', period_id: id });
    const feast = { valid_from: '2028-01-06', valid_to: '2028-01-06' };
    await series({ weekday: 4, starts: '09:00', ends: '10:00', kind: 'extra', ...feast });
    await series({ weekday: 6, starts: '09:00', ends: '10:00', kind: 'extra' });
    expect(onWall(await starts('2027-12-20', '2028-01-12'))).toEqual([
      '2027-12-21 09:00',
      '2027-12-21 11:00',
      '2027-12-28 16:00',
      '2028-01-04 16:00',
      '2028-01-06 09:00',
      '2028-01-08 09:00',
      '2028-01-11 09:00',
      '2028-01-11 10:00',
      '2028-01-11 11:00',
    ]);
  });

  it('from 2028 to 2040 offices are closed on the weekdays that an independent calendar names', async () => {
    const oracle = new Holidays('IT');
    await weekdayMornings(services, office, { ends: '10:00' });
    for (let year = 2028; year <= 2040; year++) {
      const closed = new Set(
        oracle
          .getHolidays(year)
          .filter(({ type }) => type === 'public')
          .map(({ date }) => date.slice(0, 10)),
      );
      // The two months around Easter, and those from All Saints to the end of the year.
      for (const [from, to] of [
        ['03-20', '05-15'],
        ['11-01', '12-31'],
      ]) {
        await standAt(`${year}-${from}T00:00:00`);
        const call = callAs(services, { kind: 'system', task: 'test' });
        await rebuildFreeTime(call, { days: 62 });
        const open = daysOf(await starts(`${year}-${from}`, `${year}-${to}`));
        const expected = daysBetween(`${year}-${from}`, `${year}-${to}`).filter(
          (day) => new Date(day).getUTCDay() % 6 !== 0 && !closed.has(day),
        );
        expect(open).toEqual(expected);
      }
    }
  });

  it('Torino rests on St John’s, Milano on St Ambrose’s, and a movable feast moves', async () => {
    const feasts: [seat: string, feast: object, closed: string[], open: string[]][] = [
      ['001272', { month: 6, day: 24 }, ['2027-06-24', '2028-06-24'], ['2027-12-07']],
      ['015146', { month: 12, day: 7 }, ['2027-12-07'], ['2027-06-24', '2028-12-06']],
      ['087015', { easter_offset: 60 }, ['2027-05-27', '2028-06-15'], ['2028-05-26']],
    ];
    for (const [seat, feast, closed, open] of feasts) {
      office = await anOffice(services, { seat });
      await anOperator(services, office);
      await weekdayMornings(services, office, { ends: '10:00' });
      const path = `/v1/patron-feasts/${seat}`;
      await standAt(TEST_NOW);
      const given = { saint: 'Santo', source: 'prova', ...feast };
      expect((await send('PUT', path, given)).status).toBe(204);
      for (const day of [...closed, ...open]) {
        await standAt(`${day}T00:00:00`);
        await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 1 });
        expect([seat, day, (await starts(day)).length]).toEqual([
          seat,
          day,
          open.includes(day) ? 1 : 0,
        ]);
      }
    }
    await standAt(TEST_NOW);
    const none = { saint: 'Santo', source: 'prova' };
    for (const feast of [{ month: 2, day: 30 }, { month: 13, day: 1 }, { easter_offset: 1e9 }, {}])
      expect((await send('PUT', '/v1/patron-feasts/001272', { ...none, ...feast })).status).toBe(
        422,
      );
  });
});

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
