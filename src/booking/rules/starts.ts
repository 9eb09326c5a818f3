import { type Instant, type Interval, MINUTE } from '../../platform/clock.ts';
import type { Service } from '../service.ts';

type Timing = Pick<
  Service,
  'durationMinutes' | 'bufferMinutes' | 'gridMinutes' | 'minNoticeMinutes' | 'horizonDays'
>;

/** From the first start that leaves the service's notice, to the end of its horizon. */
export function bookableWindow(service: Timing, now: Instant): Interval {
  return {
    start: now + service.minNoticeMinutes * MINUTE,
    end: now + service.horizonDays * 1440 * MINUTE,
  };
}

/** The time an appointment takes from an operator: its duration and the buffer after it. */
export function occupiedTime(service: Timing, start: Instant): Interval {
  return { start, end: start + (service.durationMinutes + service.bufferMinutes) * MINUTE };
}

/**
 * The next instant on the service's grid, not before `instant`. The grid is counted from midnight on
 * the wall clock; since it divides the hour and Rome's offsets are whole hours, UTC gives the same.
 */
export function onGrid(service: Timing, instant: Instant): Instant {
  const step = service.gridMinutes * MINUTE;
  return Math.ceil(instant / step) * step;
}

/**
 * Whether `start` is one that the service offers at `now`, were an operator free: on the grid and
 * inside the window.
 */
export function isOfferable(service: Timing, start: Instant, now: Instant): boolean {
  const window = bookableWindow(service, now);
  return onGrid(service, start) === start && window.start <= start && start < window.end;
}

/**
 * Every start that fits one operator's free stretches: on the grid, inside `window`, with duration
 * and buffer wholly free. Independent of duration, so that services of 30, 45 and 60 minutes can
 * share a day. Sorted; stretches need not be.
 */
export function startsWithin(
  service: Timing,
  free: readonly Interval[],
  window: Interval,
): Instant[] {
  const length = (service.durationMinutes + service.bufferMinutes) * MINUTE;
  const step = service.gridMinutes * MINUTE;
  const starts = new Set<Instant>();
  for (const stretch of free) {
    const first = onGrid(service, Math.max(stretch.start, window.start));
    for (let start = first; start + length <= stretch.end && start < window.end; start += step) {
      starts.add(start);
    }
  }
  return [...starts].sort((a, b) => a - b);
}

/** A start and how many operators could take it. */
export interface OpenStart {
  readonly start: Instant;
  readonly operators: number;
}

/** Starts of several operators put together: each shown once, with its capacity. */
export function openStarts(
  service: Timing,
  freeByOperator: Iterable<readonly Interval[]>,
  window: Interval,
): OpenStart[] {
  const operators = new Map<Instant, number>();
  for (const free of freeByOperator) {
    for (const start of startsWithin(service, free, window)) {
      operators.set(start, (operators.get(start) ?? 0) + 1);
    }
  }
  return [...operators]
    .map(([start, count]) => ({ start, operators: count }))
    .sort((a, b) => a.start - b.start);
}
