import {
  type AppointmentView,
  appointmentById,
  lockView,
} from '../../booking/store/appointments.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { noTimeFound } from '../problems.ts';
import { forgetReason } from '../store/displaced.ts';
import { displacedOf } from '../store/hits.ts';
import { reseat } from './carry-out.ts';
import { seatsFor } from './preview-disruption.ts';

/**
 * Gives somebody who was displaced the time nearest to the one they had, at their office or else at
 * one near it, and tells them. @throws {Problem} 401, 403, 404 not displaced; 409 nothing is free
 */
export async function giveNearestTime(call: Call, id: string): Promise<AppointmentView> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const found = await appointmentById(call.database, id);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.office.id);
  const [office, displaced] = await Promise.all([
    officeById(call.database, found.office.id),
    displacedOf(call.database, found.office.id),
  ]);
  const hit = displaced.find((one) => one.id === id);
  if (!office || !hit) throw notFound();
  const now = call.clock.now();
  const seat = (await seatsFor(call, office, [hit], undefined, now)).get(id);
  if (!seat) throw noTimeFound();
  await transactionWithRetry(call.database, async (transaction) => {
    const current = await lockView(transaction, found);
    if (current?.state !== 'displaced') throw notFound();
    const told = { ...current, officeId: current.office.id };
    if (!(await reseat(call, transaction, told, seat, now))) throw noTimeFound();
    await forgetReason(transaction, id);
  });
  return (await appointmentById(call.database, id))!;
}
