import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../../../src/platform/random.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { runNode } from '../../support/server.ts';
import type { Plan } from './plan.ts';
import type { Answer, Operation, Sent } from './record.ts';

export interface Conduct {
  readonly plan: Omit<Plan, 'process' | 'generation' | 'mine' | 'began'>;
  readonly began: number;
  readonly processes: number;
  /** Operations in all. */
  readonly operations: number;
  /** Processes killed at random and replaced, and restarts of the database, spread over the run. */
  readonly kills: number;
  readonly restarts: number;
  readonly server: Pick<PostgresServer, 'crash'> | undefined;
}

export interface Conducted {
  readonly operations: Operation[];
  readonly sent: Sent[];
  readonly kills: number;
  readonly restarts: number;
  /** What processes said that they should not have, or how they ended. */
  readonly troubles: string[];
}

/** Lets the clients loose, kills and restarts what it was told to, and reads what they wrote down. */
export async function conduct(wanted: Conduct): Promise<Conducted> {
  const { plan, processes, server } = wanted;
  const each = Math.ceil(wanted.operations / plan.clients);
  const random = seeded(plan.seed);
  const troubles: string[] = [];
  const running = new Map<number, { kill(): void; generation: number }>();
  let [kills, restarts] = [0, 0];

  async function run(process: number, generation: number): Promise<void> {
    const asked = askedSoFar(plan.logFolder);
    const mine = Array.from({ length: plan.clients }, (_, number) => number)
      .filter((number) => number % processes === process)
      .map((number) => ({ number, operations: each - (asked.get(number) ?? 0) }))
      .filter(({ operations }) => operations > 0);
    if (mine.length === 0) return;
    const given: Plan = { ...plan, began: wanted.began, process, generation, mine };
    const child = runNode(['test/race/history/run-clients.ts', JSON.stringify(given)], {});
    let killed = false;
    running.set(process, {
      generation,
      kill() {
        killed = true;
        child.process.kill('SIGKILL');
      },
    });
    const code = await child.ended;
    running.delete(process);
    if (child.output() !== '') troubles.push(child.output().slice(0, 4000));
    if (killed) return run(process, generation + 1);
    if (code !== 0) troubles.push(`process ${process} ended with ${code}`);
  }

  let over = false;
  const all = Promise.all(Array.from({ length: processes }, (_, n) => run(n, 0))).then(() => {
    over = true;
  });
  // By how much was asked, or by the time that is over where there is not time for everything.
  const progress = () =>
    Math.max(
      written(plan.logFolder) / (each * plan.clients * BYTES),
      (Date.now() - wanted.began) / (plan.until - wanted.began),
    );
  const events = [
    ...Array.from({ length: wanted.kills }, () => 'kill' as const),
    ...Array.from({ length: wanted.restarts }, () => 'restart' as const),
  ].sort(() => random.uniform() - 0.5);
  for (const [n, what] of events.entries()) {
    const at = (n + 0.3 + random.uniform() * 0.4) / events.length;
    while (!over && progress() < at) await pause(100);
    if (over) break;
    if (what === 'kill') {
      const alive = [...running.values()];
      if (alive.length === 0) continue;
      random.pick(alive).kill();
      kills += 1;
    } else if (server) {
      await server.crash(random.uniform() < 0.5 ? 'immediate' : 'kill', random.integer(0, 800));
      restarts += 1;
    }
  }
  await all;
  return { ...readLogs(plan.logFolder), kills, restarts, troubles };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a client writes down for each question at least, to tell how far they are. */
const BYTES = 330;

/** Bytes that clients wrote down so far. */
function written(folder: string): number {
  return readdirSync(folder)
    .filter((name) => name.startsWith('client-'))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

const QUESTION = /"verb":/g;

/** How many questions each client wrote down, whoever it was that asked. */
function askedSoFar(folder: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const name of readdirSync(folder)) {
    const number = /^client-(\d+)-/.exec(name)?.[1];
    if (number === undefined) continue;
    const asked = readFileSync(join(folder, name), 'utf8').match(QUESTION)?.length ?? 0;
    counts.set(Number(number), (counts.get(Number(number)) ?? 0) + asked);
  }
  return counts;
}

/** Questions with their answers; what was never answered may have happened, or happen later yet. */
function readLogs(folder: string): Pick<Conducted, 'operations' | 'sent'> {
  const operations: Operation[] = [];
  const sent: Sent[] = [];
  for (const name of readdirSync(folder)) {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n').flatMap(parsed);
    if (name.startsWith('sent-')) sent.push(...(lines as Sent[]));
    else operations.push(...paired(lines as (Operation | Answered)[]));
  }
  return { operations, sent };
}

type Answered = { readonly id: string; readonly ended: number; readonly answer: Answer };

function paired(lines: readonly (Operation | Answered)[]): Operation[] {
  const answers = new Map(lines.flatMap((line) => ('verb' in line ? [] : [[line.id, line]])));
  return lines.flatMap((line): Operation[] => {
    if (!('verb' in line)) return [];
    const { ended, answer } = answers.get(line.id) ?? {
      ended: Number.POSITIVE_INFINITY,
      answer: { kind: 'lost' as const, why: 'killed' },
    };
    return [{ ...line, answer, ended: answer.kind === 'lost' ? Number.POSITIVE_INFINITY : ended }];
  });
}

/** A line that a killed process did not write to its end is none. */
function parsed(line: string): object[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as object];
  } catch {
    return [];
  }
}
