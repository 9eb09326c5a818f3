import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type OfficeDetail, officeDetail } from '../office-store.ts';

/** An office by id or code. Public. @throws {Problem} 404 */
export async function readOffice(
  call: Call,
  key: { readonly id: string } | { readonly code: string },
): Promise<OfficeDetail> {
  const found = await officeDetail(call.database, key);
  if (!found) throw notFound();
  return found;
}
