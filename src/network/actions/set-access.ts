import { authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { accessOf, writeAccess } from '../accessibility-store.ts';
import type { AccessFact } from '../rules/accessibility.ts';
import { requireOwner } from '../staff-store.ts';
import { changeNetwork } from './change-network.ts';

/** What is known of an office's accessibility. Public. */
export function readAccess(call: Call, officeId: string): Promise<AccessFact[]> {
  return accessOf(call.database, officeId);
}

/**
 * Says what an office has and has not; of what is left out nobody knows. What stays as it was keeps
 * its source and date. The office's own staff may: they see it every day.
 * @throws {Problem} 401, 403, 404
 */
export async function setAccess(
  call: Call,
  officeId: string,
  given: readonly Pick<AccessFact, 'feature' | 'present'>[],
  source: string,
): Promise<AccessFact[]> {
  authoriseOffice(call.actor, officeId);
  const today = dayOf(call.clock.now());
  return changeNetwork(call, async (transaction) => {
    await requireOwner(transaction, { officeId, operatorId: undefined });
    const before = await accessOf(transaction, officeId);
    const facts = given.map(({ feature, present }) => {
      const kept = before.find((one) => one.feature === feature && one.present === present);
      return kept ?? { feature, present, source, date: today };
    });
    await writeAccess(transaction, officeId, facts);
    return {
      result: await accessOf(transaction, officeId),
      entry: {
        action: 'set-office-accessibility',
        subjectKind: 'office',
        subjectId: officeId,
        detail: { before, after: facts },
      },
    };
  });
}
