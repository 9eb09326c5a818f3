import { dayOf, type Instant, type Interval, MINUTE, wall } from '../../platform/clock.ts';
import type { Service } from '../service.ts';
import { addedWaste } from './seating.ts';
import { type OpenStart, occupiedTime } from './starts.ts';

type Length = Pick<Service, 'durationMinutes' | 'bufferMinutes' | 'bufferBeforeMinutes'>;

/** Where a morning ends on the wall; ours. */
const NOON = 13;

/**
 * The starts to be proposed so that days are broken up little: of each half day those by which the
 * best placed operator loses least, and the first start of each day, so that the earliest that is
 * real is always among them. Starts left out stay free; others that are proposed leave them whole.
 * @param waste of {@link wasteTable}
 */
export function compactStarts(
  service: Length,
  freeByOperator: Iterable<readonly Interval[]>,
  starts: readonly OpenStart[],
  waste: readonly number[],
): OpenStart[] {
  const everybody = [...freeByOperator];
  const losses = starts.map(({ start }) => leastLoss(service, everybody, start, waste));
  const least = new Map<string, number>();
  const halves = starts.map(({ start }) => {
    const local = wall(start);
    return `${local.toISODate()} ${local.hour < NOON}`;
  });
  for (const [n, half] of halves.entries())
    least.set(half, Math.min(least.get(half) ?? Number.POSITIVE_INFINITY, losses[n]!));
  return starts.filter(
    ({ start }, n) =>
      losses[n] === least.get(halves[n]!) ||
      n === 0 ||
      dayOf(starts[n - 1]!.start) !== dayOf(start),
  );
}

/** Minutes that the operator who loses least by an appointment at `start` loses. */
function leastLoss(
  service: Length,
  everybody: readonly (readonly Interval[])[],
  start: Instant,
  waste: readonly number[],
): number {
  const { start: from, end } = occupiedTime(service, start);
  let least = Number.POSITIVE_INFINITY;
  for (const free of everybody) {
    const stretch = free.find((one) => one.start <= from && end <= one.end);
    if (!stretch) continue;
    const before = (from - stretch.start) / MINUTE;
    const after = (stretch.end - end) / MINUTE;
    least = Math.min(least, addedWaste(waste, before, (end - from) / MINUTE, after));
  }
  return least;
}
