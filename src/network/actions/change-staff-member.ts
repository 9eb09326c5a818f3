import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { invalid, notFound } from '../../platform/problem.ts';
import { skillByCode } from '../rules/skills.ts';
import { type StaffMember, staffMember, updateStaffMember } from '../staff-store.ts';
import { changeNetwork, type NetworkChanged } from './change-network.ts';

/**
 * Changes what an operator can do, speaks, and whether they receive by appointment.
 * @throws {Problem} 401, 403, 404; 422 a skill that the category may not use, or none at all for
 *   somebody who receives
 */
export async function changeStaffMember(
  call: Call,
  id: string,
  change: Partial<Pick<StaffMember, 'skills' | 'languages' | 'bookable'>>,
  follow: NetworkChanged,
): Promise<StaffMember> {
  authorise(call.actor, 'administrator', 'system');
  return changeNetwork(
    call,
    async (transaction) => {
      const before = await staffMember(transaction, id);
      if (!before) throw notFound();
      const after = { ...before, ...change };
      refuseSkills(call, after);
      const { skills, languages, bookable } = after;
      const kept = { skills: [...skills], languages: [...languages], bookable };
      await updateStaffMember(transaction, id, kept);
      return {
        result: after,
        owners: [{ officeId: before.officeId, operatorId: id }],
        entry: {
          action: 'change-operator',
          subjectKind: 'operator',
          subjectId: id,
          detail: kept,
        },
      };
    },
    follow,
  );
}

/** @throws {Problem} 422 skills that the category may not use, or none for somebody who receives */
export function refuseSkills(call: Call, { skills, bookable, level, category }: StaffMember): void {
  const refusal = (it: string, en: string) =>
    invalid({ errors: [{ pointer: '/skills', detail: call.locale === 'it' ? it : en }] });
  if (bookable && skills.length === 0) {
    throw refusal(
      'Chi riceve su appuntamento deve avere almeno una competenza.',
      'Whoever receives by appointment must have at least one skill.',
    );
  }
  const beyond = skills.find((code) => (skillByCode.get(code)?.minLevel ?? 0) > level);
  if (beyond !== undefined) {
    throw refusal(
      `La categoria «${category}» non basta per la competenza «${beyond}».`,
      `Category “${category}” is too low for the skill “${beyond}”.`,
    );
  }
}
