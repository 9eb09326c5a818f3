import { fromBase64, toBase64 } from './secrets.ts';

const PREFIX = 'whsec_';

/** A request as Standard Webhooks 1.0 signs it. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970, as in the header. */
  readonly timestamp: number | string;
  readonly body: string;
}

/** A fresh secret as Standard Webhooks 1.0 writes it: 32 random bytes in base64 behind `whsec_`. */
export function newWebhookSecret(): string {
  return `${PREFIX}${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`;
}

/**
 * One entry of the `webhook-signature` header: HMAC-SHA-256 over `id.timestamp.body`.
 * Source: Standard Webhooks 1.0.0, "Signature scheme".
 * @param secret `whsec_` and base64
 */
export async function webhookSignature(
  secret: string,
  { id, timestamp, body }: SignedMessage,
): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    fromBase64(secret.slice(PREFIX.length)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const mark = await crypto.subtle.sign('HMAC', key, signed);
  return `v1,${toBase64(new Uint8Array(mark))}`;
}
