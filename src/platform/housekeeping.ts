import { lt } from 'drizzle-orm';
import type { Call } from './call.ts';
import { forgetSpentChallenges } from './challenge.ts';
import { DAY } from './clock.ts';
import { idempotencyKey, rateLimit } from './table.ts';

/** Answers kept for retries, in days: a client that repeats a request later gets a new answer. */
const KEPT_DAYS = 2;

/** Deletes answers kept for retries that will not come, and counts of windows that closed. */
export async function forgetPassingRows(call: Call): Promise<void> {
  const { database, clock } = call;
  const now = clock.now();
  await forgetSpentChallenges(call);
  await database.delete(idempotencyKey).where(lt(idempotencyKey.createdAt, now - KEPT_DAYS * DAY));
  await database.delete(rateLimit).where(lt(rateLimit.resetsAt, now));
}
