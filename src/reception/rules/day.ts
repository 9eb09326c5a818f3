import type { Instant, Interval } from '../../platform/clock.ts';
import type { Ticket } from '../ticket.ts';
import {
  type Estimate,
  estimateFor,
  estimateForBooked,
  type InLine,
  type Length,
  lengthOf,
  type OnDuty,
} from './estimate.ts';
import { type Caller, candidatesFor, inOrder, keptFor, mayReceive, reasonFor } from './order.ts';

/** Everything that decides who is next at an office and how long the others wait. */
export interface OfficeDay {
  readonly now: Instant;
  readonly tickets: readonly Ticket[];
  readonly operators: readonly {
    readonly operatorId: string;
    readonly name: string;
    readonly skills: readonly string[];
    readonly open: readonly Interval[];
  }[];
  /** Bookings of the day whose outcome is open. */
  readonly expected: readonly {
    readonly id: string;
    readonly operatorId: string;
    readonly during: Interval;
  }[];
  /** Minutes that finished visits took, by service. */
  readonly measured: ReadonlyMap<string, NonNullable<Parameters<typeof lengthOf>[1]>>;
}

/** Those who wait, in the order in which they are called. */
export function waitingOf({ tickets, now }: OfficeDay): Ticket[] {
  return inOrder(
    tickets.filter(({ state }) => state === 'waiting'),
    now,
  );
}

/** The operator as one who calls: skills, and the times kept for those who booked with them. */
function callerOf(day: OfficeDay, operatorId: string): Caller | undefined {
  const operator = day.operators.find((one) => one.operatorId === operatorId);
  return operator && { ...operator, kept: keptBy(day, operatorId) };
}

function keptBy(day: OfficeDay, operatorId: string): Caller['kept'] {
  const byAppointment = new Map(day.tickets.map((one) => [one.appointmentId, one]));
  return day.expected
    .filter((one) => one.operatorId === operatorId)
    .flatMap(({ id, during }): Caller['kept'][number][] => {
      const here = byAppointment.get(id);
      if (!here) {
        const kept = keptFor({ during, arrived: false }, day.now);
        return kept ? [{ ticketId: undefined, during: kept }] : [];
      }
      // Who came late, or did not answer, waits in the common order; who is received takes time already.
      const keeps = here.state === 'waiting' && hasHour(here, day.now);
      return keeps ? [{ ticketId: here.id, during }] : [];
    });
}

function hasHour(ticket: Ticket, now: Instant): boolean {
  const reason = reasonFor(ticket, now);
  return reason === 'booked' || reason === 'before-the-hour';
}

function lengthIn(day: OfficeDay, service: Ticket['service']): Length {
  return lengthOf(service.minutes, day.measured.get(service.id));
}

/** Operators with what they have promised and whom they receive, as the estimate reads them. */
function onDuty(day: OfficeDay): OnDuty[] {
  return day.operators.map((operator) => {
    const inHand = day.tickets.find(
      ({ operatorId, state }) =>
        operatorId === operator.operatorId && (state === 'called' || state === 'serving'),
    );
    return {
      ...operator,
      kept: keptBy(day, operator.operatorId).map(({ during }) => during),
      ...(inHand?.calledAt !== undefined && {
        serving: {
          since: inHand.servedAt ?? inHand.calledAt,
          length: lengthIn(day, inHand.service),
        },
      }),
    };
  });
}

/** Those who wait without an hour of their own, in order. */
function lineOf(day: OfficeDay): InLine[] {
  return waitingOf(day)
    .filter((one) => !hasHour(one, day.now))
    .map((one) => ({ ...one, length: lengthIn(day, one.service) }));
}

/** A newcomer's id in the line: of nobody yet. */
const NEWCOMER = '';

/** The wait of somebody who would take a number for `service` now. */
export function estimateOfNewcomer(day: OfficeDay, service: Ticket['service']): Estimate {
  const newcomer = { id: NEWCOMER, boundTo: undefined, service, length: lengthIn(day, service) };
  return estimateFor(NEWCOMER, onDuty(day), [...lineOf(day), newcomer], day.now);
}

/** The wait of somebody who waits already; undefined when they do not. */
export function estimateOf(day: OfficeDay, ticket: Ticket): Estimate | undefined {
  if (ticket.state !== 'waiting') return undefined;
  const operators = onDuty(day);
  if (ticket.dueAt === undefined || !hasHour(ticket, day.now))
    return estimateFor(ticket.id, operators, lineOf(day), day.now);
  const operator = operators.find(({ operatorId }) => operatorId === ticket.boundTo);
  return operator && estimateForBooked(operator, ticket.dueAt, day.now);
}

/** How many of those who wait are called before `ticket` by somebody who could receive it too. */
export function aheadOf(day: OfficeDay, ticket: Ticket): number {
  const waiting = waitingOf(day);
  const place = waiting.findIndex(({ id }) => id === ticket.id);
  const receivers = day.operators.filter((operator) => mayReceive(ticket, operator));
  return waiting
    .slice(0, Math.max(0, place))
    .filter((one) => receivers.some((operator) => mayReceive(one, operator))).length;
}

/** Finished visits that the minutes of a service were measured on; 0 while they are planned ones. */
export function measuredOn(day: OfficeDay, service: Ticket['service']): number {
  return lengthIn(day, service).measuredOn;
}

/** Whom an operator can call now, in order, each with why and what stands in the way. */
export function callableBy(day: OfficeDay, operatorId: string) {
  const caller = callerOf(day, operatorId);
  return caller ? candidatesFor(waitingOf(day), caller, day.now) : [];
}
