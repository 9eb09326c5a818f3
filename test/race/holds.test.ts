import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { holdStart } from '../../src/booking/actions/hold-start.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { MINUTE } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

const NINE = Date.parse('2027-03-05T09:00:00+01:00');
const MOST = 5;

onPostgres('when many starts are kept at one moment', () => {
  const connections: Connection[] = [];
  const processes: TestServices[] = [];
  let services: TestServices;
  let officeId: string;
  let serviceId: string;

  beforeAll(async () => {
    const url = await freshDatabase();
    for (const pool of [10, 10]) {
      const connection = connectPostgres(url, pool);
      connections.push(connection);
      processes.push(
        await testServices({
          database: connection.database,
          environment: { MAX_HELD_PER_ADDRESS: String(MOST) },
        }),
      );
    }
    services = processes[0]!;
    officeId = await anOffice(services);
    for (let i = 0; i < 4; i++) await anOperator(services, officeId);
    await weekdayMornings(services, officeId);
    serviceId = await aService(services, { gridMinutes: 30 });
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
  });
  beforeEach(async () => {
    await services.database.execute(sql`truncate appointment, occupied, free_time cascade`);
    await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 7 });
  });

  const keep = (n: number, network: string) =>
    holdStart(callAs(processes[n % processes.length]!, ANONYMOUS), {
      serviceId,
      officeId,
      start: NINE + (n % 8) * 30 * MINUTE,
      network,
    });
  const kept = async () =>
    (
      await rows<{ count: number }>(
        services.database,
        sql`select count(*)::int as count from appointment where state = 'held' group by held_from`,
      )
    ).map(({ count }) => count);

  it('one network keeps as many as it may, however many it asks for together', async () => {
    const asked = Array.from({ length: 24 }, (_, n) => keep(n, '203.0.113.7'));
    const answers = await Promise.allSettled(asked);
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(await kept()).toEqual([MOST]);
    expect(answers.length - refused.length).toBe(MOST);
    expect(new Set(refused.map(({ kind }) => kind?.slug))).toEqual(new Set(['too-many-kept']));
    const [lost] = await rows<{ count: number }>(
      services.database,
      sql`select count(*)::int as count from occupied`,
    );
    expect(lost?.count).toBe(MOST);
  });

  it('several networks do not stand in each other’s way', async () => {
    const asked = Array.from({ length: 20 }, (_, n) => keep(n, `203.0.113.${n % 4}`));
    await Promise.all(asked);
    expect(await kept()).toEqual([5, 5, 5, 5]);
  });
});
