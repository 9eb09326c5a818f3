import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { postgresFault } from '../../platform/database.ts';
import { fault } from '../../platform/faults.ts';
import { invalid } from '../../platform/problem.ts';
import { staffNumberTaken } from '../problems.ts';
import { insertStaffMember, levelOf, requireOwner, type StaffMember } from '../staff-store.ts';
import { changeNetwork, type NetworkChanged } from './change-network.ts';
import { refuseSkills } from './change-staff-member.ts';

export type NewStaffMember = Omit<StaffMember, 'id' | 'level'>;

/**
 * Somebody more at an office, who keeps its hours until given their own: free time follows at once.
 * @throws {Problem} 401, 403, 404; 409 the staff number is taken; 422 an unknown category, a skill
 *   that it may not use, or none at all for somebody who receives
 */
export async function addStaffMember(
  call: Call,
  given: NewStaffMember,
  follow: NetworkChanged,
): Promise<StaffMember> {
  authorise(call.actor, 'administrator', 'system');
  try {
    return await changeNetwork(
      call,
      async (transaction) => {
        await requireOwner(transaction, { officeId: given.officeId, operatorId: undefined });
        const level = await levelOf(transaction, given.category);
        if (level === undefined)
          throw invalid({ errors: [fault('/category', 'unknownCategory', call.locale)] });
        const member = { ...given, id: call.ids(), level };
        refuseSkills(call, member);
        await insertStaffMember(transaction, member);
        return {
          result: member,
          owners: [{ officeId: given.officeId, operatorId: member.id }],
          entry: {
            action: 'add-operator',
            subjectKind: 'operator',
            subjectId: member.id,
            detail: { office: given.officeId, category: given.category, skills: given.skills },
          },
        };
      },
      follow,
    );
  } catch (error) {
    if (postgresFault(error)?.constraint === 'operator_staff_number_unique')
      throw staffNumberTaken();
    throw error;
  }
}
