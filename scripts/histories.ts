/**
 * `npm run histories` lets many clients in several processes book, move, cancel, wait, close and the
 * rest at random against a PostgreSQL of its own, while processes are killed and the database is
 * restarted, and checks what is left. Ends with 1 when anything is as it must never be.
 */

import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { migrateServer } from '../src/platform/migrate.ts';
import { connectPostgres } from '../src/platform/postgres.ts';
import { loadComuni } from '../src/reference/load-comuni.ts';
import { type Report, runHistories } from '../test/race/history/histories.ts';
import { startPostgres } from '../test/support/postgres.ts';

const DEFAULTS = {
  operations: 200_000,
  clients: 32,
  processes: 4,
  seed: 20270325,
  kills: 0,
  restarts: 0,
  /** After which nobody asks any more; as long as it takes when 0. */
  minutes: 0,
};

const { values } = parseArgs({
  options: Object.fromEntries(
    Object.keys(DEFAULTS).map((name) => [name, { type: 'string' as const }]),
  ),
});
const wish = Object.fromEntries(
  Object.entries(DEFAULTS).map(([name, usual]) => [name, Number(values[name] ?? usual)]),
) as typeof DEFAULTS;
for (const [name, value] of Object.entries(wish))
  if (!Number.isSafeInteger(value) || value < 0) {
    console.error(`--${name} takes a number`);
    process.exit(2);
  }

// What is acknowledged must outlive the server only where it is flushed.
const server = await startPostgres({ durable: wish.restarts > 0 });
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => server.stop().finally(() => process.exit(1)));
try {
  const report = await runHistories(
    await migrated(),
    { ...wish, longestMs: wish.minutes > 0 ? wish.minutes * 60_000 : Number.MAX_SAFE_INTEGER },
    server,
  );
  print(report);
  process.exitCode = report.violations.length > 0 ? 1 : 0;
} finally {
  await server.stop();
}

async function migrated(): Promise<string> {
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin.unsafe('create database histories');
  await admin.end();
  const url = server.url.replace(/\/postgres$/, '/histories');
  await migrateServer(url);
  const connection = connectPostgres(url, 1);
  await loadComuni(connection.database);
  await connection.close();
  return url;
}

function print({ answers, changes, violations, ...facts }: Report): void {
  const { clients, processes, seed } = wish;
  console.log(
    `PostgreSQL ${server.version}, ${clients} clients in ${processes} processes, seed ${seed}`,
  );
  for (const [name, value] of Object.entries(facts)) console.log(`${name} ${value}`);
  const perSecond = (facts.operations / facts.seconds).toFixed(0);
  console.log(`operations per second ${perSecond}\n`);
  for (const [verb, counts] of Object.entries(answers)) console.log(`${verb}: ${listed(counts)}`);
  console.log(`\nwritten: ${listed(changes)}`);
  console.log(`\nviolations ${violations.length}`);
  const kinds = new Map<string, number>();
  for (const violation of violations) {
    const kind = violation.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').split(/: |[{[]/)[0]!;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  for (const [kind, count] of kinds) console.log(`  ${count} × ${kind}`);
  for (const violation of violations.slice(0, 50)) console.log(`  ${violation.slice(0, 3000)}`);
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
