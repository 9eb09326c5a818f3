import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { insertReading, type Profile, profileById } from '../store.ts';
import { readPerson } from './person.ts';

/**
 * Records that the operator read the explanation of a profile; the first time counts, a repeat
 * changes nothing. @throws {Problem} 404
 */
export async function recordReading(call: Call, profileId: string): Promise<Profile> {
  authorise(call.actor, 'operator');
  const { operatorId } = call.actor;
  const profile = await profileById(call.database, profileId);
  if (!profile) throw notFound();
  await readPerson(call, profile.personId);
  await transactionWithRetry(call.database, async (transaction) => {
    const openedAt = call.clock.now();
    const first = await insertReading(transaction, { profileId, operatorId, openedAt });
    if (!first) return;
    await audit(transaction, call, {
      action: 'read-explanation',
      subjectKind: 'profile',
      subjectId: profileId,
    });
  });
  return profile;
}
