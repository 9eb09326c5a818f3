import { listOffices, type OfficeSummary } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';

/** The offices one may come to, by name. Public. */
export function listOfficesToVisit(call: Call): Promise<OfficeSummary[]> {
  return listOffices(call.database);
}
