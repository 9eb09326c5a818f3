import type { Instant } from '../../platform/clock.ts';

/**
 * The `count` starts to propose instead of one that is gone: those nearest to it in time, an
 * earlier one before a later one at the same distance; in order of time.
 */
export function nearestStarts(
  starts: readonly Instant[],
  wanted: Instant,
  count: number,
): Instant[] {
  return [...starts]
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}
