import { audit } from '../../identity/audit.ts';
import type { Call } from '../../platform/call.ts';
import { erasureAsked } from '../problems.ts';
import { type ErasureRequest, insertRequest, requestById } from '../store/requests.ts';
import { personInSight } from './person-in-sight.ts';

/**
 * Asks that what is held about a person be erased: by themselves, or by the staff who write their
 * request down. @throws {Problem} 401, 403, 404; 409 asked already
 */
export async function askErasure(call: Call, personId: string): Promise<ErasureRequest> {
  const person = await personInSight(call, personId);
  const id = call.ids();
  await call.database.transaction(async (transaction) => {
    const row = { id, personId: person.id, askedAt: call.clock.now() };
    if (!(await insertRequest(transaction, row))) throw erasureAsked();
    await audit(transaction, call, {
      action: 'ask-erasure',
      subjectKind: 'erasure-request',
      subjectId: id,
      detail: { person: person.id },
    });
  });
  return (await requestById(call.database, id))!;
}
