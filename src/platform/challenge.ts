import { createChallenge, extractParams, verifySolution } from 'altcha-lib/v1';
import { lt } from 'drizzle-orm';
import type { Call } from './call.ts';
import { type Instant, MINUTE } from './clock.ts';
import { defineProblem } from './problem.ts';
import { spentChallenge } from './table.ts';

/** A little work for a machine, which one person does not notice and many requests at once do. */
export interface Challenge {
  readonly algorithm: string;
  /** SHA-256, in hexadecimal, of the salt and the number that is looked for. */
  readonly challenge: string;
  readonly salt: string;
  readonly signature: string;
  /** The number is no higher. */
  readonly maxnumber: number;
}

/** About half a second on a cheap telephone. Ours. */
const MOST = 20_000;
const STANDS_MS = 10 * MINUTE;

const challengeUnsolved = defineProblem({
  slug: 'challenge-unsolved',
  status: 403,
  title: { it: 'Manca la prova contro gli automatismi', en: 'The challenge was not solved' },
  explanation: {
    it: 'Per tenere un orario il programma deve prima risolvere una prova: prendila da «/v1/challenges», trova il numero e manda la soluzione in «Challenge-Solution». Vale una volta sola, per dieci minuti. Un orario si può prenotare anche senza tenerlo.',
    en: 'To keep a time a program must solve a challenge first: take it from “/v1/challenges”, find the number and send the solution in “Challenge-Solution”. It counts once, for ten minutes. A time can be booked without keeping it, too.',
  },
});

const keyOf = (call: Pick<Call, 'secrets'>) => call.secrets.index('key of challenges');

/** A challenge that stands for ten minutes. Kept nowhere: its signature says that it is ours. */
export async function newChallenge(call: Call): Promise<Challenge> {
  const made = await createChallenge({
    hmacKey: await keyOf(call),
    maxNumber: MOST,
    expires: new Date(call.clock.now() + STANDS_MS),
  });
  return { ...made, maxnumber: MOST };
}

/**
 * Takes a solution, once: the database refuses the second who brings it.
 * @param solution base64 of the challenge as JSON, with `number`
 * @throws {Problem} 403 none, wrong, too old, or spent already
 */
export async function spendSolution(call: Call, solution: string | undefined): Promise<void> {
  if (solution === undefined || solution.length > 2000) throw challengeUnsolved();
  const read = await verified(solution, await keyOf(call));
  const now = call.clock.now();
  if (!read || read.expires <= now) throw challengeUnsolved();
  const spent = await call.database
    .insert(spentChallenge)
    .values({ signature: read.signature, expiresAt: read.expires })
    .onConflictDoNothing()
    .returning({ signature: spentChallenge.signature });
  if (spent.length === 0) throw challengeUnsolved();
}

async function verified(
  solution: string,
  key: string,
): Promise<{ readonly signature: string; readonly expires: Instant } | undefined> {
  try {
    // The library looks at the real clock: whether it stands is judged by ours.
    if (!(await verifySolution(solution, key, false))) return undefined;
    const expires = Number(extractParams(solution).expires) * 1000;
    const { signature } = JSON.parse(atob(solution)) as { signature: string };
    return Number.isFinite(expires) ? { signature, expires } : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets solutions that would be refused by their age alone. */
export async function forgetSpentChallenges({
  database,
  clock,
}: Pick<Call, 'database' | 'clock'>): Promise<void> {
  await database.delete(spentChallenge).where(lt(spentChallenge.expiresAt, clock.now()));
}
