import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEarliest } from '../../src/booking/actions/find-earliest.ts';
import { DEMO_JOBSEEKER, DEMO_NEXT_IN_LINE } from '../../src/demo/logins.ts';
import { seedDemo } from '../../src/demo/seed.ts';
import { DAY } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';

/** Seeding writes some eighty thousand rows; on a busy machine that takes its time. */
const PATIENCE = 240_000;

let services: TestServices;
const told: { what: string; share: number }[] = [];

const system = { kind: 'system', task: 'seed' } as const;
const seed = (to: TestServices) =>
  seedDemo(callAs(to, system), {
    seed: 7,
    onProgress: (what, share) => told.push({ what, share }),
  });

beforeAll(async () => {
  services = await testServices({ demo: true });
  await seed(services);
}, PATIENCE);
afterAll(() => services.close());

const ask = <T extends object>(query: ReturnType<typeof sql>) => rows<T>(services.database, query);

async function waitDays(service: string, office: string): Promise<number | undefined> {
  const [found] = await ask<{ id: string }>(sql`select id from service where code = ${service}`);
  const call = callAs(services, { kind: 'anonymous' });
  const { offers } = await findEarliest(call, { serviceId: found!.id, place: {}, limit: 100 });
  const offer = offers.find((one) => one.office.code === office);
  return offer && (offer.start - services.clock.now()) / DAY;
}

describe('the demonstration', () => {
  it('has 64 offices, 1,777 staff and enough people and history to look at', async () => {
    const [counts] = await ask<Record<string, number>>(
      sql`select (select count(*)::int from office where demo) as offices,
        (select count(*)::int from operator where demo) as operators,
        (select count(*)::int from bacino_comune) as comuni,
        (select count(*)::int from person where demo) as people,
        (select count(*)::int from appointment where state = 'confirmed') as ahead,
        (select count(*)::int from appointment where state = 'seen') as seen,
        (select count(*)::int from service) as services`,
    );
    expect(counts).toMatchObject({ offices: 64, operators: 1777, comuni: 390, services: 6 });
    expect(counts!.people).toBeGreaterThan(12_000);
    expect(counts!.people).toBeLessThan(25_000);
    expect(counts!.ahead).toBeGreaterThan(7_000);
    expect(counts!.seen).toBeGreaterThan(15_000);
  });

  it('a first interview is about four months away in Palermo and days away in Messina', async () => {
    const palermo = await waitDays('primo-colloquio', 'pa-palermo');
    const messina = await waitDays('primo-colloquio', 'me-messina');
    expect(palermo).toBeGreaterThan(100);
    expect(palermo).toBeLessThan(140);
    expect(messina).toBeLessThan(15);
  });

  it('other offices lie in between, and each can be booked', async () => {
    const [service] = await ask<{ id: string }>(
      sql`select id from service where code = 'primo-colloquio'`,
    );
    const call = callAs(services, { kind: 'anonymous' });
    const { offers } = await findEarliest(call, { serviceId: service!.id, place: {}, limit: 100 });
    expect(offers).toHaveLength(64);
    const waits = offers.map(({ start }) => (start - services.clock.now()) / DAY);
    expect(waits.filter((days) => days < 7).length).toBeGreaterThan(20);
    expect(waits.filter((days) => days > 14 && days < 100).length).toBeGreaterThan(5);
  });

  it('every appointment lies within its operator’s hours and no two of them overlap', async () => {
    const [wrong] = await ask<{ outside: number; overlapping: number }>(
      sql`select
        (select count(*)::int from appointment a
          where not exists (
            select from opening o where o.operator_id = a.operator_id
              and o.weekday = extract(isodow from a.starts_at at time zone 'Europe/Rome')
              and o.starts <= (a.starts_at at time zone 'Europe/Rome')::time
              and (a.ends_at at time zone 'Europe/Rome')::time <= o.ends)) as outside,
        (select count(*)::int from (
          select starts_at < lag(ends_at) over (partition by operator_id order by starts_at) as early
          from appointment) as pairs where early) as overlapping`,
    );
    expect(wrong).toEqual({ outside: 0, overlapping: 0 });
  });

  it('free time is what is open less what is taken', async () => {
    const [wrong] = await ask<{ count: number }>(
      sql`select count(*)::int as count from occupied o join free_time f
        on f.operator_id = o.resource_id and f.free && o.during where o.active`,
    );
    expect(wrong?.count).toBe(0);
  });

  it('the past ended somehow and the future is booked; those who waited longest came least', async () => {
    const [states] = await ask<{ early: number; late: number }>(
      sql`select count(*) filter (where state <> 'confirmed' and ends_at > to_timestamp(${services.clock.now() / 1000}))::int as early,
        count(*) filter (where state = 'confirmed' and ends_at <= to_timestamp(${services.clock.now() / 1000}))::int as late
        from appointment`,
    );
    expect(states).toEqual({ early: 0, late: 0 });
    const shares = await ask<{ code: string; absent: number }>(
      sql`select office.code, avg((state in ('absent', 'excused'))::int)::float8 as absent
        from appointment a join office on office.id = a.office_id
        join service s on s.id = a.service_id and s.code = 'primo-colloquio'
        where state in ('absent', 'excused', 'seen') and office.code in ('pa-palermo', 'me-messina')
        group by 1 order by 1`,
    );
    const [messina, palermo] = shares;
    expect(palermo!.absent).toBeGreaterThan(0.2);
    expect(messina!.absent).toBeLessThan(0.1);
  });

  it('the people of the demo logins are there, with an agenda before the operator', async () => {
    const [jobseeker] = await ask<{ past: number; ahead: number }>(
      sql`select count(*) filter (where state = 'seen')::int as past,
          count(*) filter (where state = 'confirmed')::int as ahead
        from person p join appointment a on a.person_id = p.id
        where p.email = ${DEMO_JOBSEEKER.email}`,
    );
    expect(jobseeker).toEqual({ past: 1, ahead: 0 });
    const next = await ask<{ email: string; operator: string }>(
      sql`select p.email, a.operator_id as operator from appointment a
        join person p on p.id = a.person_id
        where p.email like '%@example.org' and a.state = 'confirmed' order by a.starts_at`,
    );
    expect(next.map(({ email }) => email)).toEqual(DEMO_NEXT_IN_LINE.map(({ email }) => email));
    expect(new Set(next.map(({ operator }) => operator)).size).toBe(1);
  });

  it('tells its progress from nothing to all', () => {
    const shares = told.map(({ share }) => share);
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });

  it('leaves a database that has offices alone', async () => {
    expect(await seed(services)).toBeUndefined();
  });

  it(
    'the same seed gives the same data',
    async () => {
      const again = await testServices({ demo: true });
      await seed(again);
      const prints = [];
      for (const { database } of [services, again]) {
        const [print] = await rows<{ appointments: string; people: string }>(
          database,
          sql`select
            (select md5(string_agg(concat_ws('|', a.code, o.staff_number, s.code, a.starts_at, a.state,
                a.created_at, p.email), ',' order by a.code))
              from appointment a join operator o on o.id = a.operator_id
              join service s on s.id = a.service_id join person p on p.id = a.person_id) as appointments,
            (select md5(string_agg(concat_ws('|', email, given_name, family_name, domicile, locale), ','
                order by email)) from person) as people`,
        );
        prints.push(print);
      }
      await again.close();
      expect(prints[0]).toEqual(prints[1]);
    },
    PATIENCE,
  );
});
