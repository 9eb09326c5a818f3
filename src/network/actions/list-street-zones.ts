import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { type ListedZone, listedZones } from '../zone-store.ts';

/** Streets that are assigned to an office, by comune. @throws {Problem} 401, 403 */
export async function listStreetZones(
  call: Call,
  text: string,
  limit: number,
): Promise<ListedZone[]> {
  authorise(call.actor, 'planner', 'administrator', 'operator');
  return listedZones(call.database, text, limit);
}
