/** Ways to reach a person, for invitations and convocations alike. */
export const FORMATS = ['email', 'sms', 'app_io', 'pec', 'registered', 'letter'] as const;
export type Format = (typeof FORMATS)[number];

/** Ways to convoke: the formats, and what happens face to face. */
export const CHANNELS = [...FORMATS, 'by_hand', 'agreed_in_pact'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What shows that a convocation reached, or legally counts as having reached, the person. */
export const PROOF_KINDS = [
  'pec_accepted',
  'pec_delivered',
  'registered_posted',
  'registered_received',
  'registered_unclaimed',
  'handed_over',
  'pact_signed',
] as const;
export type ProofKind = (typeof PROOF_KINDS)[number];
