import { bookingCode, formatCode, normaliseCode } from '../booking/rules/code.ts';
import { equalInConstantTime, fromBase64, toBase64 } from '../platform/secrets.ts';

/** The most that Workers allow, and enough: what it protects is random, 100 bits long. */
const ITERATIONS = 100_000;
const SALT_BYTES = 16;

/** A fresh name and password for one program; the password is shown once and kept nowhere. */
export function newCredentials(): { username: string; password: string } {
  const code = () => bookingCode(crypto.getRandomValues(new Uint8Array(10)));
  return {
    username: `agenda-${code().toLowerCase()}`,
    password: `${formatCode(code())}-${formatCode(code())}`,
  };
}

export interface HashedPassword {
  /** Base64. */
  readonly salt: string;
  readonly hash: string;
}

export async function hashPassword(password: string): Promise<HashedPassword> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  return { salt: toBase64(salt), hash: await derive(password, salt) };
}

/** Stands in where no such name is known, so that the answer takes as long as for one that is. */
const NOBODY: HashedPassword = { salt: toBase64(new Uint8Array(SALT_BYTES)), hash: '' };

/** Whether `typed` is the password; hyphens, spaces and look-alike letters do not matter. */
export async function matchesPassword(
  typed: string,
  kept: HashedPassword | undefined,
): Promise<boolean> {
  const { salt, hash } = kept ?? NOBODY;
  return equalInConstantTime(hash, await derive(typed, fromBase64(salt)));
}

/** PBKDF2-HMAC-SHA-256 (RFC 8018), by Web Crypto: the same on Node and on Workers. */
async function derive(password: string, salt: Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = new TextEncoder().encode(normaliseCode(password));
  const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS },
    key,
    256,
  );
  return toBase64(new Uint8Array(bits));
}
