import { normaliseCode } from '../../booking/rules/code.ts';
import { authorise } from '../../identity/authorise.ts';
import { isContactOf, type Pass } from '../../identity/pass.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { registrationLookupFailed } from '../problems.ts';
import type { GroupSession, Registration } from '../session.ts';
import { registrationByCode, registrationById } from '../store/registrations.ts';
import { sessionById } from '../store/sessions.ts';

export interface OpenedRegistration {
  readonly registration: Registration;
  readonly session: GroupSession;
}

/**
 * The registration that a code and a contact open together; one that is wrong is answered as the other. @throws {Problem} 404
 */
export async function lookUpRegistration(call: Call, pass: Pass): Promise<OpenedRegistration> {
  const found = await registrationByCode(call.database, normaliseCode(pass.code));
  if (!isContactOf(found, pass.contact) || !found) throw registrationLookupFailed();
  return withSession(call, found);
}

/**
 * One registration, for the person it belongs to or the staff of its office.
 * @throws {Problem} 401, 403, 404 (also when it is somebody else's)
 */
export async function readRegistration(call: Call, id: string): Promise<OpenedRegistration> {
  authorise(call.actor, 'jobseeker', 'operator', 'administrator', 'system');
  return registrationToChange(call, { id });
}

/**
 * The registration that the caller may change: by its pass, or by who they are.
 * @throws {Problem} 404 unknown or not theirs
 */
export async function registrationToChange(
  call: Call,
  wanted: { readonly id: string; readonly pass?: Pass },
): Promise<OpenedRegistration> {
  if (wanted.pass) {
    const opened = await lookUpRegistration(call, wanted.pass);
    if (opened.registration.id !== wanted.id) throw registrationLookupFailed();
    return opened;
  }
  if (call.actor.kind === 'anonymous') throw registrationLookupFailed();
  const found = await registrationById(call.database, wanted.id);
  if (!found) throw notFound();
  const opened = await withSession(call, found);
  if (!isTheirs(call, opened)) throw notFound();
  return opened;
}

async function withSession(call: Call, registration: Registration): Promise<OpenedRegistration> {
  const session = await sessionById(call.database, registration.sessionId);
  if (!session) throw notFound();
  return { registration, session };
}

function isTheirs({ actor }: Call, { registration, session }: OpenedRegistration): boolean {
  switch (actor.kind) {
    case 'jobseeker':
      return registration.person.id === actor.personId;
    case 'operator':
      return actor.officeIds.includes(session.office.id);
    case 'administrator':
    case 'system':
      return true;
    default:
      return false;
  }
}
