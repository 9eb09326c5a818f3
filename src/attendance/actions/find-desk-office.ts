import { findOffice } from '../../booking/actions/find-office.ts';
import { authorise } from '../../identity/authorise.ts';
import { listOffices, type OfficeSummary, officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';

/**
 * The office a desk page is about: an operator's first, or for an administrator the one of this
 * code; the first of the network when they name none. @throws {Problem} 401, 403, 404
 */
export async function findDeskOffice(call: Call, code: string | undefined): Promise<OfficeSummary> {
  const { actor } = call;
  authorise(actor, 'operator', 'administrator');
  if (actor.kind === 'administrator' && code !== undefined) return findOffice(call, code);
  const id =
    actor.kind === 'operator' ? actor.officeIds[0] : (await listOffices(call.database))[0]?.id;
  const found = id === undefined ? undefined : await officeById(call.database, id);
  if (!found) throw notFound();
  return found;
}
