import { bookingCode } from '../../booking/rules/code.ts';
import { type MetPerson, meetPerson } from '../../identity/actions/meet-person.ts';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { PersonDetails } from '../../identity/person.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { forbidden, notFound } from '../../platform/problem.ts';
import { queuedNotices, registeredNotices } from '../notices.ts';
import { alreadyRegistered, registrationClosed, sessionFull } from '../problems.ts';
import { doorOf, isClosed, stands } from '../rules/registration.ts';
import type { Registration } from '../session.ts';
import {
  changeRegistration,
  lockRegistration,
  registrationById,
  registrationOfPerson,
  takeSeat,
  writeRegistration,
} from '../store/registrations.ts';
import { hasFreeSeat, lockSession, sessionById } from '../store/sessions.ts';

export interface NewRegistration {
  readonly sessionId: string;
  /** Who comes. A signed-in jobseeker registers themselves: then only contact details are read. */
  readonly person?: PersonDetails;
  /** Whether to join the queue when all seats are taken; refused otherwise. */
  readonly orQueue: boolean;
}

/**
 * Registers a person for a session: the lowest free seat, or a place in the queue. Somebody who was
 * excused or cancelled can come back, under the code they had.
 * @throws {Problem} 401, 403; 404; 409 already registered, full, or registration not open; 422
 */
export async function register(call: Call, wanted: NewRegistration): Promise<Registration> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const session = await sessionById(call.database, wanted.sessionId);
  if (!session) throw notFound();
  if (call.actor.kind === 'operator' && !call.actor.officeIds.includes(session.office.id)) {
    throw forbidden();
  }
  const now = call.clock.now();
  const id = await transactionWithRetry(call.database, async (transaction) => {
    const locked = await lockSession(transaction, session.id, 'share');
    const door = locked ? doorOf(locked, now) : 'hidden';
    if (door === 'hidden') throw notFound();
    if (door !== 'open') throw registrationClosed();
    const person = await meetPerson(transaction, call, wanted.person, { taxCode: false });
    const registrationId = await queueUp(transaction, call, session.id, person, now);
    const seated = await seat(transaction, session.id, registrationId);
    if (!seated && !wanted.orQueue) throw sessionFull();
    if (seated) {
      await changeRegistration(transaction, registrationId, {
        state: 'registered',
        updatedAt: now,
      });
    }
    const made = (await registrationById(transaction, registrationId))!;
    await enqueue(
      transaction,
      call,
      ...(seated ? registeredNotices(session, made, now) : queuedNotices(session, made)),
    );
    await audit(transaction, call, {
      action: 'register-for-session',
      subjectKind: 'session-registration',
      subjectId: registrationId,
      detail: { session: session.id, seat: made.seat ?? null },
    });
    return registrationId;
  });
  return (await registrationById(call.database, id))!;
}

/** Puts a person at the end of the queue, from where the lowest free seat is taken. */
async function queueUp(
  transaction: Database,
  call: Call,
  sessionId: string,
  person: MetPerson,
  now: number,
): Promise<string> {
  const contact = {
    contactEmail: person.email ?? null,
    contactPhone: person.phone ?? null,
    alsoBy: person.alsoBy ?? null,
    locale: call.locale,
    state: 'waiting' as const,
    queuedAt: now,
    updatedAt: now,
  };
  const before = await registrationOfPerson(transaction, sessionId, person.id);
  if (before) {
    const state = (await lockRegistration(transaction, before.id))?.state ?? before.state;
    if (stands(state) || isClosed(state)) throw alreadyRegistered();
    await changeRegistration(transaction, before.id, contact);
    return before.id;
  }
  const id = call.ids();
  const written = await writeRegistration(transaction, {
    ...contact,
    id,
    sessionId,
    personId: person.id,
    code: bookingCode(crypto.getRandomValues(new Uint8Array(10))),
    createdAt: now,
  });
  if (!written) throw alreadyRegistered();
  return id;
}

/**
 * First passes over seats that others are taking, then waits for them: one of those may be given
 * back. Gives up only when no seat is free.
 */
async function seat(transaction: Database, sessionId: string, id: string): Promise<boolean> {
  for (const wait of [false, true, true, true]) {
    if (await takeSeat(transaction, sessionId, id, wait)) return true;
    if (!(await hasFreeSeat(transaction, sessionId))) return false;
  }
  return false;
}
