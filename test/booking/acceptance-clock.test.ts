import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { opening } from '../../src/network/table.ts';
import { wall } from '../../src/platform/clock.ts';
import { callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

/** Days on which clocks and calendars do what programs forget, all the way through the API. */

let services: TestServices;
let app: ReturnType<typeof testApp>;
let officeId: string;
let serviceId: string;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  officeId = await anOffice(services);
  await anOperator(services, officeId);
  serviceId = await aService(services, { horizonDays: 10, gridMinutes: 30 });
  await weekdayMornings(services, officeId);
  // At night too, on Sundays.
  await services.database.insert(opening).values({
    id: services.ids(),
    officeId,
    weekday: 7,
    starts: '00:00',
    ends: '05:00',
    validFrom: '2027-01-01',
  });
});
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, idempotency_key cascade`,
  );
});

async function standAt(iso: string): Promise<void> {
  services.setNow(iso);
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 10 });
}

async function startsOn(day: string, to = day): Promise<string[]> {
  const answer = await app.request(
    `/v1/offices/${officeId}/starts?service_id=${serviceId}&from=${day}&to=${to}`,
  );
  expect(answer.status).toBe(200);
  const { items } = (await answer.json()) as { items: { starts_at: string }[] };
  return items.map((item) => item.starts_at);
}

const onWall = (starts: readonly string[]) =>
  starts.map((start) => wall(Date.parse(start)).toFormat('HH:mm'));

async function book(starts_at: unknown, change: object = {}) {
  const answer = await app.request(
    '/v1/appointments',
    json('POST', {
      service_id: serviceId,
      office_id: officeId,
      starts_at,
      person: {
        given_name: 'Rosa',
        family_name: 'Rossi',
        email: `${crypto.randomUUID()}@example.org`,
      },
      ...change,
    }),
  );
  const body = (await answer.json()) as Record<string, unknown> & { id: string; code: string };
  return { status: answer.status, body };
}

describe('the night on which an hour is missing', () => {
  const night = '2028-03-26';
  beforeEach(() => standAt('2028-03-23T09:00:00+01:00'));

  it('offers no start that does not exist, and loses none that does', async () => {
    expect(onWall(await startsOn(night)).join(' ')).toBe(
      '00:00 00:30 01:00 01:30 03:00 03:30 04:00 04:30',
    );
  });

  it('refuses 2:30, and takes half an hour later by its offset', async () => {
    expect((await book('2028-03-26T02:30')).status).toBe(422);
    expect((await book('2028-03-26T02:30:00')).status).toBe(422);
    const { status, body } = await book('2028-03-26T03:30:00+02:00');
    expect([status, body.starts_at]).toEqual([201, '2028-03-26T01:30:00.000Z']);
  });

  it('an appointment from 1:30 lasts its half hour and ends at three', async () => {
    const { body } = await book('2028-03-26T01:30:00+01:00');
    expect(onWall([String(body.starts_at), String(body.ends_at)])).toEqual(['01:30', '03:00']);
  });
});

describe('spring of 2027, whose clocks change at Easter', () => {
  beforeEach(() => standAt('2027-03-25T09:00:00+01:00'));

  it('nine o’clock is nine o’clock on the working days before and after it', async () => {
    expect((await startsOn('2027-03-26'))[0]).toBe('2027-03-26T08:00:00.000Z');
    expect(await startsOn('2027-03-29')).toEqual([]);
    expect((await startsOn('2027-03-30'))[0]).toBe('2027-03-30T07:00:00.000Z');
  });

  it('an appointment moves over it and keeps its length', async () => {
    const { body } = await book('2027-03-26T09:00:00+01:00');
    const answer = await app.request(
      `/v1/appointments/${body.id}/rescheduling`,
      json('POST', {
        starts_at: '2027-03-30T09:00',
        pass: { code: body.code, email: await emailOf(body.id) },
      }),
    );
    const moved = (await answer.json()) as { starts_at: string; ends_at: string };
    expect([answer.status, moved.starts_at, moved.ends_at]).toEqual([
      200,
      '2027-03-30T07:00:00.000Z',
      '2027-03-30T07:30:00.000Z',
    ]);
  });
});

describe('the night on which an hour comes twice', () => {
  const night = '2027-10-31';
  beforeEach(() => standAt('2027-10-28T09:00:00+02:00'));

  it('offers both', async () => {
    expect(onWall(await startsOn(night)).join(' ')).toBe(
      '00:00 00:30 01:00 01:30 02:00 02:30 02:00 02:30 03:00 03:30 04:00 04:30',
    );
  });

  it('asks which 2:30 is meant; with their offsets they are two', async () => {
    expect((await book('2027-10-31T02:30')).status).toBe(422);
    expect((await book('2027-10-31T02:30:00+02:00')).status).toBe(201);
    expect((await book('2027-10-31T02:30:00+01:00')).status).toBe(201);
    expect((await book('2027-10-31T02:30:00+01:00')).status).toBe(409);
  });

  it('the days after it begin at nine', async () => {
    expect(await startsOn('2027-11-01')).toEqual([]);
    expect((await startsOn('2027-11-02'))[0]).toBe('2027-11-02T08:00:00.000Z');
  });
});

describe('years and their ends', () => {
  it.each([
    [
      'New Year’s Eve and the days after it',
      '2027-12-30T08:00:00+01:00',
      [
        ['2027-12-31', 8],
        ['2028-01-01', 0],
        ['2028-01-03', 8],
        ['2028-01-06', 0],
      ],
    ],
    [
      'the leap day of 2028',
      '2028-02-28T08:00:00+01:00',
      [
        ['2028-02-29', 8],
        ['2028-03-01', 8],
      ],
    ],
    [
      'Easter Monday of 2028',
      '2028-04-14T08:00:00+02:00',
      [
        ['2028-04-14', 6],
        ['2028-04-17', 0],
        ['2028-04-18', 8],
      ],
    ],
    [
      'St Francis, a holiday again since 2026, on a Monday',
      '2027-10-01T08:00:00+02:00',
      [
        ['2027-10-04', 0],
        ['2027-10-05', 8],
      ],
    ],
    [
      'a year that no list of holidays reaches',
      '2041-04-18T08:00:00+02:00',
      [
        ['2041-04-22', 0],
        ['2041-04-23', 8],
        ['2041-04-25', 0],
      ],
    ],
  ] as const)('%s', async (_, now, expected) => {
    await standAt(now);
    for (const [day, count] of expected) {
      const found = await startsOn(day);
      // Today some are gone already, or none: whether any is left is what counts.
      expect([day, found.length > 0], day).toEqual([day, count > 0]);
      if (wall(Date.parse(now)).toISODate() !== day)
        expect([day, found.length]).toEqual([day, count]);
    }
  });

  it('lists across the end of a year, and books on its other side', async () => {
    await standAt('2027-12-30T08:00:00+01:00');
    const found = await startsOn('2027-12-31', '2028-01-04');
    expect(new Set(found.map((start) => wall(Date.parse(start)).toISODate()))).toEqual(
      new Set(['2027-12-31', '2028-01-02', '2028-01-03', '2028-01-04']),
    );
    expect((await book('2028-01-03T09:00:00+01:00')).status).toBe(201);
  });
});

describe('a service that makes no sense', () => {
  it.each([
    ['starts that do not follow one another', { gridMinutes: 0 }],
    ['no length', { durationMinutes: 0 }],
    ['less than no buffer', { bufferMinutes: -5 }],
    ['more notice than horizon', { minNoticeMinutes: 8 * 1440, horizonDays: 7 }],
  ])('with %s is refused by the database', async (_, given) => {
    await expect(aService(services, given)).rejects.toThrow();
  });
});

describe('requests that make no sense', () => {
  beforeEach(() => standAt('2027-03-04T09:00:00+01:00'));

  it.each([
    ['29 February of a common year', '2027-02-29T09:00:00+01:00'],
    ['a thirteenth month', '2027-13-01T09:00:00+01:00'],
    ['an hour 25', '2027-03-05T25:00:00+01:00'],
    ['a day without a time', '2027-03-05'],
    ['seconds since 1970', 1804147200],
    ['nothing', null],
    ['a list', ['2027-03-05T09:00:00+01:00']],
    ['a text without end', `2027-03-05T09:00:00.${'0'.repeat(5000)}+01:00`],
    ['the year ten thousand', '+010000-01-01T09:00:00Z'],
    ['words', 'domani alle nove'],
  ])('a start that is %s is refused', async (_, start) => {
    const { status, body } = await book(start);
    expect(status).toBe(422);
    expect(body).toHaveProperty('errors');
  });

  it.each([
    ['in the past', '2027-03-03T09:00:00+01:00'],
    ['long ago', '0001-01-01T00:00:00Z'],
    ['at the end of time', '9999-12-31T23:30:00Z'],
    ['off the grid', '2027-03-05T09:07:00+01:00'],
  ])('a start %s is not offered', async (_, start) => {
    const { status } = await book(start);
    expect([409, 422]).toContain(status);
    expect((await startsOn('2027-03-05')).length).toBe(8);
  });

  it('the same instant in any offset is the same start', async () => {
    expect((await book('2027-03-05T03:00:00-05:00')).status).toBe(201);
    expect((await book('2027-03-05T08:00:00Z')).status).toBe(409);
    expect((await book('2027-03-05T09:00:00+01:00')).status).toBe(409);
  });

  it.each([
    ['a service that is none', { service_id: crypto.randomUUID() }, 404],
    ['an office that is none', { office_id: crypto.randomUUID() }, 404],
    ['an id that is no id', { office_id: '1; drop table appointment' }, 422],
    ['a field of its own', { ends_at: '2027-03-05T23:00:00+01:00' }, 422],
    ['a price', { price: 0 }, 422],
    ['a person who is a list', { person: [] }, 422],
    ['a person without a name', { person: { email: 'a@example.org' } }, 422],
    [
      'a name of ten thousand letters',
      { person: { given_name: 'R'.repeat(10_000), family_name: 'R', email: 'a@example.org' } },
      422,
    ],
    [
      'a name with a NUL',
      { person: { given_name: 'R\0', family_name: 'R', email: 'a@example.org' } },
      422,
    ],
    ['an operator of their choice', { operator_id: crypto.randomUUID() }, 403],
  ])('%s is refused', async (_, change, expected) => {
    expect((await book('2027-03-05T09:00:00+01:00', change)).status).toBe(expected);
  });

  it.each([
    ['days in the wrong order', 'from=2027-03-06&to=2027-03-05'],
    ['a day that is none', 'from=2027-02-30&to=2027-03-05'],
    ['a thousand years', 'from=2027-03-05&to=3027-03-05'],
    ['no days', ''],
    ['the same day twice over', 'from=2027-03-05&from=2027-03-06&to=2027-03-05'],
  ])('a list of %s is refused', async (_, query) => {
    const answer = await app.request(
      `/v1/offices/${officeId}/starts?service_id=${serviceId}&${query}`,
    );
    expect(answer.status).toBe(400);
  });

  it('days long after the horizon hold nothing, and say that nothing follows', async () => {
    const answer = await app.request(
      `/v1/offices/${officeId}/starts?service_id=${serviceId}&from=2999-01-01&to=2999-01-31`,
    );
    const body = (await answer.json()) as { items: unknown[] };
    expect([answer.status, body.items, 'next_starts_at' in body]).toEqual([200, [], false]);
  });
});

async function emailOf(id: string): Promise<string> {
  const [found] = (
    (await services.database.execute(
      sql`select contact_email from appointment where id = ${id}::uuid`,
    )) as unknown as { rows: { contact_email: string }[] }
  ).rows;
  return found!.contact_email;
}
