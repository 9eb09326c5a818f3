import { type Instant, type IsoDate, midnight } from '../../platform/clock.ts';
import type { Channel, ProofKind } from './kinds.ts';

/** How the law on one channel is read. */
export interface ChannelReading {
  readonly channel: Channel;
  /** Whether a convocation by it may sustain a measure against who did not come. */
  readonly formal: boolean;
  /** Whether delivery must be proved as well. */
  readonly needsProof: boolean;
  readonly source: string;
  readonly sourceDate: IsoDate;
  /** Whether a jurist of the administration checked it. */
  readonly verified: boolean;
  /** Days on which a convocation must have been sent to be read so; always when absent. */
  readonly validFrom?: IsoDate | undefined;
  readonly validUntil?: IsoDate | undefined;
}

const ANPAL =
  'Delibera ANPAL 54/2019, come riportata da lavorofacile.it e lavoroediritti.com: PEC, raccomandata A/R o data concordata nel patto; non posta o e-mail ordinaria. La pagina della Provincia di Pavia (2026) elenca anche consegna a mano, SMS ed e-mail: serve una verifica giuridica';
const READ_ON = '2026-11-22';

const reading = (channel: Channel, formal: boolean, needsProof: boolean): ChannelReading => ({
  channel,
  formal,
  needsProof,
  source: ANPAL,
  sourceDate: READ_ON,
  verified: false,
});

/** Where a region wrote no reading of its own: the stricter of those reported. Unverified. */
export const USUAL_READING: readonly ChannelReading[] = [
  reading('pec', true, true),
  reading('registered', true, true),
  reading('by_hand', true, true),
  reading('agreed_in_pact', true, true),
  reading('email', false, false),
  reading('sms', false, false),
  reading('app_io', false, false),
  reading('letter', false, false),
];

/**
 * The reading of a channel on a day: the region's own, the latest written first, else the usual one.
 * A convocation is read as on the day it was sent; ours, no source names the day that counts.
 * @param day any when undefined
 */
export function readingOf<R extends ChannelReading>(
  channel: Channel,
  own: readonly R[],
  day?: IsoDate,
): R | ChannelReading {
  return [...own, ...USUAL_READING].find((one) => one.channel === channel && isInForce(one, day))!;
}

function isInForce({ validFrom, validUntil }: ChannelReading, day: IsoDate | undefined): boolean {
  if (day === undefined) return true;
  return (
    (validFrom === undefined || validFrom <= day) && (validUntil === undefined || day <= validUntil)
  );
}

/** Proofs that a channel can be proved by: that it was delivered, or counts as delivered. */
const SUFFICIENT: Record<Channel, readonly ProofKind[]> = {
  pec: ['pec_delivered'],
  registered: ['registered_received', 'registered_unclaimed'],
  by_hand: ['handed_over'],
  agreed_in_pact: ['pact_signed'],
  email: [],
  sms: [],
  app_io: [],
  letter: [],
};

/** Every proof that may be recorded for a channel, also those that only accompany it. */
export const PROOFS_OF: Record<Channel, readonly ProofKind[]> = {
  ...SUFFICIENT,
  pec: ['pec_accepted', 'pec_delivered'],
  registered: ['registered_posted', 'registered_received', 'registered_unclaimed'],
};

export interface Proof {
  readonly kind: ProofKind;
  readonly happenedOn: IsoDate;
}

export type Evidence = 'formal' | 'informal-channel' | 'proof-missing' | 'proof-too-late';

/**
 * Whether a convocation could sustain a measure, were somebody to adopt one: on a formal channel, and
 * where proof is needed, delivered before the day of the appointment. The software proposes nothing
 * and adopts nothing: officials do.
 */
export function evidenceOf(
  reading: ChannelReading,
  proofs: readonly Proof[],
  startsAt: Instant,
): Evidence {
  if (!reading.formal) return 'informal-channel';
  if (!reading.needsProof) return 'formal';
  const sufficient = proofs.filter(({ kind }) => SUFFICIENT[reading.channel].includes(kind));
  if (sufficient.length === 0) return 'proof-missing';
  const inTime = sufficient.some(({ happenedOn }) => midnight(happenedOn, 1) <= startsAt);
  return inTime ? 'formal' : 'proof-too-late';
}
