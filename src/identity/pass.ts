import { equalInConstantTime } from '../platform/secrets.ts';
import { internationalNumber } from '../reference/phone.ts';

/** What opens something without a login: its code, and an address its messages go to. */
export interface Pass {
  readonly code: string;
  /** The e-mail or the telephone number that was left. */
  readonly contact: string;
}

/** Where messages about something go. */
export interface Contacts {
  readonly contactEmail: string | undefined;
  readonly contactPhone: string | undefined;
}

/** Stands in for an address that is not there, so that looking takes as long as it does otherwise. */
const NOBODY = 'nobody@example.invalid';

/**
 * Whether `said` is the e-mail or the telephone number that was left, however the number is written,
 * in a time that does not tell how near it came. What has no address is opened by none.
 */
export function isContactOf(kept: Contacts | undefined, said: string): boolean {
  const typed = asCompared(said);
  const [email, phone] = [kept?.contactEmail, kept?.contactPhone].map(
    (left) => equalInConstantTime(left ? asCompared(left) : NOBODY, typed) && Boolean(left),
  );
  return Boolean(email) || Boolean(phone);
}

/** The pass of whoever left these contacts themselves. */
export function passOf(made: Contacts & { readonly code: string }): Pass {
  return { code: made.code, contact: made.contactEmail ?? made.contactPhone ?? '' };
}

function asCompared(contact: string): string {
  const plain = contact.trim().toLowerCase();
  return (plain.includes('@') ? undefined : internationalNumber(plain)) ?? plain;
}
