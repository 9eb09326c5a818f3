import { DAY, type Instant } from '../../platform/clock.ts';

/**
 * Whether one more appointment at `start` would be too many: more than `limit.appointments` within
 * some `limit.days` days, counted from one appointment to the same hour so many days later.
 */
export function isTooMany(
  others: readonly Instant[],
  start: Instant,
  limit: { readonly appointments: number; readonly days: number },
): boolean {
  const all = [...others, start];
  const length = limit.days * DAY;
  return all.some((first) => {
    const within = all.filter((one) => first <= one && one < first + length);
    return within.includes(start) && within.length > limit.appointments;
  });
}
