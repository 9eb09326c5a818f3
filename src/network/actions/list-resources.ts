import { authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { type Resource, resourcesOf } from '../resource-store.ts';
import { requireOwner } from '../staff-store.ts';

/** Desks and rooms of an office. @throws {Problem} 401; 403 another office's; 404 */
export async function listResources(call: Call, officeId: string): Promise<Resource[]> {
  authoriseOffice(call.actor, officeId);
  await requireOwner(call.database, { officeId, operatorId: undefined });
  return resourcesOf(call.database, officeId);
}
