import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type PastImport, pastImport } from '../import-store.ts';

/** When an import was made and what it wrote. @throws {Problem} 404 */
export async function readImport(call: Call, id: string): Promise<PastImport> {
  authorise(call.actor, 'administrator', 'system');
  const found = await pastImport(call.database, id);
  if (!found) throw notFound();
  return found;
}
