import { DAY, dayOf, type Instant, wall } from '../../platform/clock.ts';
import type { Format } from './kinds.ts';

/** Paper: nobody gets too many letters in a day, and no reminder follows by itself. */
const POSTAL: readonly Format[] = ['registered', 'letter'];

export function isPostal(format: string): boolean {
  return (POSTAL as readonly string[]).includes(format);
}

export type Refusal =
  | 'archived'
  | 'other-catchment'
  | 'has-appointment'
  | 'same-format-within-a-day'
  | 'unreachable';

/** What decides whether a person may be invited now. */
export interface Candidate {
  readonly archived: boolean;
  /** The office whose bacino holds the person's comune; undefined where that is not known. */
  readonly competentOfficeId: string | undefined;
  /** Offices that receive in this campaign. */
  readonly officeIds: readonly string[];
  /** An appointment of this service that is still ahead, or held. */
  readonly hasOpenAppointment: boolean;
  readonly format: Format;
  /** Whether there is an address for the format. */
  readonly reachable: boolean;
  /** When invitations to this service in the same format were sent. */
  readonly sentInFormat: readonly Instant[];
}

/**
 * Why a person may not be invited at `now`; undefined when they may. A second invitation in the same
 * format waits a day, letters excepted: post crosses in the mail and harms nobody.
 */
export function refusalOf(candidate: Candidate, now: Instant): Refusal | undefined {
  const { competentOfficeId, officeIds, format } = candidate;
  if (candidate.archived) return 'archived';
  if (competentOfficeId !== undefined && !officeIds.includes(competentOfficeId)) {
    return 'other-catchment';
  }
  if (candidate.hasOpenAppointment) return 'has-appointment';
  if (!candidate.reachable) return 'unreachable';
  const recent = candidate.sentInFormat.some((sent) => now - sent < DAY && sent <= now);
  return recent && !isPostal(format) ? 'same-format-within-a-day' : undefined;
}

/** Days after the sending on which whoever has not booked is reminded, once. */
const REMINDER_DAYS = 3;
/** Days that the code must still be good for, or the reminder would only press. */
const REMINDER_LEAVES_DAYS = 2;

/**
 * Whether an invitation is called to mind at `now`: on the third calendar day after it was sent, from
 * the same hour on, if its code is good for two more days. A day that was missed stays missed.
 */
export function remindsNow(
  invitation: { readonly format: Format; readonly sentAt: Instant; readonly expiresAt: Instant },
  now: Instant,
): boolean {
  if (isPostal(invitation.format)) return false;
  const due = wall(invitation.sentAt).plus({ days: REMINDER_DAYS }).toMillis();
  if (dayOf(now) !== dayOf(due) || now < due) return false;
  return invitation.expiresAt - now >= REMINDER_LEAVES_DAYS * DAY;
}

/** When each of `people` is invited: everybody at once, or `size` at a time, `days` apart. */
export function sendTimes(
  people: number,
  waves: { readonly size: number | undefined; readonly days: number },
  from: Instant,
): Instant[] {
  const size = waves.size ?? Math.max(1, people);
  return Array.from({ length: people }, (_, position) =>
    wall(from)
      .plus({ days: Math.floor(position / size) * waves.days })
      .toMillis(),
  );
}
