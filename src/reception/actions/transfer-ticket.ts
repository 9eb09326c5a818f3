import { serviceById } from '../../booking/store/services.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { unknownAmong } from '../../platform/faults.ts';
import { cannotReceive } from '../problems.ts';
import { operatorsOn } from '../store/day.ts';
import type { Ticket } from '../ticket.ts';
import { changeAsOperator } from './change-ticket.ts';
import { forgetWalkIn } from './end-walk-in.ts';
import { recordSeen } from './finish-visit.ts';

/**
 * Hands somebody on, to another operator or for another service, keeping their place by arrival.
 * What a walk-in took of this operator's time ends now; a booking keeps its appointment.
 * @throws {Problem} 404; 409 over already, or nobody here does it today
 */
export function transferTicket(
  call: Call,
  wanted: { readonly id: string; readonly serviceId?: string; readonly operatorId?: string },
): Promise<Ticket> {
  return changeAsOperator(call, wanted.id, 'transfer', async (transaction, locked) => {
    const service = await serviceById(transaction, wanted.serviceId ?? locked.serviceId);
    if (!service) throw unknownAmong(call.locale, { '/service_id': service });
    const here = await operatorsOn(transaction, locked.officeId, dayOf(call.clock.now()));
    const receives = here.some(({ operatorId, skills }) =>
      wanted.operatorId === undefined
        ? skills.includes(service.skill)
        : operatorId === wanted.operatorId,
    );
    if (!receives) throw cannotReceive();
    const walkIn = locked.dueAt === null;
    if (walkIn && locked.state === 'serving') await recordSeen(transaction, call, locked);
    else await forgetWalkIn(transaction, locked);
    return {
      state: 'waiting',
      serviceId: service.id,
      boundTo: wanted.operatorId ?? null,
      operatorId: null,
      desk: null,
      servedAt: null,
      calls: 0,
      ...(walkIn && { appointmentId: null }),
    };
  });
}
