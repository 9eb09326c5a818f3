import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { moveAppointment } from '../../src/booking/actions/move-appointment.ts';
import { applyDisruption } from '../../src/disruption/actions/apply-disruption.ts';
import { previewDisruption } from '../../src/disruption/actions/preview-disruption.ts';
import type { Call } from '../../src/platform/call.ts';
import { MINUTE } from '../../src/platform/clock.ts';
import { type Database, rows } from '../../src/platform/database.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { leaveList } from '../../src/waitlist/actions/leave-list.ts';
import { settleWaiting } from '../../src/waitlist/actions/settle-waiting.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';
import { anOfficeWithAList, FRIDAY_NINE } from '../waitlist/world.ts';

const TEN = FRIDAY_NINE + 60 * MINUTE;

/** One process reads, another changes what it read and commits, then the first goes on. */
onPostgres('what is overtaken between being read and being locked', () => {
  const connections: Connection[] = [];
  let services: TestServices;
  let world: Awaited<ReturnType<typeof anOfficeWithAList>>;
  let other: Call;

  beforeAll(async () => {
    const url = await freshDatabase();
    const processes: TestServices[] = [];
    for (const pool of [3, 3]) {
      const connection = connectPostgres(url, pool);
      connections.push(connection);
      processes.push(await testServices({ database: connection.database }));
    }
    services = processes[0]!;
    world = await anOfficeWithAList(services);
    other = callAs(processes[1]!, { kind: 'system', task: 'test' });
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
  });
  beforeEach(async () => {
    services.setNow(TEST_NOW);
    await world.clear();
    await services.database.execute(sql`truncate disruption, closure cascade`);
  });

  /** Begins `overtaken` once `change` is made and before it is committed. */
  async function overtake<T>(
    change: (call: Call) => Promise<unknown>,
    overtaken: () => Promise<T>,
  ): Promise<T> {
    let waiting: Promise<T> | undefined;
    await services.database.transaction(async (transaction) => {
      await change({ ...world.system, database: transaction as Database });
      waiting = overtaken();
      await expect
        .poll(
          async () => {
            const [found] = await rows<{ waits: boolean }>(
              services.database,
              sql`select exists (select from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock') as waits`,
            );
            return found?.waits;
          },
          { timeout: 20_000 },
        )
        .toBe(true);
    });
    return waiting!;
  }

  it('a cancellation names the time that the appointment was moved to a moment before', async () => {
    const { id } = await world.book('Rosa');
    await overtake(
      (call) => moveAppointment(call, { id, start: TEN }),
      () => cancelAppointment(other, { id }),
    );
    const told = await rows<{ starts: number; version: number }>(
      services.database,
      sql`select (payload ->> 'startsAt')::float8 as starts from outbox
        where kind = 'appointment-cancelled'`,
    );
    expect(told).toEqual([{ starts: TEN }]);
    const freed = await rows<{ starts: number }>(
      services.database,
      sql`select (extract(epoch from lower(during)) * 1000)::float8 as starts from freed_time
        order by 1`,
    );
    expect(freed.map(({ starts }) => starts)).toEqual([FRIDAY_NINE, TEN]);
  });

  it('time given back while the office closes is not free', async () => {
    const nine = await world.book('Rosa');
    const intent = {
      kind: 'closure' as const,
      officeId: world.officeId,
      operatorId: undefined,
      during: { start: TEN, end: TEN + 60 * MINUTE },
    };
    await overtake(
      async (call) => {
        const { token } = await previewDisruption(call, intent);
        await applyDisruption(call, { ...intent, reason: 'guasto', token });
      },
      () => moveAppointment(other, { id: nine.id, start: FRIDAY_NINE + 30 * MINUTE }),
    );
    expect(await world.isPublic(FRIDAY_NINE)).toBe(true);
    expect(await world.isPublic(TEN)).toBe(false);
  });

  it('whoever leaves the list while an offer is made to them has no offer', async () => {
    const booked = await world.book('Rosa');
    const anna = await world.wait('Anna');
    const bruno = await world.wait('Bruno');
    await world.cancel(booked.id);
    await overtake(settleWaiting, () => leaveList(other, { id: anna.id }));
    expect(await world.state(anna.id)).toEqual({ entry: 'left', offer: 'withdrawn' });
    expect(await world.state(bruno.id)).toEqual({ entry: 'waiting', offer: 'open' });
  });
});
