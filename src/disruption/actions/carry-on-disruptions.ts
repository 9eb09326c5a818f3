import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { runningDisruptions } from '../store/disruptions.ts';
import { carryOut } from './carry-out.ts';
import { restoreDisplaced } from './restore-displaced.ts';

/** Milliseconds of one run; the next one goes on. */
const RUN_MS = 20_000;

/**
 * Goes on where requests stopped: sees to whoever a disruption hit, and gives displaced people their
 * time back where it came free. Safe to repeat and to run in several processes.
 */
export async function carryOnDisruptions(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  const until = call.clock.now() + RUN_MS;
  for (const id of await runningDisruptions(call.database)) await carryOut(call, id, until);
  await restoreDisplaced(call);
}
