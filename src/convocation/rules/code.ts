import { normaliseCode } from '../../booking/rules/code.ts';
import type { Secrets } from '../../platform/secrets.ts';

/** Crockford's base 32: no I, L, O or U, so that a code survives paper and telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

/** What a code opens. */
export type CodeKind = 'invitation' | 'convocation';

/**
 * The code of an invitation or a convocation: sixty bits of a keyed hash of its id. So it can be
 * written again in a reminder or on a second print and yet stand nowhere in the database; whoever
 * reads the database without the key learns nothing.
 */
export async function codeOf(secrets: Secrets, kind: CodeKind, id: string): Promise<string> {
  const mark = atob(await secrets.index(`${kind}-code:${id}`));
  return Array.from(mark.slice(0, LENGTH), (byte) => ALPHABET[byte.charCodeAt(0) & 31]).join('');
}

/** What is kept of a code and looked up by it; typed codes may carry spaces, dashes, small letters. */
export function codeDigest(secrets: Secrets, typed: string): Promise<string> {
  return secrets.index(`code-digest:${normaliseCode(typed)}`);
}

/** As it is printed: three groups of four. */
export function formatGroups(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}
