import type { AppointmentState } from '../../booking/table.ts';
import { DAY, type Instant } from '../../platform/clock.ts';
import type { JustificationState } from '../table.ts';

/** Days within which a decision on a justification can be taken back. Ours. */
const UNDO_DAYS = 7;

/** Days before the appointment from which an absence can be announced with its reason. Ours. */
const ANNOUNCE_DAYS = 30;

/**
 * Whether a person may send a justification: of an appointment they did not, or will not, come to,
 * and that has none already. One rejected may be sent anew. Where the office took the time away
 * there is nothing to justify.
 */
export function judgeSending(
  appointment: { readonly state: AppointmentState; readonly startsAt: Instant },
  standing: JustificationState | undefined,
  now: Instant,
): 'allowed' | 'answers' | 'sent-already' | 'nothing-to-justify' {
  if (standing === 'asked') return 'answers';
  if (standing === 'sent' || standing === 'accepted') return 'sent-already';
  const absent = appointment.state === 'absent';
  const open =
    appointment.state === 'confirmed' && now >= appointment.startsAt - ANNOUNCE_DAYS * DAY;
  return absent || open ? 'allowed' : 'nothing-to-justify';
}

export const DECISIONS = ['accept', 'reject', 'ask', 'undo'] as const;
export type Decision = (typeof DECISIONS)[number];

/**
 * Whether the office may take `decision`. What is open can be accepted, rejected or asked about;
 * what is decided can be taken back for a week, unless a measure rests on it.
 */
export function judgeDecision(
  current: { readonly state: JustificationState; readonly decidedAt: Instant | undefined },
  decision: Decision,
  measured: boolean,
  now: Instant,
): 'allowed' | 'decided-already' | 'not-decided' | 'stands' {
  const open = current.state === 'sent' || current.state === 'asked';
  if (decision !== 'undo') return open ? 'allowed' : 'decided-already';
  if (open || current.decidedAt === undefined) return 'not-decided';
  return measured || now > current.decidedAt + UNDO_DAYS * DAY ? 'stands' : 'allowed';
}
