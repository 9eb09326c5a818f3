import type { Channel } from './kinds.ts';

/** Where a person can be reached, as far as it is known. */
export interface Addresses {
  readonly personId: string;
  readonly email: string | null | undefined;
  readonly phone: string | null | undefined;
  readonly pec: string | null | undefined;
  readonly postalAddress: string | null | undefined;
}

/**
 * Where a message goes by each channel: App IO finds people by their codice fiscale, which the sender
 * looks up from the person's id; paper goes to the postal address and so has no recipient here.
 */
export function recipientBy(channel: Channel, addresses: Addresses): string | null {
  switch (channel) {
    case 'email':
      return addresses.email ?? null;
    case 'sms':
      return addresses.phone ?? null;
    case 'app_io':
      return addresses.personId;
    case 'pec':
      return addresses.pec ?? null;
    default:
      return null;
  }
}

/** Whether there is an address for the channel; by hand and in the patto nobody needs one. */
export function isReachable(
  channel: Channel,
  known: { readonly recipient: string | null; readonly postalAddress: string | null },
): boolean {
  switch (channel) {
    case 'registered':
    case 'letter':
      return known.postalAddress !== null;
    case 'by_hand':
    case 'agreed_in_pact':
      return true;
    default:
      return known.recipient !== null;
  }
}
