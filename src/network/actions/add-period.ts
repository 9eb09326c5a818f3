import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { NamedPeriod } from '../hours-store.ts';
import { daysFault } from '../rules/series.ts';
import { insertPeriod } from '../series-store.ts';
import { requireOwner } from '../staff-store.ts';
import { changeNetwork, type NetworkChanged, refuse } from './change-network.ts';

/**
 * Names days whose hours stand in place of the ordinary week: until series are added to it, nothing
 * is open on them. Returns its id. @throws {Problem} 401, 403, 404; 422 it ends before it begins
 */
export async function addPeriod(
  call: Call,
  period: Omit<NamedPeriod, 'id'>,
  follow: NetworkChanged,
): Promise<string> {
  authorise(call.actor, 'administrator', 'system');
  refuse(call, daysFault(period.validFrom, period.validTo));
  const id = call.ids();
  return changeNetwork(
    call,
    async (transaction) => {
      await requireOwner(transaction, period);
      await insertPeriod(transaction, { id, ...period });
      return {
        owners: [period],
        result: id,
        entry: {
          action: 'add-hours-period',
          subjectKind: 'hours-period',
          subjectId: id,
          detail: { ...period },
        },
      };
    },
    follow,
  );
}
