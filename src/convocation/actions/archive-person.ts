import { audit } from '../../identity/audit.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { setArchived } from '../store/archive.ts';
import { invitedById } from '../store/people.ts';

/**
 * Notes that the offices no longer follow somebody, with a reason, or takes it back (`reason`
 * undefined). Archived people are neither invited nor convoked; their codes stop working.
 * @throws {Problem} 401, 403; 404
 */
export async function archivePerson(
  call: Call,
  invitationId: string,
  reason: string | undefined,
): Promise<void> {
  const found = await invitedById(call.database, invitationId);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.officeId);
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const by = { who: actorId(call.actor) ?? call.actor.kind, at: call.clock.now() };
    await setArchived(transaction, found.personId, reason, by);
    await audit(transaction, call, {
      action: reason === undefined ? 'unarchive-person' : 'archive-person',
      subjectKind: 'person',
      subjectId: found.personId,
    });
  });
}
