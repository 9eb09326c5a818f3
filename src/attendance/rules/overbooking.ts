import type { Service } from '../../booking/service.ts';
import { chanceOfMoreThan } from './turnout.ts';

/**
 * Whether a service may ever be overbooked: only at the desk, where whoever comes finds a colleague.
 * A telephone call or a video meeting has one seat, and several operators together cannot be doubled.
 */
export function mayOverbook(
  service: Pick<Service, 'mode' | 'operators' | 'ownOperator' | 'resourceKind'>,
): boolean {
  const { mode, operators, ownOperator, resourceKind } = service;
  return mode === 'desk' && operators === 1 && !ownOperator && resourceKind === undefined;
}

/** Somebody booked, and their chance to come. */
export interface Booked {
  readonly id: string;
  readonly startsAt: number;
  readonly shows: number;
  /** Booked beyond the places. */
  readonly beyond: boolean;
  /** The one whose absence it counts on, when it is. */
  readonly besideId: string | null;
}

/** What a half-day holds, and what is expected of it. */
export interface Load {
  readonly places: number;
  readonly beyond: number;
  readonly expected: number;
  /** Chance that more than places and tolerance come. */
  readonly risk: number;
}

export function loadOf(booked: readonly Booked[], tolerance: number): Load {
  const places = booked.filter(({ beyond }) => !beyond).length;
  const chances = booked.map(({ shows }) => shows);
  return {
    places,
    beyond: booked.length - places,
    expected: chances.reduce((sum, p) => sum + p, 0),
    risk: chanceOfMoreThan(places + tolerance, chances),
  };
}

/**
 * The appointment beside which one more person is booked: the one least likely to be kept among those
 * that begin from `after` on and have nobody beside them. Undefined when there is none.
 */
export function besideWhom(booked: readonly Booked[], after: number): Booked | undefined {
  const taken = new Set(booked.filter(({ beyond }) => beyond).map(({ besideId }) => besideId));
  return booked
    .filter(({ id, beyond, startsAt }) => !beyond && startsAt >= after && !taken.has(id))
    .sort((a, b) => a.shows - b.shows || a.startsAt - b.startsAt)[0];
}
