import type { Channel, ProofKind } from '../../convocation/rules/kinds.ts';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import type { Benefit } from './ladder.ts';

/** What the person receives, and since when, as the patto's room knows it. */
export interface BenefitSpell {
  readonly benefit: Benefit | 'adi' | 'sfl' | 'none';
  /** Day of the claim: absences before it do not count. */
  readonly since: IsoDate | undefined;
}

/** Facts of one absence, frozen with the decision that rests on them. */
export interface Evidence {
  readonly appointmentId: string;
  readonly startsAt: Instant;
  readonly serviceName: string;
  readonly officeName: string;
  readonly convokedAt: Instant;
  readonly channel: Channel;
  /** Where the reading of the channel comes from, and whether a jurist checked it. */
  readonly reading: { readonly source: string; readonly verified: boolean };
  readonly proofs: readonly {
    readonly kind: ProofKind;
    readonly happenedOn: IsoDate;
    readonly reference: string;
  }[];
  /** Earlier absences that count in the same benefit, in order. */
  readonly earlier: readonly { readonly appointmentId: string; readonly startsAt: Instant }[];
  readonly benefitSince: IsoDate | null;
}

/** Why nothing can be proposed about an absence; `ready` when everything is there. */
export const STANDINGS = [
  'ready',
  'not-absent',
  'office-fault',
  'justification-open',
  'term-open',
  'not-convoked',
  'informal-channel',
  'proof-missing',
  'proof-too-late',
  'no-benefit',
  'own-regime',
  'benefit-later',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** What is known of one appointment that somebody did not come to. */
export interface Absence {
  readonly appointmentId: string;
  readonly startsAt: Instant;
  /** Recorded as absent, and not excused since. */
  readonly absent: boolean;
  /** The office was closed, or the operator away. */
  readonly officeFault: boolean;
  readonly justificationOpen: boolean;
  /** Until when a justification is in time. */
  readonly deadline: Instant;
  /** How the convocation stands as evidence; undefined when there was none. */
  readonly convocation:
    | 'formal'
    | 'informal-channel'
    | 'proof-missing'
    | 'proof-too-late'
    | undefined;
  /** An official decided not to adopt a measure for it, or took one back. */
  readonly setAside: boolean;
}

/**
 * Whether an absence could sustain a measure at `now`, whatever came before it. Who is at fault comes
 * first: the office's own never counts. What is open (a justification, its term) freezes it.
 */
export function standingOf(
  absence: Absence,
  spell: BenefitSpell | undefined,
  day: IsoDate,
  now: Instant,
): Standing {
  if (!absence.absent) return 'not-absent';
  if (absence.officeFault) return 'office-fault';
  if (absence.justificationOpen) return 'justification-open';
  if (now < absence.deadline) return 'term-open';
  if (absence.convocation === undefined) return 'not-convoked';
  if (absence.convocation !== 'formal') return absence.convocation;
  if (!spell || spell.benefit === 'none') return 'no-benefit';
  if (spell.benefit === 'adi' || spell.benefit === 'sfl') return 'own-regime';
  if (spell.since !== undefined && day < spell.since) return 'benefit-later';
  return 'ready';
}

/**
 * Absences that count before `of` in the same spell of the same benefit, oldest first: those that
 * could each sustain a measure, and that no official set aside. The progressive place of `of` is one
 * more than their number. Of a benefit with its own regime: those with that `standing`.
 */
export function countedBefore(
  of: Absence,
  all: readonly (Absence & { readonly day: IsoDate })[],
  spell: BenefitSpell,
  now: Instant,
  standing: Standing = 'ready',
): Absence[] {
  return all
    .filter(
      (one) =>
        (one.startsAt < of.startsAt ||
          (one.startsAt === of.startsAt && one.appointmentId < of.appointmentId)) &&
        !one.setAside &&
        standingOf(one, spell, one.day, now) === standing,
    )
    .sort((a, b) => a.startsAt - b.startsAt);
}
