import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type Interview, interviewById } from '../store.ts';
import { readPerson } from './person.ts';

/** @throws {Problem} 401, 403, 404 unknown or not in the care of the operator's offices */
export async function interviewOf(call: Call, id: string): Promise<Interview> {
  authorise(call.actor, 'operator');
  const found = await interviewById(call.database, id);
  if (!found) throw notFound();
  await readPerson(call, found.personId);
  return found;
}
