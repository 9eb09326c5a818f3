import { DAY, type Instant, wall } from '../../platform/clock.ts';

/** Days before an appointment at which it is called to mind where nobody chose others. Ours. */
export const DEFAULT_REMINDER_DAYS: readonly number[] = [2];

export interface Reminder {
  readonly dueAt: Instant;
  /** When the next one takes over, or what it reminds of begins. */
  readonly staleAt: Instant;
}

/**
 * When something that begins at `startsAt` is called to mind: so many days before, at the same hour
 * on the wall, whatever the clocks did in between. A reminder less than a day after `now`, when the
 * person was told last, is left out.
 */
export function remindersOf(
  startsAt: Instant,
  days: readonly number[],
  now: Instant,
): readonly Reminder[] {
  return [...new Set(days)]
    .sort((a, b) => b - a)
    .map((before) => wall(startsAt).minus({ days: before }).toMillis())
    .filter((dueAt) => dueAt - now >= DAY)
    .map((dueAt, index, all) => ({ dueAt, staleAt: all[index + 1] ?? startsAt }));
}
