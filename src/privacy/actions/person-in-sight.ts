import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type PersonSummary, personInCare } from '../../profiling/store.ts';

/**
 * A person whose rights the caller may see to: jobseekers their own, operators those of the people in
 * the care of their offices, administrators everybody’s. @throws {Problem} 401, 403, 404
 */
export async function personInSight(call: Call, personId: string): Promise<PersonSummary> {
  const { actor } = call;
  authorise(actor, 'jobseeker', 'operator', 'administrator');
  if (actor.kind === 'jobseeker' && actor.personId !== personId) throw notFound();
  const found = await inSight(call, personId);
  if (!found) throw notFound();
  return found;
}

/** Whether staff see to the person at all. */
export async function isInSight(call: Call, personId: string): Promise<boolean> {
  return (await inSight(call, personId)) !== undefined;
}

function inSight({ actor, database }: Call, personId: string): Promise<PersonSummary | undefined> {
  return personInCare(database, personId, actor.kind === 'operator' ? actor.officeIds : undefined);
}
