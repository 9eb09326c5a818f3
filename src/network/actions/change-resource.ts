import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { postgresFault } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { resourceNameTaken } from '../problems.ts';
import { lockResource, type Resource, updateResource } from '../resource-store.ts';
import { changeNetwork } from './change-network.ts';

/**
 * Renames a desk or room, or puts it out of use: what is booked there stays, nothing new comes.
 * @throws {Problem} 401, 403, 404; 409 there is one of that kind and name
 */
export async function changeResource(
  call: Call,
  id: string,
  change: Partial<Pick<Resource, 'name' | 'capacity' | 'active'>>,
): Promise<Resource> {
  authorise(call.actor, 'administrator', 'system');
  try {
    return await changeNetwork(call, async (transaction) => {
      const before = await lockResource(transaction, id);
      if (!before) throw notFound();
      const changed = { ...before, ...change };
      await updateResource(transaction, changed);
      return {
        result: changed,
        entry: {
          action: 'change-resource',
          subjectKind: 'resource',
          subjectId: id,
          detail: { ...change },
        },
      };
    });
  } catch (error) {
    if (postgresFault(error)?.constraint === 'resource_name_unique') throw resourceNameTaken();
    throw error;
  }
}
