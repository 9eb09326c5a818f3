import type { Service } from '../../booking/service.ts';
import { type AppointmentView, appointmentsOfOffice } from '../../booking/store/appointments.ts';
import { listServices } from '../../booking/store/services.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, midnight } from '../../platform/clock.ts';
import { callableBy, estimateOf, waitingOf } from '../rules/day.ts';
import type { Estimate } from '../rules/estimate.ts';
import type { Candidate } from '../rules/order.ts';
import { deskOf, lastStep } from '../store/steps.ts';
import type { Ticket } from '../ticket.ts';
import { loadDay } from './load-day.ts';

/** An office's queue as the one who works on it sees it. */
export interface Queue {
  readonly now: number;
  /** Whom the operator called or receives. */
  readonly inHand: Ticket | undefined;
  /** Whom the operator can call, in order, with why; blocked where a booking would be displaced. */
  readonly next: readonly Candidate<Ticket>[];
  /** Everybody else who waits, in order. */
  readonly others: readonly Ticket[];
  /** Called or received by colleagues. */
  readonly elsewhere: readonly Ticket[];
  /** Who did not answer or went away today, and can still be called. */
  readonly gone: readonly Ticket[];
  /** Who booked for today and is not here yet. */
  readonly expected: readonly AppointmentView[];
  readonly services: readonly Service[];
  readonly estimates: ReadonlyMap<string, Estimate>;
  readonly desk: string | undefined;
  readonly canUndo: boolean;
  readonly operators: readonly { readonly operatorId: string; readonly name: string }[];
}

/** The queue of an office today. @throws {Problem} 401, 403 */
export async function readQueue(call: Call, officeId: string): Promise<Queue> {
  authoriseOffice(call.actor, officeId);
  const operatorId = call.actor.kind === 'operator' ? call.actor.operatorId : undefined;
  const now = call.clock.now();
  const day = await loadDay(call.database, officeId, now);
  const next = operatorId === undefined ? [] : callableBy(day, operatorId);
  const mine = new Set(next.map(({ ticket }) => ticket.id));
  const waiting = waitingOf(day);
  const atDesks = day.tickets.filter(({ state }) => state === 'called' || state === 'serving');
  const here = new Set(day.tickets.map(({ appointmentId }) => appointmentId));
  const booked = await appointmentsOfOffice(call.database, officeId, {
    start: midnight(dayOf(now)),
    end: midnight(dayOf(now), 1),
  });
  const step = operatorId && (await lastStep(call.database, operatorId, dayOf(now)));
  return {
    now,
    inHand: atDesks.find((one) => one.operatorId === operatorId),
    next,
    others: waiting.filter(({ id }) => !mine.has(id)),
    elsewhere: atDesks.filter((one) => one.operatorId !== operatorId),
    gone: day.tickets.filter(({ state }) => state === 'skipped' || state === 'left'),
    expected: booked.filter(
      ({ id, state, person }) => state === 'confirmed' && person !== undefined && !here.has(id),
    ),
    services: await listServices(call.database),
    estimates: new Map(
      waiting.flatMap((one) => {
        const estimate = estimateOf(day, one);
        return estimate ? [[one.id, estimate] as const] : [];
      }),
    ),
    desk: operatorId && (await deskOf(call.database, operatorId, dayOf(now))),
    canUndo: step ? step.action !== 'extend' : false,
    operators: day.operators,
  };
}
