import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { applyDisruption } from '../../src/disruption/actions/apply-disruption.ts';
import { carryOnDisruptions } from '../../src/disruption/actions/carry-on-disruptions.ts';
import { type Intent, previewDisruption } from '../../src/disruption/actions/preview-disruption.ts';
import { withdrawClosure } from '../../src/disruption/actions/withdraw-closure.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { MINUTE } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { Problem } from '../../src/platform/problem.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

/** A Monday. */
const NINE = Date.parse('2027-03-08T09:00:00+01:00');

onPostgres('an office that closes while people book', () => {
  const connections: Connection[] = [];
  const processes: TestServices[] = [];
  let url: string;
  let services: TestServices;
  let officeId: string;
  let operatorId: string;
  let serviceId: string;

  beforeAll(async () => {
    url = await freshDatabase();
    for (const pool of [12, 12]) {
      const connection = connectPostgres(url, pool);
      connections.push(connection);
      processes.push(await testServices({ database: connection.database }));
    }
    services = processes[0]!;
    officeId = await anOffice(services);
    operatorId = await anOperator(services, officeId);
    await anOperator(services, officeId);
    await weekdayMornings(services, officeId);
    serviceId = await aService(services);
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
  });
  beforeEach(async () => {
    await services.database.execute(
      sql`truncate appointment, outbox, audit_event, person, disruption, closure, free_time cascade`,
    );
    await rebuildFreeTime(systemCall(), { days: 20 });
  });

  const systemCall = () => callAs(services, { kind: 'system', task: 'test' });
  const operator = (n = 0) =>
    callAs(processes[n % 2]!, { kind: 'operator', operatorId, officeIds: [officeId] });
  const intent: () => Intent = () => ({
    kind: 'closure',
    officeId,
    operatorId: undefined,
    during: { start: NINE, end: NINE + 4 * 60 * MINUTE },
  });
  const book = (n: number, start: number) =>
    bookAppointment(callAs(processes[n % 2]!, ANONYMOUS), {
      serviceId,
      officeId,
      start,
      person: {
        givenName: 'Rosa',
        familyName: 'Rossi',
        email: `rosa${n}-${start}@example.org`,
        phone: undefined,
        taxCode: undefined,
        domicile: undefined,
      },
    });
  const refused = (error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    return undefined;
  };
  /** Looks and confirms, again and again, until what was looked at is what is done. */
  const close = async (n = 0) => {
    for (;;) {
      const { token } = await previewDisruption(operator(n), intent());
      const wanted = { ...intent(), reason: 'guasto', token };
      try {
        return await applyDisruption(operator(n), wanted);
      } catch (error) {
        if (!(error instanceof Problem) || error.kind.slug !== 'closure-preview-outdated')
          throw error;
      }
    }
  };

  async function expectNobodyForgotten() {
    const wrong = await rows<{ what: string }>(
      services.database,
      sql`
        select 'still inside the closure: ' || a.id as what from appointment a join closure c
          on c.office_id = a.office_id and c.during && tstzrange(a.starts_at, a.ends_at)
          where a.state in ('confirmed', 'held')
        union all
        select 'takes time inside the closure: ' || o.appointment_id from occupied o join closure c
          on c.during && o.during where o.active
        union all
        select 'two at one time: ' || a.appointment_id from occupied a join occupied b
          on a.resource_id = b.resource_id and a.appointment_id < b.appointment_id
          and a.during && b.during where a.active and b.active
        union all
        select 'displaced and not told: ' || a.id from appointment a where a.state = 'displaced'
          and (select count(*) from outbox o where o.subject_id = a.id and o.kind = 'appointment-displaced') <> 1
        union all
        select 'moved and not told once: ' || i.appointment_id from disruption_item i
          where i.outcome = 'reseat' and (select count(*) from outbox o
            where o.subject_id = i.appointment_id and o.kind = 'appointment-moved') <> 1
        union all
        select 'not seen to: ' || i.appointment_id from disruption_item i where i.outcome is null`,
    );
    expect(wrong).toEqual([]);
    const free = () =>
      rows(
        services.database,
        sql`select operator_id, day::text, free::text from free_time order by 1, 2`,
      );
    const before = await free();
    await rebuildFreeTime(systemCall(), { days: 20 });
    expect(await free()).toEqual(before);
  }

  it('leaves nobody with an appointment inside the closure who was not moved and told', async () => {
    for (let n = 0; n < 6; n++) await book(n, NINE + n * 30 * MINUTE).catch(refused);
    let open = true;
    const clients = Array.from({ length: 20 }, async (_, n) => {
      for (let turn = 0; open && turn < 40; turn++) {
        const start = NINE + ((n + turn) % 8) * 30 * MINUTE;
        const mine = await book(100 + n * 50 + turn, start).catch(refused);
        if (mine && turn % 3 === 0) {
          const pass = { code: mine.code, contact: mine.contactEmail! };
          await cancelAppointment(callAs(processes[n % 2]!, ANONYMOUS), {
            id: mine.id,
            pass,
          }).catch(refused);
        }
      }
    });
    const done = await close();
    open = false;
    await Promise.all(clients);
    expect(done.state).toBe('done');
    expect(done.total).toBeGreaterThan(0);
    await expectNobodyForgotten();
  });

  it('is done once by two who do it at the same moment', async () => {
    for (let n = 0; n < 6; n++) await book(n, NINE + n * 30 * MINUTE);
    const done = await Promise.all([0, 1, 0, 1].map(close));
    expect(new Set(done.map(({ id }) => id)).size).toBe(1);
    const [found] = await rows<{ closures: number; audited: number }>(
      services.database,
      sql`select (select count(*)::int from closure) as closures,
        (select count(*)::int from audit_event where action = 'make-closure') as audited`,
    );
    expect(found).toEqual({ closures: 1, audited: 1 });
    await expectNobodyForgotten();
  });

  it('of hundreds is finished by whoever is left when a process dies in the middle', async () => {
    const many = await bookMany(400);
    const calling: Intent = {
      ...intent(),
      kind: 'cancellation',
      during: { start: NINE, end: NINE + 11 * 86_400_000 },
    };
    const { token, items } = await previewDisruption(operator(), calling);
    expect(items).toHaveLength(many);
    // A process whose connection is cut while it sees to people.
    const dying = connectPostgres(url, 1);
    const [own] = await rows<{ pid: number }>(dying.database, sql`select pg_backend_pid() as pid`);
    const its = { ...operator(), database: dying.database };
    const dies = applyDisruption(its, { ...calling, reason: 'sciopero', token }).then(
      () => 'lived',
      () => 'died',
    );
    for (let settled = 0; settled < 30; ) {
      const [found] = await rows<{ settled: number }>(
        services.database,
        sql`select count(*)::int as settled from disruption_item where outcome is not null`,
      );
      settled = found!.settled;
    }
    await rows(services.database, sql`select pg_terminate_backend(${own!.pid})`);
    expect(await dies).toBe('died');
    await dying.close();
    const [left] = await rows<{ left: number }>(
      services.database,
      sql`select count(*)::int as left from disruption_item where outcome is null`,
    );
    expect(left!.left).toBeGreaterThan(0);

    const started = performance.now();
    await Promise.all(
      processes.map((one) => carryOnDisruptions(callAs(one, { kind: 'system', task: 'test' }))),
    );
    const seconds = (performance.now() - started) / 1000;
    console.error(`${left!.left} people seen to by two processes in ${seconds.toFixed(1)} s`);
    const counts = await rows<{ messages: number; people: number }>(
      services.database,
      sql`select messages, count(*)::int as people from (
          select a.id, (select count(*)::int from outbox o where o.subject_id = a.id
            and o.kind = 'appointment-revoked') as messages
          from appointment a where a.state = 'revoked') as told
        group by 1`,
    );
    expect(counts).toEqual([{ messages: 1, people: many }]);
    await expectNobodyForgotten();
  });

  it('that is taken back while it is being done leaves nobody between two chairs', async () => {
    await bookMany(60);
    const { token, items } = await previewDisruption(operator(), intent());
    const choices = Object.fromEntries(items.map(({ hit }) => [hit.id, 'displace' as const]));
    const closing = applyDisruption(operator(), { ...intent(), reason: 'guasto', token, choices });
    let id: string | undefined;
    while (id === undefined) {
      const [found] = await rows<{ id: string }>(services.database, sql`select id from disruption`);
      id = found?.id;
    }
    await withdrawClosure(operator(1), id);
    await closing;
    await carryOnDisruptions(systemCall());
    const states = await rows(
      services.database,
      sql`select distinct state from appointment order by 1`,
    );
    expect(states).toEqual([{ state: 'confirmed' }]);
    await expectNobodyForgotten();
  });

  /** Fills the mornings from Monday on; returns how many found a place. */
  async function bookMany(wanted: number): Promise<number> {
    const extra = [];
    for (let n = 0; n < Math.ceil(wanted / 80) - 1; n++)
      extra.push(await anOperator(services, officeId));
    await rebuildFreeTime(systemCall(), { days: 20 });
    const days = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11];
    const starts = days.flatMap((day) =>
      Array.from({ length: 8 }, (_, n) => NINE + day * 86_400_000 + n * 30 * MINUTE),
    );
    const booked = [];
    for (let from = 0; booked.length < wanted && from < starts.length; from += 4) {
      const some = starts.slice(from, from + 4);
      const turns = some.flatMap((start) =>
        Array.from({ length: extra.length + 2 }, (_, n) =>
          book(from * 100 + n, start).catch(refused),
        ),
      );
      booked.push(...(await Promise.all(turns)).filter((one) => one !== undefined));
    }
    return booked.length;
  }
});
