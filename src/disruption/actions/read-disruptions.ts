import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type Disruption, disruptionById, disruptionsOf } from '../store/disruptions.ts';
import { displacedOf, type Hit, operatorsOf } from '../store/hits.ts';

/** The closures, calls-off and relocations of an office, the newest first. @throws {Problem} 401, 403, 404 */
export async function listDisruptions(call: Call, officeId: string): Promise<Disruption[]> {
  authoriseOffice(call.actor, officeId);
  if (!(await officeById(call.database, officeId))) throw notFound();
  return disruptionsOf(call.database, officeId);
}

/** One of them, with how far it has come. @throws {Problem} 401, 403, 404 */
export async function readDisruption(call: Call, id: string): Promise<Disruption> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const found = await disruptionById(call.database, id);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.officeId);
  return found;
}

/** Whom an office owes another time, the earliest booked first. @throws {Problem} 401, 403 */
export async function listDisplaced(call: Call, officeId: string): Promise<Hit[]> {
  authoriseOffice(call.actor, officeId);
  return displacedOf(call.database, officeId);
}

/** Those who receive at an office, for choosing whose agenda is concerned. @throws {Problem} 401, 403 */
export async function listOperators(call: Call, officeId: string) {
  authoriseOffice(call.actor, officeId);
  return operatorsOf(call.database, officeId);
}
