import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { listPersons as load, type PersonSummary } from '../store.ts';
import { nameWords } from './person.ts';

const LIMIT = 50;

/** People in the care of the operator's offices, by name; `more` when there are others. */
export async function listPersons(
  call: Call,
  name: string,
): Promise<{ persons: readonly PersonSummary[]; more: boolean }> {
  authorise(call.actor, 'operator');
  const found = await load(call.database, call.actor.officeIds, nameWords(name), LIMIT + 1);
  return { persons: found.slice(0, LIMIT), more: found.length > LIMIT };
}
