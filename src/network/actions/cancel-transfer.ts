import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { deleteOwnHours, deleteTransfer, transferAhead } from '../transfer-store.ts';
import { changeNetwork, type NetworkChanged } from './change-network.ts';

/** Calls off a move to another office that is still to come. @throws {Problem} 401, 403, 404 */
export async function cancelTransfer(
  call: Call,
  operatorId: string,
  follow: NetworkChanged,
): Promise<void> {
  authorise(call.actor, 'administrator', 'system');
  await changeNetwork(
    call,
    async (transaction) => {
      const ahead = await transferAhead(transaction, operatorId);
      if (!ahead) throw notFound();
      await deleteTransfer(transaction, ahead.id);
      await deleteOwnHours(transaction, operatorId, ahead.toOfficeId);
      return {
        owners: [{ officeId: ahead.fromOfficeId, operatorId }],
        result: undefined,
        entry: {
          action: 'cancel-transfer',
          subjectKind: 'operator',
          subjectId: operatorId,
          detail: { to: ahead.toOfficeId, fromDay: ahead.fromDay },
        },
      };
    },
    follow,
  );
}
