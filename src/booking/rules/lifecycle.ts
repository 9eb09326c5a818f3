import { DAY, type Instant, MINUTE } from '../../platform/clock.ts';
import type { AppointmentState } from '../table.ts';

/** States in which the person still counts on the appointment. */
const OPEN_STATES: readonly AppointmentState[] = ['confirmed', 'displaced'];

/** Hours before the start within which a cancellation is marked late. Ours: no norm fixes it. */
export const LATE_CANCELLATION_HOURS = 24;

export type Cancellation =
  | { readonly kind: 'allowed'; readonly late: boolean }
  | { readonly kind: 'already-cancelled' }
  | { readonly kind: 'too-late' }
  | { readonly kind: 'closed' };

/**
 * Whether an appointment may still be cancelled at `now`: until it begins, on the same day too
 * (then marked late, never refused: an hour told in advance can still serve somebody).
 */
export function judgeCancellation(
  appointment: { readonly state: AppointmentState; readonly startsAt: Instant },
  now: Instant,
): Cancellation {
  if (appointment.state === 'cancelled') return { kind: 'already-cancelled' };
  if (!OPEN_STATES.includes(appointment.state)) return { kind: 'closed' };
  // Time that the office took away is past or not without a fault of the person's.
  if (appointment.state === 'displaced') return { kind: 'allowed', late: false };
  if (appointment.startsAt <= now) return { kind: 'too-late' };
  const late = appointment.startsAt - now < LATE_CANCELLATION_HOURS * 60 * MINUTE;
  return { kind: 'allowed', late };
}

/** Whether the office alone may change the date: it imposed it, and has not taken it away. */
export function isImposed(appointment: {
  readonly origin: string;
  readonly state: AppointmentState;
}): boolean {
  return appointment.origin === 'convocation' && appointment.state !== 'displaced';
}

/** How an appointment ended, as the desk records it. */
export const OUTCOMES = ['seen', 'late', 'absent', 'excused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Minutes before the start from which somebody who came early can be recorded. Ours. */
const EARLY_MINUTES = 120;
/** Days after which what was recorded stands. Ours. */
const CORRECTION_DAYS = 7;

export type OutcomeVerdict = 'allowed' | 'unchanged' | 'too-early' | 'too-late' | 'closed';

/**
 * Whether the desk may record `outcome` at `now`; undefined takes a recorded one back. A person is
 * seen from shortly before the start, late or absent only once it has begun, excused at any time.
 * What was recorded can be corrected for a week; what was cancelled, or taken away by the office,
 * has no outcome.
 */
export function judgeOutcome(
  appointment: { readonly state: AppointmentState; readonly startsAt: Instant },
  outcome: Outcome | undefined,
  now: Instant,
): OutcomeVerdict {
  const recorded = (OUTCOMES as readonly string[]).includes(appointment.state);
  if (!recorded && appointment.state !== 'confirmed') return 'closed';
  if (appointment.state === (outcome ?? 'confirmed')) return 'unchanged';
  if (now > appointment.startsAt + CORRECTION_DAYS * DAY) return 'too-late';
  if (outcome === 'seen' && now < appointment.startsAt - EARLY_MINUTES * MINUTE) return 'too-early';
  if ((outcome === 'absent' || outcome === 'late') && now < appointment.startsAt)
    return 'too-early';
  return 'allowed';
}
