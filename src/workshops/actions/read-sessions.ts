import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Interval } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import type { GroupSession, Registration } from '../session.ts';
import { registrationsOf } from '../store/registrations.ts';
import { operatorsOfOffice, sessionById, sessionsWithin } from '../store/sessions.ts';

/** Sessions that begin inside `window` (at most 500). Public: drafts are for their office only. */
export async function listSessions(
  call: Call,
  wanted: { readonly window: Interval; readonly officeId?: string },
): Promise<GroupSession[]> {
  return sessionsWithin(call.database, { ...wanted, drafts: false });
}

/** Every session of an office, drafts and cancelled ones too. @throws {Problem} 401, 403 */
export async function listOfficeSessions(
  call: Call,
  wanted: { readonly window: Interval; readonly officeId: string },
): Promise<GroupSession[]> {
  authoriseOffice(call.actor, wanted.officeId);
  return sessionsWithin(call.database, { ...wanted, drafts: true });
}

/** One session. Public, once it was published. @throws {Problem} 404 */
export async function readSession(call: Call, id: string): Promise<GroupSession> {
  const found = await sessionById(call.database, id);
  if (!found) throw notFound();
  if (found.state === 'draft') {
    const { actor } = call;
    const own = actor.kind === 'operator' && actor.officeIds.includes(found.office.id);
    if (!own && actor.kind !== 'administrator') throw notFound();
  }
  return found;
}

export interface AttendanceList {
  readonly session: GroupSession;
  readonly registrations: readonly Registration[];
}

/** A session with everybody on its list, for its office. @throws {Problem} 401, 403, 404 */
export async function readAttendanceList(call: Call, id: string): Promise<AttendanceList> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const session = await sessionById(call.database, id);
  if (!session) throw notFound();
  authoriseOffice(call.actor, session.office.id);
  return { session, registrations: await registrationsOf(call.database, id) };
}

/** Those who could lead a session of an office. @throws {Problem} 401, 403 */
export async function listPossibleLeaders(
  call: Call,
  officeId: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  authoriseOffice(call.actor, officeId);
  return operatorsOfOffice(call.database, officeId);
}
