import type { Call } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import {
  type Database,
  PASSING,
  postgresFault,
  transactionWithRetry,
} from '../../platform/database.ts';
import type { Service } from '../service.ts';
import type { Wanted } from '../store/claims.ts';
import { outlook } from '../store/outlook.ts';
import { lockSeatingPlan } from '../store/seats.ts';
import { couldMakeRoom, makeRoom } from './make-room.ts';
import { rebuildOperatorDay } from './rebuild-free-time.ts';
import { releaseLapsed } from './release-lapsed.ts';

/** Rounds of claiming before giving up: each lost round means that somebody else won one. */
const ROUNDS = 8;

/** How the claim's statement says that the exclusion constraint refused what free time promised. */
const DIVISION_BY_ZERO = '22012';

const LOCK_TIMEOUT = '55P03';

type WantedOfService = Wanted & { readonly service: Service };

/** One try to take the time; undefined when nobody is free. */
export type Attempt<T> = (database: Database, wait: boolean) => Promise<T | undefined>;

/**
 * Claims until it is won or certainly lost. First passes over days that another claim is changing,
 * then, if the time still looks free, waits for them: an operator whose day is locked may turn out
 * free. When nobody is free, time that lapsed is given back, and at last others are re-seated to make
 * room, in the claim's own transaction.
 * @param seenFree whether the time looked free a moment ago; if not, that is looked at again first
 */
export async function claimInRounds<T>(
  call: Call,
  wanted: WantedOfService,
  attempt: Attempt<T>,
  seenFree = true,
): Promise<T | undefined> {
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0 || seenFree) {
      try {
        const won = await attempt(call.database, round > 0);
        if (won !== undefined) return won;
      } catch (error) {
        const code = postgresFault(error)?.code ?? '';
        // Whoever waited as long as a lock may be waited for does not begin anew.
        if (PASSING.has(code) && code !== LOCK_TIMEOUT) continue;
        if (code !== DIVISION_BY_ZERO) throw error;
        await mend(call, wanted);
        continue;
      }
    }
    const look = await outlook(call.database, wanted, call.clock.now());
    if (look.free || (look.lapsed && (await releaseLapsed(call)))) continue;
    return look.coverable ? claimByReseating(call, wanted, attempt) : undefined;
  }
  return undefined;
}

/** Free time promised what the constraint refused: derive the days anew, and say so in the log. */
async function mend(call: Call, { service, officeId, start }: WantedOfService): Promise<void> {
  // A room has no free time of its own: one that went a moment before is no disagreement.
  if (service.resourceKind !== undefined) return;
  call.log.error('free time disagreed with occupied time', { officeId, start: toRfc3339(start) });
  await transactionWithRetry(call.database, async (transaction) => {
    const plan = await lockSeatingPlan(transaction, officeId, start, call.clock.now());
    for (const { id } of plan.operators) await rebuildOperatorDay(transaction, id, start);
  });
}

/**
 * Moves appointments that nobody was promised to other operators, if that makes room, and claims in
 * the same transaction: all of it or nothing.
 */
async function claimByReseating<T>(
  call: Call,
  wanted: WantedOfService,
  attempt: Attempt<T>,
): Promise<T | undefined> {
  if (!(await couldMakeRoom(call, wanted))) return undefined;
  return transactionWithRetry(call.database, async (transaction) => {
    if (!(await makeRoom(transaction, call, wanted))) return undefined;
    const won = await attempt(transaction, true);
    // Nobody is moved for nothing.
    if (won === undefined) throw new NoRoom();
    return won;
  }).catch((error: unknown) => {
    if (error instanceof NoRoom) return undefined;
    throw error;
  });
}

class NoRoom extends Error {}
