import { equalInConstantTime } from '../platform/secrets.ts';

/** Stands in for an address that is not there, so that looking takes as long as it does otherwise. */
const NOBODY = 'nobody@example.invalid';

/**
 * Whether `said` is the address that something was sent to, in a time that does not tell how near it
 * came. What has no address is opened by none.
 */
export function isAddressOf(
  kept: { readonly contactEmail: string | undefined } | undefined,
  said: string,
): boolean {
  const same = equalInConstantTime(kept?.contactEmail ?? NOBODY, said.trim().toLowerCase());
  return same && kept?.contactEmail !== undefined;
}
