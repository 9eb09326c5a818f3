import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { callNext } from '../../src/reception/actions/call-person.ts';
import { checkIn } from '../../src/reception/actions/check-in.ts';
import { takeTicket } from '../../src/reception/actions/take-ticket.ts';
import { ticketsOfDay } from '../../src/reception/store/tickets.ts';
import { anOfficeWithAQueue } from '../reception/world.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';

const OPERATORS = 6;

onPostgres('when many are at the office at once', () => {
  const connections: Connection[] = [];
  const processes: TestServices[] = [];
  let world: Awaited<ReturnType<typeof anOfficeWithAQueue>>;

  beforeAll(async () => {
    const url = await freshDatabase();
    for (const pool of [10, 10]) {
      const connection = connectPostgres(url, pool);
      connections.push(connection);
      processes.push(await testServices({ database: connection.database }));
    }
    world = await anOfficeWithAQueue(processes[0]!, OPERATORS);
  });
  beforeEach(() => world.clear());
  afterAll(async () => {
    for (const connection of connections) await connection.close();
  });

  const take = (n: number) =>
    takeTicket(callAs(processes[n % 2]!, world.anyone.actor), {
      officeId: world.officeId,
      serviceId: world.serviceId,
    });
  const next = (n: number) =>
    callNext(callAs(processes[n % 2]!, world.desk(n % OPERATORS).actor), world.officeId);
  const today = () => ticketsOfDay(processes[0]!.database, world.officeId, '2027-03-04');

  it('forty who take a number at once have forty different ones, without a gap', async () => {
    const taken = await Promise.all(Array.from({ length: 40 }, (_, n) => take(n)));
    expect(taken.map(({ label }) => label).sort()).toEqual(
      Array.from({ length: 40 }, (_, n) => `A${String(n + 1).padStart(3, '0')}`),
    );
  });

  it('operators who press “next” at once, twice each, never get the same person', async () => {
    for (let n = 0; n < 12; n++) await take(n);
    const pressed = await Promise.allSettled(
      Array.from({ length: OPERATORS * 2 }, (_, n) => next(n)),
    );
    const called = pressed.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    expect(new Set(called).size).toBe(called.length);
    expect(called).toHaveLength(OPERATORS);
    const atDesks = (await today()).filter(({ state }) => state === 'called');
    expect(new Set(atDesks.map(({ operatorId }) => operatorId)).size).toBe(OPERATORS);
    for (const one of pressed) {
      if (one.status === 'rejected')
        expect(one.reason.kind?.slug, String(one.reason)).toBe('somebody-at-the-desk');
    }
  });

  it('one person checking in at ten kiosks has one number', async () => {
    const booked = await world.book('09:30');
    const office = { officeId: world.officeId, code: booked.code };
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        checkIn(callAs(processes[n % 2]!, world.anyone.actor), office),
      ),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await today()).toHaveLength(1);
  });
});
