import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { resource } from '../../src/network/table.ts';
import { rows } from '../../src/platform/database.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { anOffice, anOperator, aPerson, aService, weekdayMornings } from '../support/fixtures.ts';

const DAY = '2027-03-05';
const at = (time: string) => `${DAY}T${time}:00+01:00`;

onPostgres('requests that arrive at one moment, at two processes', () => {
  const connections: Connection[] = [];
  const processes: TestServices[] = [];
  const apps: ReturnType<typeof testApp>[] = [];
  let services: TestServices;
  let office: string;
  let half: string;
  let talk: string;

  beforeAll(async () => {
    const url = await freshDatabase();
    for (const pool of [12, 12]) {
      const connection = connectPostgres(url, pool);
      connections.push(connection);
      processes.push(await testServices({ database: connection.database }));
    }
    services = processes[0]!;
    apps.push(...processes.map(testApp));
    half = await aService(services, { gridMinutes: 15 });
    talk = await aService(services, { gridMinutes: 15, durationMinutes: 45 });
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
  });
  beforeEach(async () => {
    await services.database.execute(
      sql`truncate appointment, occupied, outbox, audit_event, free_time, person, idempotency_key, rate_limit cascade`,
    );
    await services.database.execute(sql`update operator set active = false`);
    office = await anOffice(services);
    await weekdayMornings(services, office);
  });

  async function receiving(operators: number): Promise<void> {
    for (let n = 0; n < operators; n++) await anOperator(services, office);
    await derive();
  }
  const derive = () =>
    rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 2 });

  let sent = 0;
  async function post(path: string, body: object, headers = {}) {
    sent += 1;
    const answer = await apps[sent % 2]!.request(path, json('POST', body, headers));
    const read = (await answer.json()) as Record<string, string>;
    if (answer.status >= 400)
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return { status: answer.status, body: read, kind: read.type?.split('/').at(-1) };
  }
  const somebody = (n: number, email = `person${n}@example.org`) => ({
    given_name: 'Rosa',
    family_name: 'Rossi',
    email,
  });
  const book = (n: number, time: string, more: object = {}) =>
    post('/v1/appointments', {
      service_id: half,
      office_id: office,
      starts_at: at(time),
      person: somebody(n),
      ...more,
    });
  const hold = (time: string, token?: string, headers = {}) =>
    post(
      '/v1/holds',
      { service_id: half, office_id: office, starts_at: at(time), ...(token && { token }) },
      headers,
    );
  const all = <T>(count: number, make: (n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, n) => make(n)));
  const statuses = (answers: readonly { status: number }[]) =>
    answers.map(({ status }) => status).sort();

  /** Nobody twice at one time, every state with its rows, free time as it would be derived anew. */
  async function expectOrder() {
    const wrong = await rows<{ what: string }>(
      services.database,
      sql`select 'twice: ' || a.appointment_id as what from occupied a join occupied b
            on a.resource_id = b.resource_id and a.appointment_id < b.appointment_id
            and a.during && b.during where a.active and b.active
          union all select 'rows: ' || a.id from appointment a
            where (a.state in ('held', 'confirmed')) <>
              exists (select from occupied o where o.appointment_id = a.id and o.active)
          union all select 'told: ' || a.id from appointment a where a.state = 'confirmed'
            and not exists (select from outbox o where o.subject_id = a.id)`,
    );
    expect(wrong).toEqual([]);
    const free = () =>
      rows(
        services.database,
        sql`select operator_id, day, free::text from free_time order by 1, 2`,
      );
    const before = await free();
    await derive();
    expect(await free()).toEqual(before);
    const [kept] = await rows<{ held: number; confirmed: number }>(
      services.database,
      sql`select count(*) filter (where state = 'held')::int as held,
        count(*) filter (where state = 'confirmed')::int as confirmed from appointment`,
    );
    return kept;
  }

  it('ten for one start with one operator: one has it, nine are told of three others', async () => {
    await receiving(1);
    const answers = await all(10, (n) => book(n, '09:00'));
    expect(statuses(answers)).toEqual([201, ...Array(9).fill(409)]);
    for (const { status, body } of answers)
      if (status === 409) expect(body.alternatives).toHaveLength(3);
    const [written] = await rows(
      services.database,
      sql`select (select count(*)::int from appointment) as appointments,
        (select count(*)::int from occupied) as occupied, (select count(*)::int from person) as people,
        (select count(*)::int from audit_event) as audited`,
    );
    expect(written).toEqual({ appointments: 1, occupied: 1, people: 1, audited: 1 });
    expect(await expectOrder()).toEqual({ held: 0, confirmed: 1 });
  });

  it('five for “whoever is free” with two: two have it, with two operators', async () => {
    await receiving(2);
    const answers = await all(5, (n) => book(n, '09:00'));
    expect(statuses(answers)).toEqual([201, 201, 409, 409, 409]);
    const seats = await rows(
      services.database,
      sql`select distinct operator_id from appointment where state = 'confirmed'`,
    );
    expect(seats).toHaveLength(2);
    await expectOrder();
  });

  it('twelve for three hours that overlap by a quarter: one of each two that meet', async () => {
    await receiving(1);
    const answers = await all(12, (n) => book(n, ['09:00', '09:15', '09:30'][n % 3]!));
    const won = answers.filter(({ status }) => status === 201).length;
    expect([1, 2]).toContain(won);
    expect(statuses(answers).filter((status) => status !== 201)).toEqual(Array(12 - won).fill(409));
    expect(await expectOrder()).toEqual({ held: 0, confirmed: won });
  });

  it('six for one room with three operators: one', async () => {
    await receiving(3);
    await services.database
      .insert(resource)
      .values({ id: services.ids(), officeId: office, kind: 'room', name: 'Sala' });
    const inRoom = await aService(services, { gridMinutes: 15, resourceKind: 'room' });
    const answers = await all(6, (n) => book(n, '09:00', { service_id: inRoom }));
    expect(statuses(answers)).toEqual([201, 409, 409, 409, 409, 409]);
    await expectOrder();
  });

  it('clicks of one person keep one start and book once, with two operators free', async () => {
    await receiving(2);
    const me = await as(services, { kind: 'jobseeker', personId: await aPerson(services) });
    const clicks = await all(6, (n) => hold(['09:00', '10:00'][n % 2]!, undefined, me));
    for (const { status } of clicks) expect([201, 409]).toContain(status);
    expect(await expectOrder()).toEqual({ held: 1, confirmed: 0 });
    const booked = await all(6, () => book(1, '11:00'));
    expect(statuses(booked)).toEqual([201, 409, 409, 409, 409, 409]);
    expect(await expectOrder()).toEqual({ held: 1, confirmed: 1 });
  });

  it('two who each keep what the other wants: nobody ends with nothing', async () => {
    await receiving(1);
    for (let round = 0; round < 4; round++) {
      const [a, b] = await Promise.all([hold('09:00'), hold('10:00')]);
      const moved = await Promise.all([hold('10:00', a.body.token), hold('09:00', b.body.token)]);
      for (const { status } of moved) expect([201, 409]).toContain(status);
      expect((await expectOrder())?.held).toBe(2);
      await services.database.execute(
        sql`truncate appointment, occupied, audit_event, outbox, rate_limit cascade`,
      );
      await derive();
    }
  });

  it('a hold confirmed five times at once is one appointment', async () => {
    await receiving(1);
    const { body } = await hold('09:00');
    const confirmed = await all(5, () =>
      post(`/v1/holds/${body.id}/confirmation`, { token: body.token, person: somebody(1) }),
    );
    expect(statuses(confirmed)).toEqual([201, 412, 412, 412, 412]);
    expect(await expectOrder()).toEqual({ held: 0, confirmed: 1 });
  });

  it('two that move to one free hour: one is there, the other where it was', async () => {
    await receiving(1);
    const booked = await all(3, (n) => book(n, ['09:00', '10:00', '11:00'][n]!));
    const moved = await all(3, (n) =>
      post(`/v1/appointments/${booked[n]!.body.id}/rescheduling`, {
        starts_at: at('12:00'),
        pass: { code: booked[n]!.body.code, email: `person${n}@example.org` },
      }),
    );
    expect(statuses(moved)).toEqual([200, 409, 409]);
    const left = await rows<{ n: number }>(
      services.database,
      sql`select version as n from appointment order by starts_at`,
    );
    expect(left.map(({ n }) => n)).toEqual([1, 1, 2]);
    expect(await expectOrder()).toEqual({ held: 0, confirmed: 3 });
  });

  it('families in each other’s way: each comes as a whole or not at all', async () => {
    await receiving(3);
    const family = (n: number) => {
      const parts = [
        { service_id: half, starts_at: at('09:00'), person: somebody(n, `a${n}@example.org`) },
        { service_id: talk, starts_at: at('09:30'), person: somebody(n, `b${n}@example.org`) },
        { service_id: half, starts_at: at('10:15'), person: somebody(n, `c${n}@example.org`) },
      ];
      return post('/v1/visits', { office_id: office, parts: n % 2 ? parts : parts.toReversed() });
    };
    const answers = await all(12, family);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    const won = answers.filter(({ status }) => status === 201).length;
    expect(won).toBeGreaterThan(0);
    expect(won).toBeLessThanOrEqual(3);
    expect(await expectOrder()).toEqual({ held: 0, confirmed: 3 * won });
  });
});
