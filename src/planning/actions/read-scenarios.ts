import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { listScenarios, type SavedScenario, scenarioById } from '../store.ts';

/** The scenarios of whoever asks, newest first, and the cursor of the next page. */
export async function listOwnScenarios(
  call: Call,
  paging: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: SavedScenario[]; next: string | undefined }> {
  authorise(call.actor, 'planner', 'administrator');
  const found = await listScenarios(call.database, {
    ownerId: call.actor.userId,
    before: paging.cursor,
    limit: paging.limit + 1,
  });
  const items = found.slice(0, paging.limit);
  return { items, next: found.length > paging.limit ? items.at(-1)!.id : undefined };
}

/** One scenario of whoever asks. @throws {Problem} 401, 403, 404 */
export async function readScenario(call: Call, id: string): Promise<SavedScenario> {
  authorise(call.actor, 'planner', 'administrator');
  const found = await scenarioById(call.database, call.actor.userId, id);
  if (!found) throw notFound();
  return found;
}
