import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { forgetThoseWhoDoNotReceive } from '../store/free-time.ts';
import { longestHorizon } from '../store/services.ts';
import { rebuildFreeTime } from './rebuild-free-time.ts';

/** Free time after the network changed: for as far as any service can be booked. */
export async function followNetwork(call: Call): Promise<void> {
  authorise(call.actor, 'system', 'administrator');
  await forgetThoseWhoDoNotReceive(call.database);
  await rebuildFreeTime(call, { days: await longestHorizon(call.database) });
}
