import type { Secrets } from '../platform/secrets.ts';
import type { AlsoBy } from './also-by.ts';

/** What a person says of themselves when they book; already validated and normalised. */
export interface PersonDetails {
  readonly givenName: string;
  readonly familyName: string;
  /** Lower case. */
  readonly email: string | undefined;
  readonly phone: string | undefined;
  /** A channel they want messages by, besides e-mail. */
  readonly alsoBy?: AlsoBy | undefined;
  /** Upper case, sixteen characters or eleven figures. */
  readonly taxCode: string | undefined;
  /** ISTAT code. */
  readonly domicile: string | undefined;
  /** Where in a comune that is divided among several offices; it is looked up and never kept. */
  readonly address?: { readonly street: string; readonly number?: number } | undefined;
}

/**
 * What makes two bookings the same person's: the codice fiscale where it is given, else name and
 * contact together. A keyed hash, so that the column tells nothing by itself.
 */
export function identityKey(secrets: Secrets, person: PersonDetails): Promise<string> {
  if (person.taxCode !== undefined) return secrets.index(`tax:${person.taxCode}`);
  const name = `${person.givenName} ${person.familyName}`
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  const contact = person.email ?? person.phone?.replace(/\D/g, '') ?? '';
  return secrets.index(`contact:${contact}|${name}`);
}
