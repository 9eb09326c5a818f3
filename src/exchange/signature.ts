import { fromBase64, toBase64 } from '../platform/secrets.ts';

const PREFIX = 'whsec_';

/** A fresh secret as Standard Webhooks 1.0 writes it: 32 random bytes in base64 behind `whsec_`. */
export function newWebhookSecret(): string {
  return `${PREFIX}${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`;
}

/**
 * The `webhook-signature` header: for each secret, HMAC-SHA-256 over `id.timestamp.body`, so that a
 * receiver may still know only the one before the last rotation.
 * Source: Standard Webhooks 1.0.0, "Signature scheme".
 * @param timestamp seconds since 1970 of this attempt
 */
export async function signatures(
  secrets: readonly string[],
  message: { readonly id: string; readonly timestamp: number; readonly body: string },
): Promise<string> {
  const signed = new TextEncoder().encode(`${message.id}.${message.timestamp}.${message.body}`);
  const list = await Promise.all(
    secrets.map(async (secret) => {
      const key = await crypto.subtle.importKey(
        'raw',
        fromBase64(secret.slice(PREFIX.length)),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['sign'],
      );
      const mark = await crypto.subtle.sign('HMAC', key, signed);
      return `v1,${toBase64(new Uint8Array(mark))}`;
    }),
  );
  return list.join(' ');
}
