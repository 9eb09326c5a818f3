import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extendFreeTime } from '../../src/booking/actions/extend-free-time.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { type Answer, worldByApi } from '../support/by-api.ts';

/** A network made and used as another system would, through the API alone. */

let services: TestServices;
let world: Awaited<ReturnType<typeof worldByApi>>;
beforeAll(async () => {
  services = await testServices();
  world = await worldByApi(services);
});
afterAll(() => services.close());

const pointers = ({ body }: Answer) =>
  (body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer).join(' ');
const slug = ({ body }: Answer) => body.type?.split('/').pop();

describe('whom one asks for', () => {
  it('is had once at a time, whatever part of it another takes', async () => {
    const id = await world.service({ grid_minutes: 15 });
    const desk = await world.desk();
    const maria = { operator_id: world.maria };
    const at = (time: string) => `2027-03-05T${time}`;
    expect((await world.book(id, at('09:00'), maria, desk)).status).toBe(201);
    expect((await world.book(id, at('09:15'), maria, desk)).status).toBe(409);
    expect((await world.book(id, at('09:15'))).status).toBe(201);
    expect((await world.book(id, at('09:15'))).status).toBe(409);
    expect((await world.book(id, at('09:30'), maria, desk)).status).toBe(201);
    expect((await world.book(id, at('10:00'), maria)).status).toBe(403);
  });

  it('in a language nobody speaks, or on a Sunday, is not said to be somebody’s', async () => {
    const id = await world.service();
    for (const [start, more] of [
      ['2027-03-08T09:00', { language: 'zh' }],
      ['2027-03-14T09:00', {}],
      ['2027-03-08T13:00', {}],
    ] as const) {
      const { status, body } = await world.book(id, start, more);
      expect([start, status, body.title]).toEqual([start, 409, 'L’orario non è libero']);
      expect(body.detail).toContain('nessuno che possa riceverti');
    }
  });
});

describe('rooms', () => {
  it('bound what operators could take, and operators what rooms could', async () => {
    const id = await world.service({ resource_kind: 'saletta', duration_minutes: 60 });
    const room = (name: string) =>
      world.manage('POST', '/v1/resources', { office_id: world.palermo, kind: 'saletta', name });
    const nine = '2027-03-08T09:00';
    expect((await world.book(id, nine)).status).toBe(409);
    await room('Saletta A');
    expect((await world.book(id, nine)).status).toBe(201);
    expect((await world.book(id, nine)).status).toBe(409);
    await room('Saletta B');
    await room('Saletta C');
    expect((await world.book(id, nine)).status).toBe(201);
    expect((await world.book(id, nine)).status).toBe(409);
  });
});

describe('a family of three', () => {
  it('is received one after another, together or not at all', async () => {
    const id = await world.service({ duration_minutes: 5, grid_minutes: 5 });
    const visit = (times: string[], office = world.bagheria) =>
      world.ask('POST', '/v1/visits', {
        office_id: office,
        parts: times.map((time) => ({
          service_id: id,
          starts_at: `2027-03-15T${time}`,
          person: world.person(),
        })),
      });
    const found = await world.ask(
      'GET',
      `/v1/offices/${world.bagheria}/visit-starts?service_ids=${id},${id},${id}&from=2027-03-15&to=2027-03-15`,
    );
    // 36 fives of a morning: the last three begin at 11:45.
    expect(found.body.items).toHaveLength(34);
    expect((await visit(['09:00', '09:05', '09:10'])).status).toBe(201);
    expect((await visit(['09:15', '09:20', '09:10'])).status).toBe(409);
    expect((await world.starts(id, '2027-03-15', world.bagheria)).slice(0, 5)).toBe('09:15');
    expect((await visit(['10:30', '10:30'])).status).toBe(409);
    expect((await visit(['10:30', '10:30'], world.palermo)).status).toBe(201);
  });
});

describe('hours', () => {
  const series = (given: object) =>
    world.manage('POST', '/v1/opening-series', {
      office_id: world.palermo,
      weekday: 6,
      starts: '09:00',
      ends: '12:00',
      valid_from: '2027-01-01',
      ...given,
    });

  it('of every other Saturday hold until the last, included', async () => {
    const id = await world.service({ duration_minutes: 180 });
    await series({ nth: 2, valid_from: '2027-03-06', valid_to: '2027-04-03' });
    const days = ['2027-03-06', '2027-03-13', '2027-03-20', '2027-04-03', '2027-04-17'];
    const open = [];
    for (const day of days) open.push((await world.starts(id, day)) !== '');
    expect(open).toEqual([true, false, true, true, false]);
  });

  it('of an absence that comes back each week are the colleague’s, but on the day it is dropped', async () => {
    const id = await world.service({ duration_minutes: 60, grid_minutes: 60 });
    const away = { operator_id: world.maria, weekday: 3, kind: 'pause', ends: '11:00' };
    const { body } = await series({ ...away, valid_from: '2027-03-10' });
    const drop = (day: string) =>
      world.manage('PUT', `/v1/opening-series/${body.id}/exceptions/${day}`, {});
    expect((await drop('2027-03-17')).status).toBe(204);
    expect((await drop('2027-03-18')).status).toBe(422);
    expect(await world.starts(id, '2027-03-10')).toBe('09:00 10:00 11:00x2');
    expect(await world.starts(id, '2027-03-17')).toBe('09:00x2 10:00x2 11:00x2');
    expect(await world.starts(id, '2027-03-24')).toBe('09:00 10:00 11:00x2');
  });

  it('with an appointment in them are not taken away unsaid', async () => {
    const id = await world.service();
    const { body } = await series({ weekday: 7 });
    expect((await world.book(id, '2027-03-07T09:00')).status).toBe(201);
    const removed = await world.manage('DELETE', `/v1/opening-series/${body.id}`);
    expect([removed.status, slug(removed), removed.body.appointments]).toEqual([
      409,
      'appointments-in-the-way',
      1,
    ]);
    expect(await world.starts(id, '2027-03-07')).toContain('09:30x2');
  });
});

describe('a service', () => {
  it.each<[string, object, string]>([
    ['a grid of nothing', { grid_minutes: 0 }, '/grid_minutes'],
    ['a grid that does not divide the hour', { grid_minutes: 7 }, '/grid_minutes'],
    ['one and a half minutes', { duration_minutes: 1.5 }, '/duration_minutes'],
    ['no length', { duration_minutes: 0 }, '/duration_minutes'],
    [
      'notice as long as its days',
      { horizon_days: 1, min_notice_minutes: 1440 },
      '/min_notice_minutes',
    ],
    ['a limit of none', { limit: { appointments: 0, days: 1 } }, '/limit/appointments'],
    ['a category that nobody is of', { min_category: 'Z' }, '/min_category'],
    ['the same length twice', { other_durations: [45, 45] }, '/other_durations'],
  ])('with %s is refused', async (_, given, pointer) => {
    const answer = await world.manage('POST', '/v1/services', {
      code: 'impossibile',
      name: { it: 'x', en: 'x' },
      duration_minutes: 30,
      skill: 'accoglienza',
      min_category: 'C',
      ...given,
    });
    expect([answer.status, pointers(answer)]).toEqual([422, pointer]);
  });

  it('of three minutes follows one of seven in one visit, with the minute between that its grid asks for', async () => {
    const day = '2027-03-20';
    // On Saturdays: one for whoever can do the first, one for whoever can do the second.
    for (const [skill, ends] of [
      ['sette', '09:21'],
      ['tre', '09:18'],
    ] as const) {
      const joined = await world.manage('POST', '/v1/operators', {
        office_id: world.messina,
        staff_number: skill,
        given_name: 'Iris',
        family_name: 'Prova',
        category: 'C',
        skills: [skill],
        bookable: true,
      });
      const hours = await world.manage('POST', '/v1/opening-series', {
        office_id: world.messina,
        operator_id: joined.body.id,
        weekday: 6,
        starts: '09:00',
        ends,
        valid_from: '2027-01-01',
      });
      expect([joined.status, hours.status]).toEqual([201, 201]);
    }
    const seven = await world.service({
      skill: 'sette',
      duration_minutes: 7,
      grid_minutes: 7,
      grid_anchor: 'stretch',
    });
    const three = await world.service({ skill: 'tre', duration_minutes: 3, grid_minutes: 3 });
    expect(await world.starts(seven, day, world.messina)).toBe('09:00 09:07 09:14');
    expect(await world.starts(three, day, world.messina)).toBe(
      '09:00 09:03 09:06 09:09 09:12 09:15',
    );
    const { body } = await world.ask(
      'GET',
      `/v1/offices/${world.messina}/visit-starts?service_ids=${seven},${three}&from=${day}&to=${day}`,
    );
    const pairs = body.items.map(({ starts }: { starts: string[] }) =>
      starts.map((start) => start.slice(11, 16)).join(' '),
    );
    // Nine on the wall is eight in UTC, in which instants are answered.
    expect(pairs).toEqual(['08:00 08:09', '08:07 08:15']);
  });

  it('for invited people says how it is booked, to whoever is not', async () => {
    for (const audience of ['invited', 'staff']) {
      const id = await world.service({ audience });
      const refused = await world.book(id, '2027-03-09T09:00');
      expect([refused.status, slug(refused)]).toEqual([403, 'not-booked-alone']);
    }
  });

  it('that is not there, and an office that is not, are each pointed at', async () => {
    const id = await world.service();
    const nowhere = '01890a5d-ac96-774b-bcce-b302099a8057';
    const start = '2027-03-09T09:00';
    const answers = [
      await world.book(nowhere, start),
      await world.book(id, start, { office_id: nowhere }),
      await world.book(nowhere, start, { office_id: nowhere }),
    ];
    expect(answers.map((answer) => [answer.status, pointers(answer)])).toEqual([
      [404, '/service_id'],
      [404, '/office_id'],
      [404, '/service_id /office_id'],
    ]);
  });
});

describe('so many times for one person', () => {
  const CODE = 'RSSMRA80A01H501U';
  it.each([
    ['as it is', CODE, 409, '09:00'],
    ['in small letters', CODE.toLowerCase(), 409, '09:30'],
    ['with blanks', 'RSS MRA 80A01 H501U', 409, '10:00'],
    // Given, with a letter for a figure, to somebody else who would have the same: two people.
    ['of a namesake, which has a letter for a figure', 'RSSMRA80A01H50MM', 201, '10:30'],
    ['provisional, of figures', '12345678903', 201, '11:00'],
    ['with a wrong last letter', 'RSSMRA80A01H501X', 422, '11:30'],
  ])('a tax code %s', async (_, taxCode, status, time) => {
    const id = await world.service({
      limit: { appointments: 1, days: 30 },
      tax_code_required: true,
    });
    const book = (day: string, tax_code?: string) =>
      world.book(id, `2027-03-${day}T${time}`, { person: world.person({ tax_code }) });
    expect(pointers(await book('25'))).toBe('/person/tax_code');
    const first = await book('25', CODE);
    expect(first.status).toBe(201);
    expect((await book('26', taxCode)).status).toBe(status);
    // What was cancelled does not count.
    const { id: appointment } = first.body;
    await world.ask('POST', `/v1/appointments/${appointment}/cancellation`, {}, await world.desk());
    if (status === 409) expect((await book('26', taxCode)).status).toBe(201);
  });
});

describe('where', () => {
  it.each([
    ['1', 'pa-bagheria'],
    ['2', 'pa-palermo'],
    ['99', 'pa-bagheria'],
    ['100', 'me-messina'],
    ['101/B', 'me-messina'],
    [undefined, 'pa-palermo'],
  ])('Via Roma %s belongs', async (number, office) => {
    const answer = await world.ask('POST', '/v1/competent-office-lookups', {
      comune: '082053',
      street: 'via roma',
      ...(number && { number }),
    });
    expect(answer.body.office_code).toBe(office);
  });

  it.each([
    ['comune=082053&within_km=0', 'pa-palermo'],
    ['q=%F0%9F%98%80', ''],
    ['q=%25', ''],
    ['q=%20', 'me-messina pa-bagheria pa-palermo'],
    ['q=bagh', 'pa-bagheria'],
    ['latitude=0&longitude=0&within_km=500', ''],
  ])('offices are looked for: %s', async (query, codes) => {
    const { body } = await world.ask('GET', `/v1/offices?${query}`);
    const found = body.items.map(({ code }: { code: string }) => code);
    expect(found.sort().join(' ')).toBe(codes);
  });

  it.each(['latitude=91&longitude=0', 'latitude=38&longitude=181', 'latitude=NaN&longitude=0'])(
    'no place has %s',
    async (query) => {
      const id = await world.service();
      const path = `/v1/earliest-starts?service_id=${id}&${query}&within_km=5`;
      expect((await world.ask('GET', path)).status).toBe(400);
    },
  );
});

describe('times without an offset', () => {
  it('are those of the wall for sessions and closures too', async () => {
    const desk = await world.desk();
    const session = await world.ask(
      'POST',
      '/v1/group-sessions',
      {
        office_id: world.palermo,
        title: { it: 'Il curriculum', en: 'The CV' },
        description: { it: 'x', en: 'x' },
        what_to_bring: { it: [], en: [] },
        room: 'Aula',
        starts_at: '2027-04-01T15:00',
        ends_at: '2027-04-01T17:00',
        registration_opens_at: '2027-03-01T09:00',
        registration_closes_at: '2027-03-31T18:00',
        seats: 2,
        leader_ids: [],
        published: true,
      },
      desk,
    );
    expect(session.body.items?.[0]?.starts_at).toBe('2027-04-01T13:00:00.000Z');
    const scope = { kind: 'closure', office_id: world.palermo };
    const preview = (starts_at: string, ends_at: string) =>
      world.ask('POST', '/v1/closure-previews', { ...scope, starts_at, ends_at }, desk);
    expect((await preview('2027-04-02T00:00', '2027-04-03T00:00')).status).toBe(200);
    expect(pointers(await preview('2027-03-28T02:30', '2027-03-28T12:00'))).toBe('/starts_at');
  });
});

describe('waiting', () => {
  it('for nothing in particular leads to the place one has', async () => {
    const { status, headers } = await world.ask('GET', '/attesa');
    expect([status, headers.get('location')]).toEqual([303, '/attesa/posto']);
  });

  it('on days that the period does not have is refused, where nobody works too', async () => {
    const id = await world.service({ waiting_list: true });
    const join = (given: object) =>
      world.ask('POST', '/v1/waiting-entries', {
        service_id: id,
        where: { office_ids: [world.palermo] },
        from: '2027-03-12',
        to: '2027-03-12',
        person: world.person(),
        ...given,
      });
    const nowhere = { office_ids: ['01890a5d-ac96-774b-bcce-b302099a8057'] };
    const answers = [
      await join({ weekdays: [7] }),
      await join({ where: nowhere }),
      await join({ where: { comune: '999999', within_km: 5 } }),
      await join({ from: '2027-03-01', to: '2027-03-02' }),
      await join({ weekdays: [5] }),
    ];
    expect(answers.map((answer) => [answer.status, pointers(answer)])).toEqual([
      [422, '/weekdays'],
      [422, '/where/office_ids'],
      [422, '/where/comune'],
      [422, '/to'],
      [201, ''],
    ]);
  });
});

// Last: the clock does not come back.
describe('years', () => {
  it('change, have a day more, and a week more', async () => {
    const id = await world.service({ duration_minutes: 60, grid_minutes: 60, horizon_days: 400 });
    const whole = '09:00x2 10:00x2 11:00x2';
    const facts: [string, [string, string][]][] = [
      [
        '2027-12-20T09:00:00+01:00',
        [
          ['2028-01-06', ''],
          ['2028-01-07', whole],
          ['2028-02-29', whole],
          ['2028-03-27', whole],
          ['2028-04-17', ''],
          ['2028-04-25', ''],
          ['2028-05-01', ''],
          ['2028-05-02', whole],
        ],
      ],
      [
        '2032-12-20T09:00:00+01:00',
        [
          ['2032-12-31', whole],
          ['2033-01-03', whole],
        ],
      ],
    ];
    for (const [now, days] of facts) {
      services.setNow(now);
      await extendFreeTime(callAs(services, { kind: 'system', task: 'test' }));
      for (const [day, expected] of days)
        expect([day, await world.starts(id, day)]).toEqual([day, expected]);
    }
    services.setNow('2027-12-20T09:00:00+01:00');
    expect((await world.book(id, '2029-02-29T09:00')).status).toBe(422);
  });
});
