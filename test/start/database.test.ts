import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { rows } from '../../src/platform/database.ts';
import { migrateServer } from '../../src/platform/migrate.ts';
import { connectPostgres } from '../../src/platform/postgres.ts';
import { loadComuni } from '../../src/reference/load-comuni.ts';
import { testServices } from '../support/app.ts';
import { freshDatabase, onPostgres } from '../support/database.ts';

const columns = sql`select table_name || '.' || column_name || ' ' || udt_name as name
  from information_schema.columns where table_schema = 'public' order by 1`;
const constraints = sql`select conrelid::regclass || ': ' || pg_get_constraintdef(oid) as name
  from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' order by 1`;

onPostgres('a PostgreSQL server', async () => {
  const url = await freshDatabase();

  it('has the schema that the embedded database has, to the last constraint', async () => {
    const server = connectPostgres(url, 1);
    const embedded = await testServices();
    for (const question of [columns, constraints]) {
      const served = await rows(server.database, question);
      expect(served.length).toBeGreaterThan(20);
      expect(await rows(embedded.database, question)).toEqual(served);
    }
    await server.close();
    await embedded.close();
  });

  it('answers whole again after a connection that was cut in the middle of an answer', async () => {
    const cut = connectPostgres(url, 1);
    const other = connectPostgres(url, 1);
    const [{ pid }] = (await rows<{ pid: number }>(
      cut.database,
      sql`select pg_backend_pid() as pid`,
    )) as [{ pid: number }];
    // Rows enough to be on their way when the server stops in the midst of them.
    const long = rows(
      cut.database,
      sql`select n, repeat('x', 10000), case when n = 100 then pg_sleep(60) end
        from generate_series(1, 100) n`,
    ).catch(() => 'cut');
    await expect
      .poll(() =>
        rows(
          other.database,
          sql`select pid from pg_stat_activity where pid = ${pid}::int and wait_event = 'PgSleep'`,
        ),
      )
      .toHaveLength(1);
    await rows(other.database, sql`select pg_terminate_backend(${pid}::int)`);
    expect(await long).toBe('cut');
    let first: unknown;
    while (first === undefined)
      first = await rows(cut.database, sql`select 1 as one`).catch(() => {});
    expect(first).toEqual([{ one: 1 }]);
    await Promise.all([cut.close(), other.close()]);
  });

  it('is left as it is by a second run of the migrations', async () => {
    await migrateServer(url);
    const server = connectPostgres(url, 1);
    expect(await loadComuni(server.database)).toBe(0);
    await server.close();
  });
});
