import { type OfficeSummary, officeByCode } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';

/** An office by its code. Public. @throws {Problem} 404 */
export async function findOffice(call: Call, code: string | undefined): Promise<OfficeSummary> {
  const found = code === undefined ? undefined : await officeByCode(call.database, code);
  if (!found) throw notFound();
  return found;
}
