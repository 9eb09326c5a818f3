import { authorise } from '../../identity/authorise.ts';
import { type OfficeSummary, officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { findOffice } from './find-office.ts';

/**
 * The office whose desk is meant: the operator's own, or the one an administrator names by its code.
 * @throws {Problem} 401, 403, 404
 */
export async function findDeskOffice(call: Call, code: string | undefined): Promise<OfficeSummary> {
  const { actor } = call;
  authorise(actor, 'operator', 'administrator');
  if (actor.kind === 'administrator') return findOffice(call, code);
  const [own] = actor.officeIds;
  const office = own === undefined ? undefined : await officeById(call.database, own);
  if (!office) throw notFound();
  return office;
}
