import { afterAll, beforeAll, expect, it } from 'vitest';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { Problem } from '../../src/platform/problem.ts';
import { acceptSeat } from '../../src/workshops/actions/accept-seat.ts';
import { cancelRegistration } from '../../src/workshops/actions/cancel-registration.ts';
import { settleSeats } from '../../src/workshops/actions/pass-seats-on.ts';
import { register } from '../../src/workshops/actions/register.ts';
import { registrationsOf } from '../../src/workshops/store/registrations.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { anOfficeWithSessions } from '../workshops/world.ts';

onPostgres('when many register for a session at once', () => {
  const connections: Connection[] = [];
  const processes: TestServices[] = [];
  let services: TestServices;
  let world: Awaited<ReturnType<typeof anOfficeWithSessions>>;

  beforeAll(async () => {
    const url = await freshDatabase();
    for (const pool of [15, 15]) {
      const connection = connectPostgres(url, pool);
      connections.push(connection);
      processes.push(await testServices({ database: connection.database }));
    }
    services = processes[0]!;
    world = await anOfficeWithSessions(services);
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
  });

  const visitor = (n: number) => callAs(processes[n % processes.length]!, ANONYMOUS);
  const system = (n: number) =>
    callAs(processes[n % processes.length]!, { kind: 'system', task: 'test' });
  const signUp = (sessionId: string, n: number, orQueue: boolean) =>
    register(visitor(n), {
      sessionId,
      person: { ...world.comer('Anna'), email: `anna${n}@example.org` },
      orQueue,
    });
  const list = (sessionId: string) => registrationsOf(services.database, sessionId);

  /** Seats are distinct, in order, and belong to those who hold one. */
  async function expectSeatsToBalance(sessionId: string, seats: number) {
    const seated = (await list(sessionId)).filter(({ seat }) => seat !== undefined);
    const numbers = seated.map(({ seat }) => seat!);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(0, ...numbers)).toBeLessThanOrEqual(seats);
    for (const one of await list(sessionId)) {
      const holds = one.state === 'registered' || one.state === 'offered';
      expect(one.seat !== undefined, `${one.state} ${one.seat}`).toBe(holds);
    }
  }

  it('of a hundred for twenty seats, twenty get one each, on seats of their own', async () => {
    const session = await world.aSession({ seats: 20 });
    const settled = await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) => signUp(session.id, n, false)),
    );
    const won = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.seat!] : []));
    expect([...won].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    for (const one of settled) {
      if (one.status === 'rejected') {
        expect((one.reason as Problem).kind?.slug, String(one.reason)).toBe('session-full');
      }
    }
    await expectSeatsToBalance(session.id, 20);
  });

  it('the same person clicking ten times has one seat', async () => {
    const session = await world.aSession({ seats: 20 });
    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) =>
        register(visitor(n), { sessionId: session.id, person: world.comer('Rosa'), orQueue: true }),
      ),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of settled) {
      if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Problem);
    }
    expect(await list(session.id)).toHaveLength(1);
  });

  it('seats given back while everybody comes and many settle go to one each', async () => {
    const session = await world.aSession({ seats: 5 });
    const first = await Promise.all(
      Array.from({ length: 15 }, (_, n) => signUp(session.id, n, true)),
    );
    const seated = first.filter(({ state }) => state === 'registered');
    await Promise.allSettled([
      ...seated.map(({ id }) => cancelRegistration(system(0), { id })),
      ...Array.from({ length: 6 }, (_, n) => settleSeats(system(n))),
      ...Array.from({ length: 5 }, (_, n) => signUp(session.id, 100 + n, true)),
    ]);
    await settleSeats(system(1));
    const offered = (await list(session.id)).filter(({ state }) => state === 'offered');
    expect(offered).toHaveLength(5);
    await expectSeatsToBalance(session.id, 5);
    // At one instant: the offers run out, are taken, and are declined.
    const late = new Date(Math.max(...offered.map(({ expiresAt }) => expiresAt!)));
    processes[1]!.setNow(late.toISOString());
    await Promise.allSettled([
      ...offered.map(({ id }) => acceptSeat(system(0), { id })),
      ...offered.map(({ id }) => cancelRegistration(system(0), { id })),
      ...Array.from({ length: 6 }, () => settleSeats(system(1))),
    ]);
    processes[1]!.setNow(TEST_NOW);
    await expectSeatsToBalance(session.id, 5);
  });
});
