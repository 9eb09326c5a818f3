import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import { toRfc3339 } from '../../platform/clock.ts';
import { postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { bookedNotices } from '../notices.ts';
import { alreadyBooked, holdExpired, holdUsed } from '../problems.ts';
import { type AppointmentView, appointmentById } from '../store/appointments.ts';
import { confirmHeld, lockHold } from '../store/holds.ts';
import { serviceById } from '../store/services.ts';
import { holderOf } from './hold-start.ts';
import {
  asWritten,
  checkAudience,
  checkLimit,
  checkServiceLimit,
  type Named,
  operatorWhoFollows,
  reachOf,
  whoComes,
} from './who-comes.ts';

export interface HoldToConfirm extends Named {
  readonly id: string;
  readonly token: string;
  readonly note?: string;
  /** It was kept because the operator who follows the person has it: they are then promised. */
  readonly ownOperator?: boolean;
}

/**
 * Makes a kept start the appointment of a person. The time is the one that was kept: nobody else can
 * have it while the hold stands.
 * @throws {Problem} 404 unknown hold or wrong token; 410 lapsed; 412 confirmed already; 409 already
 *   booked or too many; 422 incomplete; 403
 */
export async function confirmHold(call: Call, wanted: HoldToConfirm): Promise<AppointmentView> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator', 'system');
  const holder = await holderOf(call, wanted.token);
  const hold = await appointmentById(call.database, wanted.id);
  if (!hold) throw notFound();
  const [service, office] = await Promise.all([
    serviceById(call.database, hold.service.id),
    officeById(call.database, hold.office.id),
    checkLimit(call, wanted.person?.email),
  ]);
  if (!service || !office) throw notFound();

  const now = call.clock.now();
  const person = await whoComes(call, wanted, service);
  await checkServiceLimit(call, service, hold.startsAt, { comer: person, except: hold.id });
  const promised =
    service.ownOperator ||
    (wanted.ownOperator === true && hold.operatorId === (await operatorWhoFollows(call)));
  try {
    await transactionWithRetry(call.database, async (transaction) => {
      const locked = await lockHold(transaction, wanted.id);
      if (locked?.holder !== holder) throw notFound();
      if (locked.state === 'expired') throw holdExpired();
      if (locked.state !== 'held') throw holdUsed();
      if (locked.expiresAt! <= now) throw holdExpired();
      await checkAudience(call, service, office, person);
      const written = await asWritten(call, person);
      await confirmHeld(transaction, {
        id: hold.id,
        serviceId: service.id,
        note: wanted.note,
        locale: call.locale,
        promised,
        now,
        person: written,
      });
      const told = { ...hold, locale: call.locale };
      await enqueue(
        transaction,
        call,
        ...(await bookedNotices(transaction, told, reachOf(written), now)),
      );
      await audit(transaction, call, {
        action: 'book-appointment',
        subjectKind: 'appointment',
        subjectId: hold.id,
        detail: {
          service: service.code,
          office: office.code,
          starts_at: toRfc3339(hold.startsAt),
          held: true,
        },
      });
    });
  } catch (error) {
    if (postgresFault(error)?.constraint === 'appointment_person_service_unique')
      throw alreadyBooked();
    throw error;
  }
  return (await appointmentById(call.database, hold.id))!;
}
