import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../../../src/platform/call.ts';
import { parseConfig } from '../../../src/platform/config.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createLog } from '../../../src/platform/log.ts';
import { connectPostgres } from '../../../src/platform/postgres.ts';
import { seeded } from '../../../src/platform/random.ts';
import { createSecrets } from '../../../src/platform/secrets.ts';
import { actAtRandom } from './client.ts';
import { type Plan, simulatedNow } from './plan.ts';

/** Several clients in a process of their own, each with its log. What the service logs as an error fails the run. */
const plan = JSON.parse(process.argv[2]!) as Plan;
const { database, close } = connectPostgres(plan.databaseUrl, plan.mine.length);
const services = {
  config: parseConfig({ NODE_ENV: 'test', PUBLIC_URL: 'http://localhost:3000' }),
  database,
  clock: { now: () => simulatedNow(plan) },
  ids: newId,
  secrets: await createSecrets('s'.repeat(43), 'd'.repeat(43)),
  log: createLog('error', (record) => process.stderr.write(`${JSON.stringify(record)}\n`)),
};
const callFor = (correlationId: string): Call => ({
  ...services,
  actor: { kind: 'administrator', userId: 'history' },
  locale: 'it',
  correlationId,
});

await Promise.all(
  plan.mine.map(async (number) => {
    const file = openSync(join(plan.logFolder, `client-${number}.jsonl`), 'ax');
    await actAtRandom({
      number,
      plan,
      random: seeded(plan.seed + number),
      callFor,
      log: (operation) => writeSync(file, `${JSON.stringify(operation)}\n`),
    });
    closeSync(file);
  }),
);
await close();
