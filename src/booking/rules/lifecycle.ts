import { type Instant, MINUTE } from '../../platform/clock.ts';
import type { AppointmentState } from '../table.ts';

/** States that hold an operator's time. */
export const ACTIVE_STATES: readonly AppointmentState[] = ['held', 'confirmed'];

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
  if (!ACTIVE_STATES.includes(appointment.state)) return { kind: 'closed' };
  if (appointment.startsAt <= now) return { kind: 'too-late' };
  const late = appointment.startsAt - now < LATE_CANCELLATION_HOURS * 60 * MINUTE;
  return { kind: 'allowed', late };
}
