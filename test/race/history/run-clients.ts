import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { releaseLapsed } from '../../../src/booking/actions/release-lapsed.ts';
import { carryOnDisruptions } from '../../../src/disruption/actions/carry-on-disruptions.ts';
import { sendDue } from '../../../src/notices/actions/send-due.ts';
import type { Carriers } from '../../../src/notices/carrier.ts';
import type { Actor } from '../../../src/platform/actor.ts';
import type { Call } from '../../../src/platform/call.ts';
import { connectPostgres, PATIENCE } from '../../../src/platform/postgres.ts';
import { seeded } from '../../../src/platform/random.ts';
import { settleWaiting } from '../../../src/waitlist/actions/settle-waiting.ts';
import { actAtRandom, answerOf, type Log, realNow } from './client.ts';
import { firstOperation, idOf, type Plan, simulatedNow, TICKERS } from './plan.ts';
import { servicesAt } from './world.ts';

/** Several clients in a process of their own, and what the service does by itself, each with its log. */
const plan = JSON.parse(process.argv[2]!) as Plan;
const pool = plan.mine.length + 1;
const { database, close } = connectPostgres(plan.databaseUrl, pool, PATIENCE);
const services = await servicesAt(
  database,
  () => simulatedNow(plan),
  (line) => process.stderr.write(`${line}\n`),
);
const callAs =
  (actor: Actor) =>
  (client: number, operation: number): Call => {
    let made = 0;
    return {
      ...services,
      actor,
      locale: 'it',
      correlationId: idOf(client, operation),
      ids: () => idOf(client, operation, made++),
    };
  };

function logTo(name: string): Log {
  const file = openSync(join(plan.logFolder, `${name}.jsonl`), 'ax');
  const write = (line: object) => writeSync(file, `${JSON.stringify(line)}\n`);
  return { asked: write, answered: (id, ended, answer) => write({ id, ended, answer }) };
}

let working = true;

/** What falls due, one task after the other, for as long as there are clients. */
async function tick(): Promise<void> {
  const name = `${plan.process}-${plan.generation}`;
  const log = logTo(`ticks-${name}`);
  const sent = openSync(join(plan.logFolder, `sent-${name}.jsonl`), 'ax');
  const callFor = callAs({ kind: 'system', task: 'history' });
  const tasks: Record<string, (call: Call) => Promise<unknown>> = {
    releaseLapsed,
    settleWaiting,
    carryOnDisruptions,
    async sendDue(call) {
      const leased = realNow();
      const carriers: Carriers = {
        email: {
          async send({ id }) {
            writeSync(sent, `${JSON.stringify({ id, leased, at: realNow() })}\n`);
            return {};
          },
        },
      };
      return sendDue(call, carriers);
    },
  };
  const [client, first] = [TICKERS + plan.process, firstOperation(plan.generation)];
  for (let n = 1; working; ) {
    for (const [subjectId, task] of Object.entries(tasks)) {
      const id = idOf(client, first + n);
      log.asked({ id, verb: 'tick', subjectId, wanted: {}, began: realNow() });
      // A run may take so many seconds of a clock that is much too fast for it: it stands meanwhile.
      const now = services.clock.now();
      const call = { ...callFor(client, first + n), clock: { now: () => now } };
      const answer = await answerOf(task(call).then(() => ({})));
      log.answered(id, realNow(), answer);
      n += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

const ticking = tick();
await Promise.all(
  plan.mine.map(({ number, operations }) =>
    actAtRandom({
      number,
      operations,
      plan,
      random: seeded(plan.seed + plan.generation * 1000 + number),
      callFor: callAs({ kind: 'administrator', userId: 'history' }),
      log: logTo(`client-${number}-${plan.generation}`),
    }),
  ),
);
working = false;
await ticking;
await close();
