import { DAY, type Instant, MINUTE } from '../../platform/clock.ts';
import type { RegistrationState, SessionState } from '../table.ts';

interface Times {
  readonly state: SessionState;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly registrationOpensAt: Instant;
  readonly registrationClosesAt: Instant;
}

export type Door = 'open' | 'not-yet' | 'over' | 'cancelled' | 'hidden';

/** Whether one can register for a session at `now`. */
export function doorOf(session: Times, now: Instant): Door {
  if (session.state === 'cancelled') return 'cancelled';
  if (session.state === 'draft') return 'hidden';
  if (now < session.registrationOpensAt) return 'not-yet';
  return now < session.registrationClosesAt ? 'open' : 'over';
}

/** Registered, or about to be: whoever is so cannot register again. */
const STANDING: readonly RegistrationState[] = ['registered', 'offered', 'waiting'];

export function stands(state: RegistrationState): boolean {
  return STANDING.includes(state);
}

/** Registrations that the end of the session closed: nobody comes back to them. */
export function isClosed(state: RegistrationState): boolean {
  return state === 'came' || state === 'absent' || state === 'revoked';
}

/** States in which a seat is the person's. */
export function holdsSeat(state: RegistrationState): boolean {
  return state === 'registered' || state === 'offered' || state === 'came' || state === 'absent';
}

/** Whether no seat is left for somebody who comes now: those who wait are before them. */
export function isFull(session: {
  readonly seats: number;
  readonly taken: number;
  readonly waiting: number;
}): boolean {
  return session.taken >= session.seats || session.waiting > 0;
}

export const ATTENDANCES = ['came', 'absent', 'excused'] as const;
export type Attendance = (typeof ATTENDANCES)[number];

/** Minutes before the start from which somebody can be ticked off as there. Ours. */
const EARLY_MINUTES = 60;
/** Days after which the list stands as it is. Ours. */
const CORRECTION_DAYS = 7;

export type AttendanceVerdict = 'allowed' | 'unchanged' | 'too-early' | 'too-late' | 'closed';

/**
 * Whether the desk may record how it went for one on the list; undefined takes back what was
 * recorded. There from an hour before the start, absent only once it began, excused at any time.
 */
export function judgeAttendance(
  state: RegistrationState,
  session: Pick<Times, 'state' | 'startsAt'>,
  attendance: Attendance | undefined,
  now: Instant,
): AttendanceVerdict {
  if (session.state !== 'published') return 'closed';
  const recorded = (ATTENDANCES as readonly string[]).includes(state);
  if (!recorded && state !== 'registered') return 'closed';
  if (state === (attendance ?? 'registered')) return 'unchanged';
  if (now > session.startsAt + CORRECTION_DAYS * DAY) return 'too-late';
  if (attendance === 'came' && now < session.startsAt - EARLY_MINUTES * MINUTE) return 'too-early';
  if (attendance === 'absent' && now < session.startsAt) return 'too-early';
  return 'allowed';
}

/** Hours for which a freed seat is kept for the next who waits. Ours. */
export const SEAT_OFFER_HOURS = 12;
/** Minutes before the start after which a seat is no longer offered: one has to get there. Ours. */
export const SEAT_OFFER_UNTIL_MINUTES = 60;
