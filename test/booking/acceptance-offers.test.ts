import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import type { service } from '../../src/booking/table.ts';
import { closure, opening, resource } from '../../src/network/table.ts';
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
import { anOffice, anOperator, aService } from '../support/fixtures.ts';

/** What is offered and what can be had, asked from outside: what other systems got right, and wrong. */

let services: TestServices;
let app: ReturnType<typeof testApp>;
let office: string;
let people = 0;

const FRIDAY = '2027-03-05';
type Given = Partial<typeof service.$inferInsert>;
/** Starts follow one another as long as an appointment takes, from where a free stretch begins. */
const inTurn = (minutes: number, given: Given = {}): Given => ({
  durationMinutes: minutes,
  gridMinutes: minutes + (given.bufferMinutes ?? 0) + (given.bufferBeforeMinutes ?? 0),
  gridAnchor: 'stretch',
  ...given,
});

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, rate_limit cascade`,
  );
  await services.database.execute(sql`update operator set active = false`);
  office = await anOffice(services);
});

/** An operator who receives on Fridays at the hours given, `09:00-11:20`. */
async function receiving(hours: readonly string[], operator?: Parameters<typeof anOperator>[2]) {
  const id = await anOperator(services, office, operator);
  if (hours.length > 0) {
    await services.database.insert(opening).values(
      hours.map((span) => {
        const [starts, ends] = span.split('-') as [string, string];
        const series = { id: services.ids(), officeId: office, operatorId: id, weekday: 5 };
        return { ...series, starts, ends, validFrom: '2027-01-01' };
      }),
    );
  }
  return id;
}
const derive = (days = 16) =>
  rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days });
const at = (time: string) => (time.length <= 8 ? `${FRIDAY}T${time}` : time);

async function listed(serviceId: string, from = FRIDAY, to = from, headers = {}) {
  const answer = await app.request(
    `/v1/offices/${office}/starts?service_id=${serviceId}&from=${from}&to=${to}`,
    { headers },
  );
  expect(answer.status).toBe(200);
  const body = (await answer.json()) as {
    items: { starts_at: string; operators: number }[];
    next_starts_at?: string;
  };
  return {
    ...body,
    times: body.items.map((one) => wall(Date.parse(one.starts_at)).toFormat('HH:mm')),
  };
}
const times = async (serviceId: string, from?: string, headers = {}) =>
  (await listed(serviceId, from, from, headers)).times.join(' ');

async function post(path: string, body: object, headers = {}) {
  const answer = await app.request(path, json('POST', body, headers));
  if (answer.status === 204) return { status: 204, body: {} as Record<string, string> };
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}
const book = (serviceId: string, start: string, more: object = {}, headers = {}) => {
  people += 1;
  const email = `person${people}@example.org`;
  return post(
    '/v1/appointments',
    {
      service_id: serviceId,
      office_id: office,
      starts_at: at(start),
      person: { given_name: 'Rosa', family_name: 'Rossi', email },
      ...more,
    },
    headers,
  );
};
const hold = (serviceId: string, start: string, more: object = {}) =>
  post('/v1/holds', { service_id: serviceId, office_id: office, starts_at: at(start), ...more });

describe('a day offers', () => {
  it.each<[string, string[], Given, string]>([
    ['an hour, nine to twenty past eleven', ['09:00-11:20'], inTurn(60), '09:00 10:00'],
    ['nothing at closing time', ['12:00-18:00'], inTurn(90), '12:00 13:30 15:00 16:30'],
    ['nothing where it does not fit', ['09:00-09:15', '10:00-10:29'], inTurn(30), ''],
    ['what fits once, once', ['09:00-09:45'], inTurn(30), '09:00'],
    [
      'half hours and their ten minutes',
      ['09:00-12:00', '14:00-16:00'],
      inTurn(30, { bufferMinutes: 10 }),
      '09:00 09:40 10:20 11:00 14:00 14:40 15:20',
    ],
    ['two hours and the hour after', ['09:00-12:00'], inTurn(120, { bufferMinutes: 60 }), '09:00'],
    [
      'openings that overlap, each start once',
      ['11:20-12:40', '11:00-12:00'],
      inTurn(20),
      '11:00 11:20 11:40 12:00 12:20',
    ],
    [
      'whatever is left before midnight, and nothing across it',
      ['22:00-24:00', '00:00-01:00'],
      inTurn(60),
      '00:00 22:00 23:00',
    ],
    [
      'steps of a quarter, whatever the length',
      ['09:00-11:00'],
      { durationMinutes: 60, gridMinutes: 15 },
      '09:00 09:15 09:30 09:45 10:00',
    ],
    ['steps of seven minutes', ['09:00-09:30'], inTurn(7), '09:00 09:07 09:14 09:21'],
    [
      'steps of twenty-five, longer appointments',
      ['09:00-10:30'],
      inTurn(30, { gridMinutes: 25 }),
      '09:00 09:25 09:50',
    ],
    [
      'time kept before and after',
      ['09:00-12:00'],
      { durationMinutes: 45, bufferBeforeMinutes: 20, bufferMinutes: 25, gridMinutes: 20 },
      '09:20 09:40 10:00 10:20 10:40',
    ],
  ])('%s; and each can be had', async (_, hours, given, expected) => {
    await receiving(hours);
    await derive(5);
    const id = await aService(services, given);
    expect(await times(id)).toBe(expected);
    const nearest = await app.request(`/v1/earliest-starts?service_id=${id}&office_ids=${office}`);
    const { items } = (await nearest.json()) as { items: { starts_at: string }[] };
    expect(items[0]?.starts_at).toBe((await listed(id)).items[0]?.starts_at);
    const some = expected.split(' ').filter((start) => start !== '');
    for (const start of new Set([some[0], some[1], some.at(-1)])) {
      if (start === undefined) continue;
      const kept = await hold(id, start);
      expect([start, kept.status]).toEqual([start, 201]);
      await post(`/v1/holds/${kept.body.id}/release`, { token: kept.body.token });
    }
    for (const start of ['08:45', '18:00', '23:30', '09:00:30'])
      expect([409, 422]).toContain((await hold(id, start)).status);
  });

  it.each<[string, [string, string][], string]>([
    ['an absence that began before it', [['08:30', '09:15']], '09:15 09:45 10:15'],
    [
      'two that leave a quarter each',
      [
        ['08:30', '09:30'],
        ['09:45', '10:45'],
      ],
      '',
    ],
    [
      'the same twice, and one within',
      [
        ['09:30', '10:00'],
        ['09:30', '10:00'],
        ['09:35', '09:40'],
      ],
      '09:00 10:00 10:30',
    ],
    [
      'one that only touches it',
      [
        ['11:00', '12:00'],
        ['08:00', '09:00'],
      ],
      '09:00 09:30 10:00 10:30',
    ],
    ['one from the day before to the day after', [['2027-03-04T12:00', '2027-03-06T12:00']], ''],
  ])('from nine to eleven, less %s', async (_, away, expected) => {
    const operatorId = await receiving(['09:00-11:00']);
    const instant = (time: string) => `${at(time)}:00+01:00`;
    await services.database.insert(closure).values(
      away.map(([from, to]) => ({
        id: services.ids(),
        officeId: office,
        operatorId,
        during: sql`tstzrange(${instant(from)}::timestamptz, ${instant(to)}::timestamptz)`,
        reason: 'prova',
      })),
    );
    await derive(5);
    expect(await times(await aService(services, inTurn(30)))).toBe(expected);
  });

  it('what was cancelled, but not what somebody else took or keeps since', async () => {
    await receiving(['09:00-10:00']);
    await derive(5);
    const id = await aService(services, inTurn(30));
    const { body } = await book(id, '09:00');
    const pass = { code: body.code, email: `person${people}@example.org` };
    expect(await times(id)).toBe('09:30');
    await post(`/v1/appointments/${body.id}/cancellation`, { pass });
    expect(await times(id)).toBe('09:00 09:30');
    const kept = await hold(id, '09:00');
    expect(await times(id)).toBe('09:30');
    await post(`/v1/holds/${kept.body.id}/release`, { token: kept.body.token });
    await book(id, '09:00');
    expect(await times(id)).toBe('09:30');
  });

  it('nothing at all, plainly', async () => {
    const id = await aService(services);
    const found = await listed(id);
    expect(found).toMatchObject({ items: [] });
    expect(found).not.toHaveProperty('next_starts_at');
    const nearest = await app.request(`/v1/earliest-starts?service_id=${id}&office_ids=${office}`);
    expect(await nearest.json()).toMatchObject({ items: [] });
  });
});

describe('several operators', () => {
  it('free at one hour are one start with two places, and no third', async () => {
    await receiving(['09:00-10:00']);
    await receiving(['09:00-10:00']);
    await derive(5);
    const id = await aService(services, inTurn(60));
    expect((await listed(id)).items).toEqual([
      { starts_at: '2027-03-05T08:00:00.000Z', operators: 2 },
    ]);
    const answers = [await book(id, '09:00'), await book(id, '09:00'), await book(id, '09:00')];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 409]);
  });

  it.each([
    ['in order', ['11:00', '11:15', '11:45', '12:00']],
    ['the other way round', ['12:00', '11:45', '11:15', '11:00']],
  ])('who begin a quarter apart receive four, booked %s', async (_, order) => {
    await receiving(['11:00-13:00']);
    await receiving(['11:15-13:00']);
    await derive(5);
    const id = await aService(services, inTurn(45));
    expect(await times(id)).toBe(order.toSorted().join(' '));
    for (const start of order)
      expect([start, (await book(id, start)).status]).toEqual([start, 201]);
    expect(await times(id)).toBe('');
  });

  it.each([15, 25, 45])(
    'receive together, or with one room, whenever both are free: steps of %s',
    async (gridMinutes) => {
      await receiving(['09:00-11:00']);
      await receiving(['09:15-12:00']);
      await services.database
        .insert(resource)
        .values({ id: services.ids(), officeId: office, kind: 'room', name: 'Sala' });
      await derive(5);
      const given: Given = {
        durationMinutes: 45,
        gridMinutes,
        gridAnchor: gridMinutes === 15 ? 'clock' : 'stretch',
      };
      const [alone, together, inRoom] = [
        await aService(services, given),
        await aService(services, { ...given, operators: 2 }),
        await aService(services, { ...given, resourceKind: 'room' }),
      ];
      const both = (await listed(together)).times;
      const one = await listed(alone);
      expect(both).toEqual(one.times.filter((time) => time >= '09:15' && time <= '10:15'));
      expect(both.length).toBeGreaterThan(2);
      expect((await listed(inRoom)).times).toEqual(one.times);
      expect((await book(together, both[1]!)).status).toBe(201);
      expect((await listed(together)).times).not.toContain(both[1]);
      const last = (await listed(inRoom)).times.at(-1)!;
      expect((await book(inRoom, last)).status).toBe(201);
      expect((await listed(inRoom)).times).not.toContain(last);
      expect((await book(inRoom, last)).status).toBe(409);
    },
  );

  it('make room for one who needs a colleague, on a day with an appointment of two', async () => {
    await receiving(['09:00-11:00']);
    await receiving(['09:00-11:00'], { skills: ['accoglienza', 'imprese'] });
    await derive(5);
    const [general, particular, together] = [
      await aService(services, inTurn(60)),
      await aService(services, inTurn(60, { skill: 'imprese' })),
      await aService(services, inTurn(60, { operators: 2 })),
    ];
    expect((await book(together, '10:00')).status).toBe(201);
    const { body } = await book(general, '09:00');
    const pass = { code: body.code, email: `person${people}@example.org` };
    expect((await book(general, '09:00')).status).toBe(201);
    expect((await post(`/v1/appointments/${body.id}/cancellation`, { pass })).status).toBe(200);
    expect(await times(particular)).toBe('');
    expect((await book(particular, '09:00')).status).toBe(201);
    expect((await book(particular, '10:00')).status).toBe(409);
    expect((await book(general, '09:00')).status).toBe(409);
  });

  it('of another office, or without the skill, are not asked', async () => {
    const here = office;
    const id = await aService(services, inTurn(60));
    await receiving(['09:00-10:00'], { skills: ['collocamento-mirato'] });
    office = await anOffice(services);
    await receiving(['09:00-10:00']);
    await derive(5);
    expect(await times(id)).toBe('09:00');
    office = here;
    expect(await times(id)).toBe('');
    expect((await book(id, '09:00')).status).toBe(409);
  });

  it('lengths of 45 and 60 minutes share a morning without holes between', async () => {
    await receiving(['09:00-13:00']);
    await derive(5);
    const [short, long] = [
      await aService(services, { durationMinutes: 45, gridMinutes: 15 }),
      await aService(services, { durationMinutes: 60, gridMinutes: 15 }),
    ];
    await book(long, '09:00');
    await book(short, '10:00');
    expect((await listed(long)).times[0]).toBe('10:45');
    await book(short, '10:45');
    await book(short, '11:30');
    expect(await times(short)).toBe('12:15');
    expect((await book(short, '12:15')).status).toBe(201);
  });
});

describe('notice and horizon', () => {
  const friday = async (given: Given, hours = ['09:00-17:00']) => {
    await receiving(hours);
    await derive();
    return aService(services, inTurn(60, given));
  };

  it('at 15:03 the desk sees the next five minutes and later openings in order, the public none', async () => {
    const operatorId = await receiving(['18:00-20:00', '09:00-12:00', '14:00-17:00']);
    await derive(5);
    const id = await aService(services, inTurn(60, { minNoticeMinutes: 1440 }));
    services.setNow(`${FRIDAY}T15:03:00+01:00`);
    const desk = await as(services, { kind: 'operator', operatorId, officeIds: [office] });
    expect(await times(id, FRIDAY, desk)).toBe('15:05 18:00 19:00');
    expect(await times(id)).toBe('');
    expect((await book(id, '15:05')).status).toBe(422);
    expect((await book(id, '15:05', {}, desk)).status).toBe(201);
  });

  it.each<[string, string, Given, string | undefined, string[]]>([
    ['since before now, from now', `${FRIDAY}T10:00:00+01:00`, {}, '10:00', ['10:00']],
    [
      '1,500 minutes at a second to noon: one o’clock',
      '2027-03-04T11:59:59+01:00',
      { minNoticeMinutes: 1500, gridAnchor: 'clock' },
      '13:00',
      ['13:00'],
    ],
    [
      'exactly 24 hours from an opening',
      '2027-03-04T09:00:00+01:00',
      { minNoticeMinutes: 1440 },
      '09:00',
      ['09:00'],
    ],
    [
      'a second less than 24 hours',
      '2027-03-04T09:00:01+01:00',
      { minNoticeMinutes: 1440, gridAnchor: 'clock' },
      '10:00',
      ['10:00'],
    ],
    [
      'ten days, more than a week’s page',
      '2027-03-04T09:00:00+01:00',
      { minNoticeMinutes: 14_400 },
      undefined,
      [],
    ],
  ])('%s', async (_, now, given, first, bookable) => {
    const id = await friday(given);
    services.setNow(now);
    const found = await listed(id);
    expect(found.times[0]).toBe(first);
    if (first === undefined) expect(found.next_starts_at).toBe('2027-03-19T08:00:00.000Z');
    for (const start of bookable) expect((await book(id, start)).status).toBe(201);
    const hour = Number((first ?? '10:00').slice(0, 2)) - 1;
    const before = `${String(hour).padStart(2, '0')}:00`;
    expect([409, 422]).toContain((await book(id, before)).status);
  });

  it('ends at the hour that the horizon ends, which is its own no more', async () => {
    const id = await friday({ horizonDays: 8, gridAnchor: 'clock' });
    services.setNow('2027-03-04T10:00:00+01:00');
    expect(await times(id, '2027-03-12')).toBe('09:00');
    const day = await aService(services, inTurn(60, { horizonDays: 1, gridAnchor: 'clock' }));
    expect(await times(day)).toBe('09:00');
    expect((await book(day, '09:00')).status).toBe(201);
    expect((await book(day, '10:00')).status).toBe(422);
  });

  it('of eight days on, seven days seen: nothing, here or anywhere, and no hint of more', async () => {
    await receiving([]);
    await services.database.insert(opening).values({
      id: services.ids(),
      officeId: office,
      weekday: 5,
      starts: '09:00',
      ends: '10:00',
      validFrom: '2027-03-12',
    });
    await derive();
    const id = await aService(services, inTurn(60, { horizonDays: 7 }));
    const found = await listed(id, '2027-03-02', '2027-03-20');
    expect(found.items).toEqual([]);
    expect(found).not.toHaveProperty('next_starts_at');
    const nearest = await app.request(`/v1/earliest-starts?service_id=${id}`);
    expect(await nearest.json()).toMatchObject({ items: [] });
    expect((await book(id, '2027-03-12T09:00')).status).toBe(422);
  });

  it('of days that are over nothing is left', async () => {
    const id = await friday({});
    services.setNow('2027-03-07T10:00:00+01:00');
    expect((await listed(id, '2027-03-01', '2027-03-06')).items).toEqual([]);
    expect((await listed(id, '2027-03-01', '2027-03-12')).times[0]).toBe('09:00');
  });
});
