import { type Instant, type Interval, MINUTE, wall } from '../../platform/clock.ts';
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

/**
 * From the first start that leaves the service's notice, to the end of its horizon: the same hour on
 * the wall so many days later, whatever the clocks do meanwhile.
 */
export function bookableWindow(service: Timing, now: Instant): Interval {
  return {
    start: now + service.minNoticeMinutes * MINUTE,
    end: wall(now).plus({ days: service.horizonDays }).toMillis(),
  };
}

type Grid = Pick<Timing, 'gridMinutes' | 'gridAnchor'>;
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

/**
 * Minutes of which every start of the service is a multiple, counted from midnight on the wall. Steps
 * that leave the multiples of five, as of seven minutes, may lead to any minute.
 */
export function finestGrid({ gridMinutes, gridAnchor }: Grid): number {
  if (gridAnchor === 'clock') return gridMinutes;
  return gridMinutes % STRETCH_ROUNDING_MINUTES === 0 ? STRETCH_ROUNDING_MINUTES : 1;
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

/** Whether an appointment from `start`, with its buffers, lies within one of the free stretches. */
export function fits(service: Length, free: readonly Interval[], start: Instant): boolean {
  const needed = occupiedTime(service, start);
  return free.some((stretch) => stretch.start <= needed.start && needed.end <= stretch.end);
}

/**
 * Starts of several operators put together: each shown once, with its capacity. A service that takes
 * several operators at once is offered only where as many are free: a start that follows the
 * stretch of one of them counts the others too, wherever their own stretches begin.
 */
export function openStarts(
  service: Timing & Pick<Service, 'operators'>,
  freeByOperator: Iterable<readonly Interval[]>,
  window: Interval,
): OpenStart[] {
  const operators = new Map<Instant, number>();
  const everybody = [...freeByOperator];
  for (const free of everybody) {
    for (const start of startsWithin(service, free, window)) {
      operators.set(start, (operators.get(start) ?? 0) + 1);
    }
  }
  if (service.gridAnchor === 'stretch' && everybody.length > 1) {
    for (const start of operators.keys()) {
      operators.set(start, everybody.filter((free) => fits(service, free, start)).length);
    }
  }
  return [...operators]
    .filter(([, count]) => count >= service.operators)
    .map(([start, count]) => ({ start, operators: count }))
    .sort((a, b) => a.start - b.start);
}
