import { occupiedTime, startsWithin } from '../../booking/rules/starts.ts';
import type { Service } from '../../booking/service.ts';
import type { Interval } from '../../platform/clock.ts';

/**
 * How many appointments of a service can be seated in the free stretches of some operators, one after
 * the other: starts that overlap count once. Taking each time the earliest start that is left is the
 * best there is for appointments of one length. Services that several operators hold together are
 * counted as if their free time coincided: no more than this can be seated.
 */
export function seatsIn(
  service: Service,
  freeByOperator: Iterable<readonly Interval[]>,
  window: Interval,
): number {
  let seats = 0;
  for (const stretches of freeByOperator) {
    for (const stretch of stretches) seats += seatsInStretch(service, stretch, window);
  }
  return Math.floor(seats / service.operators);
}

function seatsInStretch(service: Service, stretch: Interval, window: Interval): number {
  let seats = 0;
  let { start } = stretch;
  for (;;) {
    const [first] = startsWithin(service, [{ start, end: stretch.end }], window);
    if (first === undefined) return seats;
    seats += 1;
    start = occupiedTime(service, first).end;
  }
}

/** Invitations that must have run their course before their answers are a rate. Ours. */
const ENOUGH_ANSWERS = 30;

/**
 * The share of invited people who book: of those whose invitation ran its course, how many booked;
 * everybody while too few are known, since promising too much is worse than inviting too few.
 */
export function responseRate(closed: {
  readonly booked: number;
  readonly expired: number;
}): number {
  const known = closed.booked + closed.expired;
  return known < ENOUGH_ANSWERS ? 1 : closed.booked / known;
}

export interface Capacity {
  /** People that the campaign would invite. */
  readonly people: number;
  /** Appointments that can still be seated in the window. */
  readonly seats: number;
  /** People whom other campaigns invited to the same service and who have not booked yet. */
  readonly pendingElsewhere: number;
  /** Share of those who are expected to book. */
  readonly rate: number;
}

export interface Forecast extends Capacity {
  /** Bookings that pending invitations elsewhere are expected to make. */
  readonly expected: number;
  /** Seats left for these people. */
  readonly available: number;
  readonly enough: boolean;
  /** People who would search in vain. */
  readonly missing: number;
}

/** Whether there is time for everybody who would be invited. */
export function foresee(capacity: Capacity): Forecast {
  const expected = Math.ceil(capacity.pendingElsewhere * capacity.rate);
  const available = Math.max(0, capacity.seats - expected);
  const missing = Math.max(0, capacity.people - available);
  return { ...capacity, expected, available, missing, enough: missing === 0 };
}
