import type { Call } from '../../../src/platform/call.ts';
import { PASSING, postgresFault } from '../../../src/platform/database.ts';
import { Problem } from '../../../src/platform/problem.ts';
import type { Random } from '../../../src/platform/random.ts';
import { firstOperation, idOf, type Plan } from './plan.ts';
import type { Answer, Operation } from './record.ts';
import { type Question, questions } from './verbs.ts';

/** What a client is given: its number, its plan and its ways to the service and to its log. */
interface Desk {
  readonly number: number;
  readonly operations: number;
  readonly plan: Plan;
  readonly random: Random;
  readonly callFor: (client: number, operation: number) => Call;
  readonly log: Log;
}

/** Told before the answer too: whoever is killed meanwhile leaves the question behind. */
export interface Log {
  asked(operation: Omit<Operation, 'ended' | 'answer'>): void;
  answered(id: string, ended: number, answer: Answer): void;
}

/** How often each is asked. */
const SHARES = {
  book: 22,
  visit: 2,
  hold: 10,
  confirm: 8,
  release: 2,
  move: 12,
  cancel: 20,
  outcome: 7,
  join: 7,
  leave: 1,
  accept: 4,
  decline: 2,
  offer: 1,
  close: 1.6,
  reopen: 1.6,
  nearest: 0.8,
};
const TOTAL = Object.values(SHARES).reduce((sum, share) => sum + share, 0);

/** A client whose database is away does not ask as fast as it can. */
const PAUSE_MS = 100;

/** One client at the actions themselves: asks at random, waits for the answer, tells the log. */
export async function actAtRandom(desk: Desk): Promise<void> {
  const { number, operations, plan, random, callFor, log } = desk;
  const first = firstOperation(plan.generation);
  const ask = questions({ number, plan, random, look: callFor(number, first) });
  for (let n = 1; n <= operations && Date.now() < plan.until; ) {
    const id = idOf(number, first + n);
    const question = await anyOf(ask, id);
    if (question === 'away') await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (question === undefined || question === 'away') continue;
    const { verb, subjectId, wanted, act } = question;
    log.asked({ id, verb, subjectId, wanted, began: realNow() });
    const answer = await answerOf(act(callFor(number, first + n)));
    log.answered(id, realNow(), answer);
    if (answer.kind === 'lost') await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    n += 1;
  }

  /** Undefined when there is nothing to ask of that kind; `away` when looking around failed. */
  async function anyOf(
    ask: ReturnType<typeof questions>,
    id: string,
  ): Promise<Question | 'away' | undefined> {
    let left = random.uniform() * TOTAL;
    for (const [verb, share] of Object.entries(SHARES)) {
      left -= share;
      if (left < 0) return ask[verb as keyof typeof SHARES](id).catch(() => 'away' as const);
    }
    return undefined;
  }
}

export async function answerOf(
  acting: Promise<Omit<Extract<Answer, { kind: 'done' }>, 'kind'>>,
): Promise<Answer> {
  try {
    return { kind: 'done', ...(await acting) };
  } catch (error) {
    if (error instanceof Problem) return { kind: 'refused', problem: error.kind.slug };
    const { code, constraint } = postgresFault(error) ?? {};
    // As whoever asks over HTTP is told: it lost to others, and nothing was written.
    if (code !== undefined && PASSING.has(code)) return { kind: 'refused', problem: 'conflict' };
    return { kind: 'lost', why: [code ?? causeOf(error), constraint].filter(Boolean).join(' ') };
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return causeOf(error.cause);
  const { code } = error as Error & { code?: unknown };
  return typeof code === 'string' ? code : `${error.name}: ${error.message}`;
}

/**
 * Milliseconds that all processes of a machine agree on, whenever they began: the wall's clock and
 * the one that each process counts from its start drift apart in the course of a long run.
 */
export function realNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
