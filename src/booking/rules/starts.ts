import { type Instant, type Interval, MINUTE } from '../../platform/clock.ts';
import type { Service } from '../service.ts';

type Timing = Pick<
  Service,
  | 'durationMinutes'
  | 'bufferMinutes'
  | 'bufferBeforeMinutes'
  | 'gridMinutes'
  | 'gridAnchor'
  | 'minNoticeMinutes'
  | 'horizonDays'
>;

/** Starts that follow the free stretch, not the clock, still begin on a multiple of these minutes. */
const STRETCH_ROUNDING_MINUTES = 5;

/** From the first start that leaves the service's notice, to the end of its horizon. */
export function bookableWindow(service: Timing, now: Instant): Interval {
  return {
    start: now + service.minNoticeMinutes * MINUTE,
    end: now + service.horizonDays * 1440 * MINUTE,
  };
}

type Length = Pick<Timing, 'durationMinutes' | 'bufferMinutes' | 'bufferBeforeMinutes'>;

/** The time an appointment takes from an operator: its duration and the buffers around it. */
export function occupiedTime(service: Length, start: Instant): Interval {
  return {
    start: start - service.bufferBeforeMinutes * MINUTE,
    end: start + (service.durationMinutes + service.bufferMinutes) * MINUTE,
  };
}

/** Minutes that an appointment takes from an operator, buffers included. */
export function occupiedMinutes(service: Length): number {
  return service.bufferBeforeMinutes + service.durationMinutes + service.bufferMinutes;
}

/** Minutes of which every start of the service is a multiple, counted from midnight on the wall. */
export function finestGrid(service: Pick<Timing, 'gridMinutes' | 'gridAnchor'>): number {
  return service.gridAnchor === 'clock' ? service.gridMinutes : STRETCH_ROUNDING_MINUTES;
}

/**
 * The next instant on the service's grid, not before `instant`. Grids of the clock are counted from
 * midnight on the wall; since they divide the hour and Rome's offsets are whole hours, UTC gives the
 * same.
 */
export function onGrid(service: Timing, instant: Instant): Instant {
  const step = finestGrid(service) * MINUTE;
  return Math.ceil(instant / step) * step;
}

/**
 * Whether `start` is one that the service may offer at `now`, were an operator free: on the grid and
 * inside the window. For a grid that follows free stretches the claim alone can tell more.
 */
export function isOfferable(service: Timing, start: Instant, now: Instant): boolean {
  const window = bookableWindow(service, now);
  return onGrid(service, start) === start && window.start <= start && start < window.end;
}

/**
 * Every start that fits one operator's free stretches: on the grid, inside `window`, with duration
 * and buffers wholly free. Independent of duration, so that services of 30, 45 and 60 minutes can
 * share a day. Sorted; stretches need not be.
 */
export function startsWithin(
  service: Timing,
  free: readonly Interval[],
  window: Interval,
): Instant[] {
  const before = service.bufferBeforeMinutes * MINUTE;
  const rest = (service.durationMinutes + service.bufferMinutes) * MINUTE;
  const step = service.gridMinutes * MINUTE;
  const starts = new Set<Instant>();
  for (const stretch of free) {
    const first = onGrid(service, Math.max(stretch.start + before, window.start));
    for (let start = first; start + rest <= stretch.end && start < window.end; start += step) {
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

/**
 * Starts of several operators put together: each shown once, with its capacity. A service that takes
 * several operators at once is offered only where as many are free.
 */
export function openStarts(
  service: Timing & Pick<Service, 'operators'>,
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
    .filter(([, count]) => count >= service.operators)
    .map(([start, count]) => ({ start, operators: count }))
    .sort((a, b) => a.start - b.start);
}
