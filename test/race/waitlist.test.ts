import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { releaseLapsed } from '../../src/booking/actions/release-lapsed.ts';
import { MINUTE } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { Problem } from '../../src/platform/problem.ts';
import { acceptOffer, declineOffer } from '../../src/waitlist/actions/answer-offer.ts';
import { settleWaiting } from '../../src/waitlist/actions/settle-waiting.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { anOfficeWithAList, FRIDAY_NINE } from '../waitlist/world.ts';

onPostgres('when many want the time that came free', () => {
  const connections: Connection[] = [];
  const processes: TestServices[] = [];
  let world: Awaited<ReturnType<typeof anOfficeWithAList>>;

  beforeAll(async () => {
    const url = await freshDatabase();
    for (const pool of [15, 15]) {
      const connection = connectPostgres(url, pool);
      connections.push(connection);
      processes.push(await testServices({ database: connection.database }));
    }
    world = await anOfficeWithAList(processes[0]!);
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
  });
  beforeEach(async () => {
    for (const one of processes) one.setNow(TEST_NOW);
    await world.clear();
  });

  const system = (n: number) =>
    callAs(processes[n % processes.length]!, { kind: 'system', task: 'test' });
  const ticks = (count: number) =>
    Array.from({ length: count }, async (_, n) => {
      await releaseLapsed(system(n));
      await settleWaiting(system(n));
    });
  const database = () => processes[0]!.database;

  /** Nothing is kept twice, offered twice or forgotten. */
  async function expectOrder() {
    const wrong = await rows<{ what: string }>(
      database(),
      sql`
        select 'two offers of one time' as what from waiting_offer a join waiting_offer b
          on a.id < b.id and a.starts_at = b.starts_at and a.state = 'open' and b.state = 'open'
        union all
        select 'an open offer keeps nothing' from waiting_offer f where f.state = 'open' and not exists (
          select from occupied o where o.appointment_id = f.held_by and o.active)
        union all
        select 'a hold nobody was offered' from appointment a where a.state = 'held' and not exists (
          select from waiting_offer f where f.held_by = a.id and f.state = 'open')
        union all
        select 'a confirmed appointment without time' from appointment a where a.state = 'confirmed'
          and not exists (select from occupied o where o.appointment_id = a.id and o.active
            and o.releases_at is null)
        union all
        select 'time kept without end for nobody' from occupied o join appointment a on a.id = o.appointment_id
          where o.active and o.releases_at is null and a.state <> 'confirmed'
        union all
        select 'two at one time' from occupied a join occupied b on a.resource_id = b.resource_id
          and a.appointment_id < b.appointment_id and a.during && b.during where a.active and b.active
        union all
        select 'accepted, but still waiting' from waiting_offer f join waiting_entry e on e.id = f.entry_id
          where f.state = 'accepted' and e.state <> 'served'`,
    );
    expect(wrong).toEqual([]);
  }

  const confirmed = async () =>
    (
      await rows<{ n: number }>(
        database(),
        sql`select count(*)::int as n from appointment where state = 'confirmed'`,
      )
    )[0]!.n;

  it('twelve processes at once make one offer of one time, each time of a row to another', async () => {
    const booked = await Promise.all(
      [0, 30, 60, 90].map((minutes) =>
        world.book(`Rosa${'abcd'[minutes / 30]}`, FRIDAY_NINE + minutes * MINUTE),
      ),
    );
    for (const name of ['Anna', 'Bruno', 'Carla']) await world.wait(name);
    await Promise.all(booked.map(({ id }) => world.cancel(id)));
    await Promise.all(ticks(12));
    await Promise.all(ticks(4));
    const [made] = await rows<{ offers: number; people: number }>(
      database(),
      sql`select count(*)::int as offers, count(distinct entry_id)::int as people
        from waiting_offer where state = 'open'`,
    );
    expect(made).toEqual({ offers: 3, people: 3 });
    await expectOrder();
  });

  it('accepting, declining and running out at one instant has one outcome', async () => {
    for (let round = 0; round < 6; round++) {
      for (const one of processes) one.setNow(TEST_NOW);
      await world.clear();
      const booked = await world.book('Rosa');
      const people = [];
      for (const name of ['Anna', 'Bruno', 'Carla']) people.push(await world.wait(name));
      await world.cancel(booked.id);
      await Promise.all(ticks(1));
      const anna = people[0]!;
      const { id: offerId, expiresAt } = await world.offer(anna.id);
      // One process thinks there is a moment left, the other that the time is over.
      processes[0]!.setNow(new Date(expiresAt - 1).toISOString());
      processes[1]!.setNow(new Date(expiresAt).toISOString());
      const answer = { entryId: anna.id, offerId, pass: anna.pass };
      const settled = await Promise.allSettled([
        acceptOffer(system(0), answer),
        declineOffer(system(0), answer),
        ...ticks(6),
        acceptOffer(system(0), answer),
        declineOffer(system(0), answer),
      ]);
      for (const one of settled) {
        if (one.status === 'rejected') {
          expect((one.reason as Problem).kind?.slug, String(one.reason)).toBe('offer-over');
        }
      }
      const { offer } = await world.state(anna.id);
      expect(['accepted', 'declined', 'lapsed']).toContain(offer);
      expect(await confirmed()).toBe(offer === 'accepted' ? 1 : 0);
      await Promise.all(ticks(2));
      await expectOrder();
      // Whoever is next has it, unless somebody took it.
      const next = await world.state(people[1]!.id);
      expect(next.offer).toBe(offer === 'accepted' ? undefined : 'open');
    }
  });

  it('the public that tries all along gets nothing that is kept', async () => {
    const booked = await world.book('Rosa');
    for (const name of ['Anna', 'Bruno']) await world.wait(name);
    await world.cancel(booked.id);
    const tries = await Promise.allSettled([
      ...Array.from({ length: 12 }, (_, n) => world.book(`Tizio${'abcdefghijkl'[n]}`)),
      ...ticks(6),
      ...Array.from({ length: 12 }, (_, n) => world.book(`Caio${'abcdefghijkl'[n]}`)),
    ]);
    for (const one of tries) {
      if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Problem);
    }
    expect(await confirmed()).toBe(0);
    await expectOrder();
  });
});
