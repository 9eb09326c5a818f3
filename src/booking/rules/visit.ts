import { merge, subtract } from '../../network/rules/openings.ts';
import { type Instant, type Interval, MINUTE } from '../../platform/clock.ts';
import type { Service } from '../service.ts';
import { occupiedTime, startsWithin } from './starts.ts';

/** Minutes that may pass between one appointment of a visit and the next. Ours. */
export const LONGEST_WAIT_MINUTES = 15;

type Length = Parameters<typeof startsWithin>[0];

/** One appointment of a visit: what it is, and when each operator who can do it is free. */
export interface VisitPart {
  readonly service: Length & Pick<Service, 'durationMinutes'>;
  readonly free: ReadonlyMap<string, readonly Interval[]>;
}

/** A visit that fits: when each of its appointments begins, in order. */
export type VisitStarts = readonly Instant[];

/**
 * Every way to come once for several appointments, one after the other: of several services, or of a
 * family. Each begins when the one before has ended, at most {@link LONGEST_WAIT_MINUTES} later, with
 * the same operator or another. One visit for each first start inside `window`, with the least
 * waiting that the calendar allows.
 */
export function visitStarts(parts: readonly VisitPart[], window: Interval): VisitStarts[] {
  const [first] = parts;
  if (!first) return [];
  const firsts = new Set(
    [...first.free.values()].flatMap((free) => startsWithin(first.service, free, window)),
  );
  return [...firsts]
    .sort((a, b) => a - b)
    .map((start) => follow(parts, 0, { start, end: start + 1 }, new Map()))
    .filter((found) => found !== undefined);
}

/** Seats the parts from `index` on, the next beginning inside `window`; undefined when none fits. */
function follow(
  parts: readonly VisitPart[],
  index: number,
  window: Interval,
  taken: ReadonlyMap<string, readonly Interval[]>,
): VisitStarts | undefined {
  const part = parts[index];
  if (!part) return [];
  const { service } = part;
  const choices = [...part.free]
    .flatMap(([operatorId, free]) => {
      const left = subtract(free, merge(taken.get(operatorId) ?? []));
      return startsWithin(service, left, window).map((start) => ({ operatorId, start }));
    })
    .sort((a, b) => a.start - b.start);
  for (const { operatorId, start } of choices) {
    const end = start + service.durationMinutes * MINUTE;
    const more = new Map(taken);
    more.set(operatorId, [...(taken.get(operatorId) ?? []), occupiedTime(service, start)]);
    const next = { start: end, end: end + LONGEST_WAIT_MINUTES * MINUTE + 1 };
    const rest = follow(parts, index + 1, next, more);
    if (rest) return [start, ...rest];
  }
  return undefined;
}
