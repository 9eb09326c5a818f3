import { authorise } from '../../identity/authorise.ts';
import type { Owner } from '../../network/series-store.ts';
import { receivingAt } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { forgetThoseWhoDoNotReceive } from '../store/free-time.ts';
import { longestHorizon } from '../store/services.ts';
import { rebuildFreeTime } from './rebuild-free-time.ts';

/**
 * Free time after the network changed, or the hours of one `owner` alone: for as far as any service
 * can be booked.
 */
export async function followNetwork(call: Call, owner?: Owner): Promise<void> {
  authorise(call.actor, 'system', 'administrator');
  await forgetThoseWhoDoNotReceive(call.database);
  const operatorIds = owner && (await receivingAt(call.database, owner));
  if (operatorIds?.length === 0) return;
  const days = await longestHorizon(call.database);
  await rebuildFreeTime(call, { days, ...(operatorIds && { operatorIds }) });
}
