import { receiveNow } from '../../booking/actions/receive-now.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { nobodyToCall, somebodyInHand } from '../problems.ts';
import { callableBy } from '../rules/day.ts';
import { deskOf } from '../store/steps.ts';
import { lockFirst, ticketById, ticketInHand } from '../store/tickets.ts';
import type { Ticket } from '../ticket.ts';
import { changeAsOperator, oneAtATime } from './change-ticket.ts';
import { loadDay } from './load-day.ts';

/** Times the next is looked for again when colleagues called them a moment before. */
const ROUNDS = 5;

/**
 * Calls whoever is next for the operator: those who booked with them by their hour, then priority,
 * then everybody else in order, as far as the time until the next booking allows. Two who ask at
 * once never get the same person. Who did not book takes the operator's time from now.
 * @throws {Problem} 401, 403; 409 somebody is at the desk, or there is nobody to call
 */
export async function callNext(call: Call, officeId: string): Promise<Ticket> {
  authorise(call.actor, 'operator');
  authoriseOffice(call.actor, officeId);
  const { operatorId } = call.actor;
  if (await ticketInHand(call.database, operatorId)) throw somebodyInHand();
  for (let round = 0; round < ROUNDS; round++) {
    const day = await loadDay(call.database, officeId, call.clock.now());
    const ids = callableBy(day, operatorId)
      .filter(({ blockedAt }) => blockedAt === undefined)
      .map(({ ticket }) => ticket.id);
    if (ids.length === 0) break;
    const called = await callFirst(call, ids);
    if (called) return called;
  }
  throw nobodyToCall();
}

/**
 * Calls one person, whoever's turn it is; the operator answers for it.
 * @throws {Problem} 401, 403, 404; 409 no longer waiting, or somebody is at the desk
 */
export async function callTicket(call: Call, id: string): Promise<Ticket> {
  authorise(call.actor, 'operator');
  const found = await ticketById(call.database, id);
  if (!found) throw notFound();
  return changeAsOperator(call, id, 'call', calling(call));
}

/** Calls the first of `ids` that nobody else is calling; undefined when each is being called. */
async function callFirst(call: Call, ids: readonly string[]): Promise<Ticket | undefined> {
  return oneAtATime(() =>
    transactionWithRetry(call.database, async (transaction) => {
      const id = await lockFirst(transaction, ids, ['waiting']);
      if (id === undefined) return undefined;
      const inside = { ...call, database: transaction };
      return changeAsOperator(inside, id, 'call', calling(inside));
    }),
  );
}

/** The change that calls somebody to the operator's desk of the day. */
function calling(call: Call): Parameters<typeof changeAsOperator>[3] {
  authorise(call.actor, 'operator');
  const { operatorId } = call.actor;
  return async (transaction, locked) => {
    const now = call.clock.now();
    const walkIn = locked.dueAt === null && locked.appointmentId === null;
    const ticket = (await ticketById(transaction, locked.id))!;
    return {
      state: 'called',
      operatorId,
      desk: (await deskOf(transaction, operatorId, dayOf(now))) ?? null,
      calledAt: now,
      servedAt: null,
      endedAt: null,
      calls: locked.calls + 1,
      ...(walkIn && {
        appointmentId:
          (await receiveNow(transaction, call, {
            serviceId: locked.serviceId,
            officeId: locked.officeId,
            operatorId,
            minutes: ticket.service.minutes,
            locale: locked.locale,
          })) ?? null,
      }),
    };
  };
}
