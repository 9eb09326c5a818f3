import { findOffice } from '../../booking/actions/find-office.ts';
import { authorise } from '../../identity/authorise.ts';
import { listOffices, type OfficeSummary, officeById } from '../../network/store.ts';
import { callOf } from '../../platform/call.ts';
import type { AppContext } from '../../platform/http.ts';
import { notFound } from '../../platform/problem.ts';

/**
 * The office a desk page is about: the operator's first, or the one an administrator names by
 * `ufficio`; the first of the network when they name none. @throws {Problem} 401, 403, 404
 */
export async function officeOfDesk(c: AppContext): Promise<OfficeSummary> {
  const call = callOf(c);
  const { actor } = call;
  authorise(actor, 'operator', 'administrator');
  const asked = c.req.query('ufficio');
  if (actor.kind === 'administrator') {
    if (asked !== undefined) return findOffice(call, asked);
    const [first] = await listOffices(call.database);
    if (!first) throw notFound();
    return first;
  }
  const found = actor.officeIds[0] && (await officeById(call.database, actor.officeIds[0]));
  if (!found) throw notFound();
  return found;
}
