import { authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { type StaffMember, staffOf } from '../staff-store.ts';

/** Those at work at an office. @throws {Problem} 401; 403 another office's */
export async function listStaff(call: Call, officeId: string): Promise<StaffMember[]> {
  authoriseOffice(call.actor, officeId);
  return staffOf(call.database, officeId);
}
