import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { postgresFault } from '../../platform/database.ts';
import { resourceNameTaken } from '../problems.ts';
import { insertResource, type Resource } from '../resource-store.ts';
import { requireOwner } from '../staff-store.ts';
import { changeNetwork } from './change-network.ts';

/**
 * Gives an office a desk or a room, which can be booked at once.
 * @throws {Problem} 401, 403, 404; 409 there is one of that kind and name
 */
export async function addResource(
  call: Call,
  given: Pick<Resource, 'officeId' | 'kind' | 'name' | 'capacity'>,
): Promise<Resource> {
  authorise(call.actor, 'administrator', 'system');
  const resource = { ...given, id: call.ids(), active: true };
  try {
    return await changeNetwork(call, async (transaction) => {
      await requireOwner(transaction, { officeId: given.officeId, operatorId: undefined });
      await insertResource(transaction, resource);
      return {
        result: resource,
        entry: {
          action: 'add-resource',
          subjectKind: 'resource',
          subjectId: resource.id,
          detail: { ...given },
        },
      };
    });
  } catch (error) {
    if (postgresFault(error)?.constraint === 'resource_name_unique') throw resourceNameTaken();
    throw error;
  }
}
