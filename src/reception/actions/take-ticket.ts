import { serviceById } from '../../booking/store/services.ts';
import { audit } from '../../identity/audit.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { notTodayAnyMore, numbersFinished, officeNotReceivingNow } from '../problems.ts';
import { estimateOfNewcomer } from '../rules/day.ts';
import { insertTicket, ticketById } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';
import { loadDay } from './load-day.ts';

/**
 * A number for somebody who did not book, on the same capacity as bookings: refused when, counting
 * those, there is no time left today. The desk may give one all the same, and may give priority.
 * Public. @throws {Problem} 403 another office's desk; 404; 409 no time left, nobody receives
 */
export async function takeTicket(
  call: Call,
  wanted: { readonly officeId: string; readonly serviceId: string; readonly priority?: boolean },
): Promise<Ticket> {
  const staff = call.actor.kind === 'operator' || call.actor.kind === 'administrator';
  if (staff || wanted.priority) authoriseOffice(call.actor, wanted.officeId);
  const office = await officeById(call.database, wanted.officeId);
  const service = await serviceById(call.database, wanted.serviceId);
  if (!office || !service || (service.audience === 'staff' && !staff))
    throw unknownAmong(call.locale, {
      '/office_id': office,
      '/service_id': service?.audience === 'staff' && !staff ? undefined : service,
    });
  const now = call.clock.now();
  const day = await loadDay(call.database, office.id, now);
  const receives = day.operators.some(
    ({ skills, open }) => open.length > 0 && skills.includes(service.skill),
  );
  if (!receives) throw officeNotReceivingNow();
  const asked = { ...service, minutes: service.durationMinutes };
  if (!staff && !estimateOfNewcomer(day, asked).today) throw notTodayAnyMore();

  const id = call.ids();
  try {
    await transactionWithRetry(call.database, async (transaction) => {
      await insertTicket(transaction, {
        id,
        officeId: office.id,
        serviceId: service.id,
        day: dayOf(now),
        priority: wanted.priority ?? false,
        arrivedAt: now,
        rankAt: now,
        locale: call.locale,
      });
      await audit(transaction, call, {
        action: 'take-ticket',
        subjectKind: 'ticket',
        subjectId: id,
        detail: { office: office.code, service: service.code, priority: wanted.priority ?? false },
      });
    });
  } catch (error) {
    if (postgresFault(error)?.constraint === 'ticket_number') throw numbersFinished();
    throw error;
  }
  return (await ticketById(call.database, id))!;
}
