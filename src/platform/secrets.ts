/**
 * The two keys of a deployment at work: `seal`/`open` keep a codice fiscale unreadable in the
 * database (AES-256-GCM), `index` finds it again without decrypting (HMAC-SHA-256). Web Crypto only,
 * so that Node and Workers share it.
 */
export interface Secrets {
  /** Bytes that encrypt the session cookie. */
  readonly sessionKey: Uint8Array<ArrayBuffer>;
  seal(plain: string): Promise<string>;
  open(sealed: string): Promise<string>;
  /** The same for whole files: twelve bytes of nonce, then the ciphertext. */
  sealBytes(plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  openBytes(sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  index(plain: string): Promise<string>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Bytes of nonce that AES-GCM takes. */
const NONCE = 12;

/** @param sessionKey, dataKey 32 bytes each, in base64 or base64url */
export async function createSecrets(sessionKey: string, dataKey: string): Promise<Secrets> {
  const master = await crypto.subtle.importKey('raw', fromBase64(dataKey), 'HKDF', false, [
    'deriveKey',
  ]);
  const derive = (
    purpose: string,
    algorithm: AesKeyGenParams | HmacKeyGenParams,
    usages: KeyUsage[],
  ) =>
    crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: encoder.encode(purpose) },
      master,
      algorithm,
      false,
      usages,
    );
  const sealing = await derive('seal', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']);
  const indexing = await derive('index', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']);
  return {
    sessionKey: fromBase64(sessionKey),
    async seal(plain) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE));
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv },
        sealing,
        encoder.encode(plain),
      );
      return `${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
    },
    async open(sealed) {
      const [iv, body] = sealed.split('.').map(fromBase64);
      if (!iv || !body) throw new Error('not a sealed value');
      return decoder.decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, sealing, body));
    },
    async sealBytes(plain) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, sealing, plain);
      const whole = new Uint8Array(NONCE + sealed.byteLength);
      whole.set(iv);
      whole.set(new Uint8Array(sealed), NONCE);
      return whole;
    },
    async openBytes(sealed) {
      const iv = sealed.subarray(0, NONCE);
      const body = sealed.subarray(NONCE);
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, sealing, body));
    },
    async index(plain) {
      const mark = await crypto.subtle.sign('HMAC', indexing, encoder.encode(plain));
      return toBase64(new Uint8Array(mark));
    },
  };
}

/** A fresh key, in the form the configuration takes. */
export function newKey(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(32)));
}

export async function sha256(text: string): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))));
}

/** Compares without telling, by the time it takes, where the first difference lies. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = encoder.encode(a);
  const right = encoder.encode(b);
  let difference = left.length ^ right.length;
  for (let i = 0; i < right.length; i++)
    difference |= (left[i % (left.length || 1)] ?? 0) ^ right[i]!;
  return difference === 0;
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // As many at a time as a call takes arguments everywhere.
  for (let start = 0; start < bytes.length; start += 8192)
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return btoa(binary);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}
