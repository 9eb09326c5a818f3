/** Crockford's base 32: no I, L, O or U, so that a code survives paper and telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** A booking code of 50 random bits, drawn from `bytes` (at least 10, from a secure source). */
export function bookingCode(bytes: Uint8Array): string {
  if (bytes.length < LENGTH) throw new RangeError(`a booking code needs ${LENGTH} random bytes`);
  return Array.from(bytes.subarray(0, LENGTH), (byte) => ALPHABET[byte & 31]).join('');
}

/** As it is shown: in two groups of five. */
export function formatCode(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** As it is looked up: what people type for a code, letters that look alike made one. */
export function normaliseCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}
