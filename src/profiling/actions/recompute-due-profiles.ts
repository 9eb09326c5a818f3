import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { personsDueForUpdate } from '../store.ts';
import { computeProfile } from './compute-profile.ts';

/**
 * The 90-day update of art. 19 c. 6: computes anew the profiles that are due, oldest first, at most
 * `limit` in a run. Safe to repeat: who has been updated is no longer due. Returns how many.
 */
export async function recomputeDueProfiles(call: Call, limit = 200): Promise<number> {
  authorise(call.actor, 'system');
  const due = await personsDueForUpdate(call.database, dayOf(call.clock.now()), limit);
  for (const personId of due) await computeProfile(call, { personId, trigger: '90D' });
  return due.length;
}
