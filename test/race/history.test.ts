import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { migrateServer } from '../../src/platform/migrate.ts';
import { connectPostgres } from '../../src/platform/postgres.ts';
import { loadComuni } from '../../src/reference/load-comuni.ts';
import { onPostgres } from '../support/database.ts';
import { anOffice, aService } from '../support/fixtures.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { startServer } from '../support/server.ts';
import { runHistories } from './history/histories.ts';

/** The long run is `npm run histories`; here a busy machine does as many as it can. */
const OPERATIONS = 3000;
const LONGEST_MS = 25_000;

onPostgres('a database that goes away and comes back', () => {
  let server: PostgresServer;
  let url: string;

  beforeAll(async () => {
    server = await startPostgres({ durable: true });
    url = server.url;
    await migrateServer(url);
    const connection = connectPostgres(url, 1);
    await loadComuni(connection.database);
    await connection.close();
  });
  afterAll(() => server?.stop());

  it('and a process that is killed leave what each client was told, and nothing else', async () => {
    const { violations, ...report } = await runHistories(
      url,
      {
        operations: OPERATIONS,
        clients: 32,
        processes: 4,
        seed: 20270325,
        kills: 1,
        restarts: 1,
        longestMs: LONGEST_MS,
      },
      server,
    );
    console.log(`${report.operations} in ${report.seconds} s`, report.changes);
    expect(violations.slice(0, 20)).toEqual([]);
    expect(report.operations).toBeGreaterThan(32);
    expect([report.kills, report.restarts]).toEqual([1, 1]);
    if (report.operations >= OPERATIONS)
      expect(Object.keys(report.changes)).toEqual(expect.arrayContaining(EVERYTHING));
  });

  it('is told to whoever asks meanwhile, and does not end the service', async () => {
    const service = await startServer({
      DATABASE_URL: url,
      SESSION_KEY: 's'.repeat(43),
      DATA_KEY: 'd'.repeat(43),
      RATE_LIMIT_PER_MINUTE: '1000000',
    });
    const connection = connectPostgres(url, 1);
    const world = { database: connection.database, ids: randomUUID, clock: systemClock };
    const [officeId, serviceId] = [
      await anOffice(world),
      await aService(world, { waitingList: true }),
    ];
    await connection.close();
    /** Somebody who waits: a write in a transaction of several statements. */
    const join = () =>
      fetch(`${service.url}/v1/waiting-entries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({
          service_id: serviceId,
          where: { office_ids: [officeId] },
          from: '2099-01-01',
          to: '2099-12-31',
          person: {
            given_name: 'Rosa',
            family_name: 'Prova',
            email: `${randomUUID()}@example.org`,
          },
        }),
      });
    const seen = new Map<number, Response>();
    let asking = true;
    const clients = Array.from({ length: 12 }, async () => {
      while (asking) {
        const answer = await join();
        seen.set(answer.status, answer);
      }
    });
    await expect.poll(() => seen.has(201), { timeout: 20_000 }).toBe(true);
    for (const how of ['immediate', 'kill'] as const) {
      seen.clear();
      const back = server.crash(how, 500);
      await expect.poll(() => seen.has(503), { timeout: 20_000 }).toBe(true);
      const away = seen.get(503)!;
      expect(away.headers.get('retry-after')).toBe('5');
      expect(away.headers.get('content-type')).toContain('application/problem+json');
      const page = await fetch(`${service.url}/prenota`);
      expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
      await back;
      const answered = async () => {
        const answers = await Promise.all(Array.from({ length: 20 }, join));
        return answers.every(({ status }) => status === 201);
      };
      await expect.poll(answered, { timeout: 20_000 }).toBe(true);
      expect([...seen.keys()].sort()).toEqual([201, 503]);
    }
    asking = false;
    await Promise.all(clients);
    expect(await service.stop()).toBe(0);
  });
});

/** What a run must have in it, or it proves little. */
const EVERYTHING = [
  'accept-offer',
  'book-appointment',
  'cancel-appointment',
  'displace-appointment',
  'end-offer',
  'join-waiting-list',
  'make-closure',
  'move-appointment',
  'offer-time',
  're-seat-appointment',
  'record-outcome',
  'withdraw-closure',
];
