import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type StaffMember, staffMember } from '../staff-store.ts';
import { type Transfer, transferAhead } from '../transfer-store.ts';

/** One operator. @throws {Problem} 401, 403 another office's, 404 */
export async function readStaffMember(call: Call, id: string): Promise<StaffMember> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const member = await staffMember(call.database, id);
  if (!member) throw notFound();
  authoriseOffice(call.actor, member.officeId);
  return member;
}

/** The move to another office that an operator has ahead. @throws {Problem} 401, 403, 404 none */
export async function readTransfer(call: Call, operatorId: string): Promise<Transfer> {
  await readStaffMember(call, operatorId);
  const ahead = await transferAhead(call.database, operatorId);
  if (!ahead) throw notFound();
  return ahead;
}
