import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type PersonSummary, personInCare } from '../store.ts';

/** Words of a name that are looked for, at most. */
const MAX_WORDS = 4;

/**
 * A person as the caller may see them: operators those in the care of their offices, jobseekers
 * themselves. Who is not in sight is not found, so that nobody learns who is registered.
 * @throws {Problem} 401, 403, 404
 */
export async function readPerson(call: Call, personId: string): Promise<PersonSummary> {
  authorise(call.actor, 'operator', 'jobseeker', 'system');
  if (call.actor.kind === 'jobseeker' && call.actor.personId !== personId) throw notFound();
  const offices = call.actor.kind === 'operator' ? call.actor.officeIds : undefined;
  const found = await personInCare(call.database, personId, offices);
  if (!found) throw notFound();
  return found;
}

/** The words of a name as they are looked for: no more than {@link MAX_WORDS}. */
export function nameWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
}
