import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { type Disruption, disruptionById, disruptionsOf } from '../store/disruptions.ts';
import { displacedOf, type Hit, hitsOf, operatorsOf } from '../store/hits.ts';
import { straysOf } from '../store/strays.ts';

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

/**
 * Appointments ahead of an office that stand outside the hours, as an import of hours or a decision
 * may leave them, the next first. @throws {Problem} 401, 403
 */
export async function listStrays(call: Call, officeId: string): Promise<Hit[]> {
  authoriseOffice(call.actor, officeId);
  const now = call.clock.now();
  const strays = await straysOf(call.database, [{ officeId, operatorId: undefined }], now);
  if (strays.size === 0) return [];
  const during = { start: now, end: Number.POSITIVE_INFINITY };
  const ahead = await hitsOf(call.database, { officeId, operatorId: undefined, during }, now);
  return ahead
    .filter(({ id, state }) => state === 'confirmed' && strays.has(id))
    .sort((a, b) => a.start - b.start);
}

/** Those who receive at an office, for choosing whose agenda is concerned. @throws {Problem} 401, 403 */
export async function listOperators(call: Call, officeId: string) {
  authoriseOffice(call.actor, officeId);
  return operatorsOf(call.database, officeId);
}
