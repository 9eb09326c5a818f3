import type { AppointmentState } from '../../booking/table.ts';
import type { Instant } from '../../platform/clock.ts';
import type { InvitationState } from '../table.ts';

/** Where a person stands with the service they were invited to. */
export const FOLLOW_UPS = [
  'listed',
  'queued',
  'refused',
  'withdrawn',
  'pending',
  'expired',
  'booked',
  'outcome-due',
  'seen',
  'absent',
  'excused',
  'revoked',
] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

export interface FollowUpFacts {
  readonly invitation: {
    readonly state: InvitationState;
    readonly expiresAt: Instant | undefined;
  };
  /** The latest appointment of the service made since the person was listed. */
  readonly appointment:
    | { readonly state: AppointmentState; readonly startsAt: Instant }
    | undefined;
}

/**
 * Where a person stands, from what happened alone: nothing is kept that could fall out of step with
 * the agenda. An appointment speaks louder than the invitation; one that the person cancelled leaves
 * the invitation as it was.
 */
export function followUpOf({ invitation, appointment }: FollowUpFacts, now: Instant): FollowUp {
  switch (appointment?.state) {
    case 'seen':
    case 'late':
      return 'seen';
    case 'held':
    case 'confirmed':
    case 'displaced':
      return appointment.startsAt > now ? 'booked' : 'outcome-due';
    case 'absent':
    case 'excused':
    case 'revoked':
      return appointment.state;
  }
  if (invitation.state !== 'sent') return invitation.state;
  return invitation.expiresAt !== undefined && invitation.expiresAt <= now ? 'expired' : 'pending';
}

/**
 * From here the office may impose a date: the invitation ran out, or the person did not come. Not
 * after an appointment that the office itself took back: that is never the person's doing.
 */
export function isConvocable(followUp: FollowUp): boolean {
  return followUp === 'expired' || followUp === 'absent' || followUp === 'excused';
}

export type NextStep = 'wait' | 'convoke' | 'invite-again' | 'record-outcome' | 'repair' | 'none';

const NEXT: Record<FollowUp, NextStep> = {
  listed: 'wait',
  queued: 'wait',
  refused: 'repair',
  withdrawn: 'none',
  pending: 'wait',
  expired: 'convoke',
  booked: 'wait',
  'outcome-due': 'record-outcome',
  seen: 'none',
  absent: 'convoke',
  excused: 'convoke',
  revoked: 'invite-again',
};

/** What is to be done next about a person, and by whom it is not the person's turn. */
export function nextStep(followUp: FollowUp): NextStep {
  return NEXT[followUp];
}

/** How many are where: each person counted once in `invited`, and again as far as they came. */
export interface Funnel {
  readonly people: number;
  readonly invited: number;
  readonly opened: number;
  readonly booked: number;
  readonly seen: number;
  readonly expired: number;
}

export function funnelOf(
  people: readonly {
    readonly followUp: FollowUp;
    readonly sent: boolean;
    readonly opened: boolean;
    readonly appointment: boolean;
  }[],
): Funnel {
  const count = (test: (one: (typeof people)[number]) => boolean) => people.filter(test).length;
  return {
    people: people.length,
    invited: count((one) => one.sent),
    opened: count((one) => one.opened || (one.sent && one.appointment)),
    booked: count((one) => one.appointment),
    seen: count((one) => one.followUp === 'seen'),
    expired: count((one) => one.followUp === 'expired'),
  };
}
