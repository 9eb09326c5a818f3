import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendDue } from '../../src/notices/actions/send-due.ts';
import type { Carriers } from '../../src/notices/carrier.ts';
import { enqueue } from '../../src/notices/outbox.ts';
import { outbox } from '../../src/notices/table.ts';
import { systemCall } from '../../src/platform/call.ts';
import { type Connection, connectPostgres } from '../../src/platform/postgres.ts';
import { aNotice } from '../notices/notice.ts';
import { type TestServices, testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';

onPostgres('several processes that send the same messages', () => {
  let connection: Connection;
  let services: TestServices;
  beforeAll(async () => {
    connection = connectPostgres(await freshDatabase(), 12);
    services = await testServices({ database: connection.database });
  });
  afterAll(() => connection.close());

  test('send each message once, however they crowd', async () => {
    const call = systemCall(services, 'test');
    const people = Array.from({ length: 200 }, (_, n) => `person${n}@example.org`);
    await services.database.transaction((tx) =>
      enqueue(tx, call, ...people.map((recipient) => aNotice({ recipient }))),
    );
    const sent: string[] = [];
    const mailer: Carriers = {
      email: {
        async send({ to }) {
          await new Promise((resolve) => setTimeout(resolve, 2));
          sent.push(to);
          return {};
        },
      },
    };
    const sender = async () => {
      while ((await sendDue(call, mailer)).more);
    };
    // A sender that finds all that is due in other hands stops; who holds it goes on.
    await Promise.all(Array.from({ length: 6 }, sender));
    await sender();
    expect([...sent].sort()).toEqual([...people].sort());
    const rows = await services.database.select().from(outbox);
    expect(new Set(rows.map(({ state, attempts }) => `${state} ${attempts}`))).toEqual(
      new Set(['sent 1']),
    );
  });
});
