import { type Instant, type Interval, MINUTE } from '../../platform/clock.ts';
import type { Ticket } from '../ticket.ts';
import { GRACE_MINUTES, judgeArrival } from './arrival.ts';

/** Why somebody is called where they are in the order. */
export type Reason = 'booked' | 'priority' | 'in-order' | 'before-the-hour';

/** Those first whose hour has come, then priority, then everybody else in order. */
const PLACES: readonly Reason[] = ['booked', 'priority', 'in-order', 'before-the-hour'];

export type Waiting = Pick<
  Ticket,
  'id' | 'label' | 'dueAt' | 'arrivedAt' | 'rankAt' | 'priority' | 'boundTo' | 'skips'
> & { readonly service: Pick<Ticket['service'], 'skill' | 'minutes'> };

/** The operator who calls, and the times of theirs that are kept for those who booked. */
export interface Caller {
  readonly operatorId: string;
  readonly skills: readonly string[];
  readonly kept: readonly { readonly ticketId: string | undefined; readonly during: Interval }[];
}

/**
 * The group somebody waits in at `now`. Who booked and is on time goes by the hour; who came late, or
 * did not answer when called, keeps a place in the common order as if they had taken a number at
 * their hour: ahead of everybody who came after it.
 */
export function reasonFor(waiting: Waiting, now: Instant): Reason {
  const { dueAt, skips, priority, arrivedAt } = waiting;
  if (dueAt !== undefined && skips === 0) {
    if (now < dueAt) return 'before-the-hour';
    if (judgeArrival(dueAt, arrivedAt) !== 'late') return 'booked';
  }
  return priority && skips === 0 ? 'priority' : 'in-order';
}

/** The common order of everybody who waits, whoever receives them. */
export function inOrder<W extends Waiting>(queue: readonly W[], now: Instant): W[] {
  const place = (one: W) => PLACES.indexOf(reasonFor(one, now));
  return [...queue].sort(
    (a, b) =>
      place(a) - place(b) || a.rankAt - b.rankAt || (a.label < b.label ? -1 : Number(a !== b)),
  );
}

/**
 * Whom an operator may receive: those who booked with them or were handed to them, and those whose
 * service they can do.
 */
export function mayReceive(
  { boundTo, service }: Pick<Waiting, 'boundTo'> & { service: Pick<Ticket['service'], 'skill'> },
  operator: Pick<Caller, 'operatorId' | 'skills'>,
): boolean {
  return boundTo === undefined
    ? operator.skills.includes(service.skill)
    : boundTo === operator.operatorId;
}

/**
 * The time that stays kept for somebody who booked: until the grace is over when they are not here
 * yet, so that nobody else is begun with a moment before they come in.
 */
export function keptFor(
  booked: { readonly during: Interval; readonly arrived: boolean },
  now: Instant,
): Interval | undefined {
  const { during, arrived } = booked;
  if (!arrived && now > during.start + GRACE_MINUTES * MINUTE) return undefined;
  return during;
}

/** Somebody who could be called, why, and whether there is time for them before the next booking. */
export interface Candidate<W> {
  readonly ticket: W;
  readonly reason: Reason;
  /** When the kept time begins that they would run into; undefined when there is time. */
  readonly blockedAt: Instant | undefined;
}

/**
 * Everybody whom the operator may receive, in order. Whoever has no hour of their own now is blocked
 * while their service would run into time kept for somebody else: a booking is never displaced.
 */
export function candidatesFor<W extends Waiting>(
  queue: readonly W[],
  caller: Caller,
  now: Instant,
): Candidate<W>[] {
  return inOrder(
    queue.filter((one) => mayReceive(one, caller)),
    now,
  ).map((ticket) => {
    const reason = reasonFor(ticket, now);
    const ends = now + ticket.service.minutes * MINUTE;
    const inTheWay =
      reason === 'booked'
        ? undefined
        : caller.kept
            .filter(({ ticketId }) => ticketId !== ticket.id)
            .filter(({ during }) => during.start < ends && now < during.end)
            .sort((a, b) => a.during.start - b.during.start)[0];
    return { ticket, reason, blockedAt: inTheWay?.during.start };
  });
}

/** Places somebody goes back who does not answer, and calls after which they are out. Ours. */
const PLACES_BACK = 2;
const CALLS_BEFORE_OUT = 3;

/**
 * The rank of somebody who did not answer: right behind the next {@link PLACES_BACK} of those who
 * wait; undefined when they were called as often as it takes to be out. Nobody else moves.
 */
export function rankAfterSkip(
  skipped: Pick<Ticket, 'id' | 'rankAt' | 'calls'>,
  waiting: readonly Pick<Ticket, 'id' | 'rankAt'>[],
): Instant | undefined {
  if (skipped.calls >= CALLS_BEFORE_OUT) return undefined;
  const behind = waiting
    .filter(({ id, rankAt }) => id !== skipped.id && rankAt >= skipped.rankAt)
    .map(({ rankAt }) => rankAt)
    .sort((a, b) => a - b);
  const last = behind[Math.min(PLACES_BACK, behind.length) - 1];
  return last === undefined ? skipped.rankAt : last + 1;
}
