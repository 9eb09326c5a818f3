/**
 * What other systems may be told of, and the audited actions that amount to it. An action that no
 * kind names is nobody's business outside.
 */
const ACTIONS = {
  'appointment.booked': ['book-appointment', 'book-overbooked'],
  'appointment.moved': ['move-appointment', 'reseat-appointment', 'restore-appointment'],
  'appointment.cancelled': ['cancel-appointment'],
  'appointment.displaced': ['displace-appointment'],
  'appointment.revoked': ['revoke-appointment', 'revoke-unreceived'],
  'appointment.checked_in': ['check-in'],
  'appointment.outcome': ['record-outcome'],
  'waiting.joined': ['join-waiting-list'],
  'waiting.offered': ['offer-time'],
  'waiting.accepted': ['accept-offer'],
  'waiting.left': ['leave-waiting-list', 'end-waiting'],
  'session.cancelled': ['cancel-session'],
  'session.registered': ['register-for-session'],
  'session.left': ['cancel-registration'],
  'invitation.sent': ['send-invitation'],
  'convocation.sent': ['send-convocation', 'convoke-otherwise'],
  'convocation.proved': ['record-delivery-proof'],
  'convocation.undelivered': ['note-undelivered-convocation'],
  'closure.made': ['make-closure'],
  'closure.withdrawn': ['withdraw-closure'],
  'profile.computed': ['compute-profile'],
  'percorso.decided': ['decide-percorso'],
  'pact.signed': ['sign-pact'],
  'did.registered': ['register-did'],
  'network.imported': ['import-network'],
  // Told with the reason `rgpd`: whoever holds a copy has to let go of it too.
  'appointment.erased': ['anonymise-appointment'],
  'person.erased': ['anonymise-person', 'erase-person'],
  'papers.erased': ['forget-old-papers'],
} as const satisfies Record<`${string}.${string}`, readonly string[]>;

export type EventKind = keyof typeof ACTIONS;
export const EVENT_KINDS = Object.keys(ACTIONS) as [EventKind, ...EventKind[]];

/** Each action that is told to somebody who wants `kinds`, and as which. */
export function subscriptionsTo(kinds: readonly EventKind[]): Record<string, EventKind> {
  return Object.fromEntries(kinds.flatMap((kind) => ACTIONS[kind].map((action) => [action, kind])));
}

/** The kinds that subscriptions amount to, in the order of the list. */
export function kindsOf(subscriptions: Readonly<Record<string, string>>): EventKind[] {
  const wanted = new Set(Object.values(subscriptions));
  return EVENT_KINDS.filter((kind) => wanted.has(kind));
}
