import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Booking, bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import type { AppointmentView } from '../../src/booking/store/appointments.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { MINUTE } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { Problem } from '../../src/platform/problem.ts';
import { seeded } from '../../src/platform/random.ts';
import { callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

const NINE = Date.parse('2027-03-05T09:00:00+01:00');

onPostgres('when many book at once', () => {
  let url: string;
  /** Two processes of the service on one database. */
  const connections: Connection[] = [];
  const processes: TestServices[] = [];
  let services: TestServices;
  let officeId: string;
  let half: string;
  let threeQuarters: string;

  beforeAll(async () => {
    url = await freshDatabase();
    for (const pool of [15, 15]) {
      const connection = connectPostgres(url, pool);
      connections.push(connection);
      processes.push(await testServices({ database: connection.database }));
    }
    services = processes[0]!;
    officeId = await anOffice(services);
    await anOperator(services, officeId);
    await weekdayMornings(services, officeId);
    half = await aService(services);
    threeQuarters = await aService(services, { durationMinutes: 45, bufferMinutes: 5 });
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
  });
  beforeEach(async () => {
    await services.database.execute(
      sql`truncate appointment, occupied, outbox, audit_event, free_time, person, idempotency_key cascade`,
    );
    await rebuildFreeTime(systemCall(), { days: 7 });
  });

  const systemCall = () => callAs(services, { kind: 'system', task: 'test' });
  const visitor = (n: number) => callAs(processes[n % processes.length]!, ANONYMOUS);

  function book(n: number, wanted: Partial<Booking> = {}): Promise<AppointmentView> {
    return bookAppointment(visitor(n), {
      serviceId: half,
      officeId,
      start: NINE,
      person: { ...PERSON, email: `person${n}@example.org` },
      ...wanted,
    });
  }

  const free = () =>
    rows<{ free: string }>(
      services.database,
      sql`select operator_id || ' ' || day || ' ' || free::text as free from free_time order by 1`,
    );

  /** Whatever happened, the books must balance: nothing twice, nothing half, nothing lost. */
  async function expectBooksToBalance(acknowledged: readonly AppointmentView[]) {
    const wrong = await rows<{ what: string }>(
      services.database,
      sql`
        select 'two at one time: ' || a.appointment_id as what from occupied a join occupied b
          on a.resource_id = b.resource_id and a.appointment_id < b.appointment_id
          and a.during && b.during where a.active and b.active
        union all
        select 'state and occupied time disagree: ' || a.id from appointment a
          where (a.state = 'confirmed') <> exists (
            select from occupied o where o.appointment_id = a.id and o.active
              and lower(o.during) = a.starts_at and upper(o.during) >= a.ends_at)
        union all
        select 'not audited: ' || a.id from appointment a
          where (select count(*) from audit_event e where e.subject_id = a.id::text)
            <> case a.state when 'confirmed' then 1 else 2 end
        union all
        select 'nobody told: ' || a.id from appointment a
          where not exists (select from outbox o where o.subject_id = a.id)
        union all
        select 'told of nothing: ' || o.subject_id from outbox o
          where not exists (select from appointment a where a.id = o.subject_id)`,
    );
    expect(wrong).toEqual([]);

    const kept = await rows<{ id: string; state: string }>(
      services.database,
      sql`select id, state from appointment order by id`,
    );
    const states = new Map(kept.map(({ id, state }) => [id, state]));
    for (const { id, state } of acknowledged) expect(states.get(id), id).toBe(state);

    const before = await free();
    await rebuildFreeTime(systemCall(), { days: 7 });
    expect(await free()).toEqual(before);
    return kept;
  }

  it('one of fifty gets the one place, the others hear what else is free', async () => {
    const { won, lost } = await settled(Array.from({ length: 50 }, (_, n) => book(n)));
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(49);
    for (const problem of lost) {
      expect(problem.kind.slug).toBe('slot-taken');
      expect(problem.extra.members?.alternatives).toHaveLength(3);
    }
    expect(await expectBooksToBalance(won)).toHaveLength(1);
  });

  it('three operators make three places, and no more', async () => {
    const others = [await anOperator(services, officeId), await anOperator(services, officeId)];
    await rebuildFreeTime(systemCall(), { days: 7 });
    const { won, lost } = await settled(Array.from({ length: 30 }, (_, n) => book(n)));
    expect([won.length, lost.length]).toEqual([3, 27]);
    expect(new Set(won.map(({ operatorId }) => operatorId)).size).toBe(3);
    await expectBooksToBalance(won);
    for (const id of others) {
      await services.database.execute(sql`update operator set active = false where id = ${id}`);
      await services.database.execute(sql`delete from free_time where operator_id = ${id}`);
    }
  });

  it('times that overlap only in part do not both win', async () => {
    const starts = Array.from({ length: 40 }, (_, n) => NINE + (n % 8) * 15 * MINUTE);
    const { won } = await settled(
      starts.map((start, n) => book(n, { start, serviceId: n % 3 ? half : threeQuarters })),
    );
    expect(won.length).toBeGreaterThan(1);
    await expectBooksToBalance(won);
  });

  it('one person who asks for ten times of the same service gets one', async () => {
    const { won, lost } = await settled(
      Array.from({ length: 10 }, (_, n) =>
        book(n, {
          start: NINE + (n % 8) * 30 * MINUTE,
          person: { ...PERSON, email: 'same@example.org' },
        }),
      ),
    );
    expect(won).toHaveLength(1);
    expect(new Set(lost.map(({ kind }) => kind.slug))).toEqual(
      new Set(
        lost.some(({ kind }) => kind.slug === 'slot-taken')
          ? ['already-booked', 'slot-taken']
          : ['already-booked'],
      ),
    );
    expect(await expectBooksToBalance(won)).toHaveLength(1);
  });

  it('the same request sent twenty times at once, with its key, makes one appointment', async () => {
    const apps = processes.map(testApp);
    const send = (n: number) =>
      apps[n % 2]!.request(
        '/v1/appointments',
        json(
          'POST',
          {
            service_id: half,
            office_id: officeId,
            starts_at: new Date(NINE).toISOString(),
            person: { given_name: 'Rosa', family_name: 'Rossi', email: 'rosa@example.org' },
          },
          { 'Idempotency-Key': 'one-key' },
        ),
      );
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => send(n)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(201);
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
    const later = await send(1);
    expect(later.status).toBe(201);
    const { id } = (await later.json()) as { id: string };
    const kept = await expectBooksToBalance([]);
    expect(kept.map((appointment) => appointment.id)).toEqual([id]);
  });

  it('booking and cancelling in any order leaves the books balanced', async () => {
    const random = seeded(7);
    /** The last that any client heard of each appointment. */
    const heard = new Map<string, AppointmentView>();
    const client = async (n: number) => {
      let mine: AppointmentView | undefined;
      for (let step = 0; step < 12; step++) {
        if (mine?.state === 'confirmed' && random.uniform() < 0.6) {
          const pass = { code: mine.code, contact: mine.contactEmail! };
          mine = await cancelAppointment(visitor(n), { id: mine.id, pass });
          heard.set(mine.id, mine);
          continue;
        }
        const start = NINE + random.integer(0, 15) * 15 * MINUTE;
        const serviceId = random.pick([half, threeQuarters]);
        const { won } = await settled([book(n, { start, serviceId })]);
        for (const booked of won) {
          mine = booked;
          heard.set(booked.id, booked);
        }
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => client(n)));
    const states = new Set([...heard.values()].map(({ state }) => state));
    expect(states).toEqual(new Set(['confirmed', 'cancelled']));
    await expectBooksToBalance([...heard.values()]);
  });

  it('nobody waits for ever for a day that another holds: the answer is clean, and comes', async () => {
    const [stuck, hurried] = [
      connectPostgres(url, 1),
      connectPostgres(url, 4, { lock_timeout: 300 }),
    ];
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const holding = stuck.database.transaction(async (transaction) => {
      await transaction.execute(sql`select 1 from free_time for update`);
      await held;
    });
    const app = testApp(await testServices({ database: hurried.database }));
    const refused = await app.request(
      '/v1/appointments',
      json('POST', {
        service_id: half,
        office_id: officeId,
        starts_at: new Date(NINE).toISOString(),
        person: { given_name: 'Rosa', family_name: 'Rossi', email: 'rosa@example.org' },
      }),
    );
    letGo();
    await holding;
    expect(refused.status).toBe(409);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    await stuck.close();
    await hurried.close();
  });

  it('connections that the server cuts in mid-flight lose and double nothing', async () => {
    let over = false;
    const cutting = (async () => {
      while (!over) {
        await rows(
          services.database,
          sql`select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and random() < 0.3`,
        ).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    })();
    const acknowledged: AppointmentView[] = [];
    let cut = 0;
    for (let round = 0; round < 10; round++) {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, n) =>
          book(round * 8 + n, { start: NINE + ((round + n) % 14) * 15 * MINUTE }),
        ),
      );
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') acknowledged.push(outcome.value);
        else if (!(outcome.reason instanceof Problem)) cut += 1;
      }
    }
    over = true;
    await cutting;
    expect(cut).toBeGreaterThan(0);
    // The pool finds out only when it uses them which of its connections were cut last.
    await expect
      .poll(
        () =>
          Promise.all(
            Array.from({ length: 30 }, () => services.database.execute(sql`select pg_sleep(0.01)`)),
          ).then(
            () => true,
            () => false,
          ),
        // It also waits longer before each new connection the more of them were cut.
        { timeout: 60_000, interval: 250 },
      )
      .toBe(true);
    const kept = await expectBooksToBalance(acknowledged);
    expect(kept.length).toBeGreaterThan(0);
  });
});

const PERSON = {
  givenName: 'Rosa',
  familyName: 'Rossi',
  email: 'rosa@example.org',
  phone: undefined,
  taxCode: undefined,
  domicile: undefined,
};

/** Who got their appointment, and with which problem the others were refused; any other error fails. */
async function settled(bookings: readonly Promise<AppointmentView>[]) {
  const won: AppointmentView[] = [];
  const lost: Problem[] = [];
  for (const outcome of await Promise.allSettled(bookings)) {
    if (outcome.status === 'fulfilled') won.push(outcome.value);
    else if (outcome.reason instanceof Problem) lost.push(outcome.reason);
    else throw outcome.reason;
  }
  return { won, lost };
}
