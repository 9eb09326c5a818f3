import { DAY, type Instant, midnight } from '../../platform/clock.ts';
import type { Deadline } from '../entry.ts';

/** Days before its deadline from which a meeting is urgent. Ours. */
const URGENT_DAYS = 15;

interface Queued {
  readonly id: string;
  readonly joinedAt: Instant;
  readonly deadline: Deadline | undefined;
}

/** Whether the meeting is due within {@link URGENT_DAYS}, or overdue. */
export function isUrgent(entry: Pick<Queued, 'deadline'>, now: Instant): boolean {
  return entry.deadline !== undefined && midnight(entry.deadline.day, 1) - now <= URGENT_DAYS * DAY;
}

/**
 * Who is asked first: those whose meeting is urgent, the nearest deadline before the others; then
 * everybody by order of arrival. A deadline far away is no reason to pass anybody.
 */
export function inOrder<T extends Queued>(entries: readonly T[], now: Instant): T[] {
  const deadline = (entry: Queued) => (isUrgent(entry, now) ? entry.deadline!.day : '9999');
  return [...entries].sort(
    (a, b) =>
      deadline(a).localeCompare(deadline(b)) || a.joinedAt - b.joinedAt || a.id.localeCompare(b.id),
  );
}
