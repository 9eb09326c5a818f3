import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { z } from 'zod';
import type { AppContext } from './http.ts';

const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

/**
 * Keeps `value` with the reader, unreadable to them and to others, for `seconds`. The name must
 * begin with `__Host-`, which ties the cookie to this host and to a secure channel (browsers count
 * http://localhost as one).
 */
export async function keepSealed(
  c: AppContext,
  name: `__Host-${string}`,
  value: Record<string, unknown>,
  seconds: number,
): Promise<void> {
  const { secrets, clock } = c.get('services');
  const now = Math.floor(clock.now() / 1000);
  const token = await new EncryptJWT({ value })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setAudience(name)
    .setExpirationTime(now + seconds)
    .encrypt(secrets.sessionKey);
  setCookie(c, name, token, { ...attributes, maxAge: seconds });
}

/** What {@link keepSealed} kept; undefined when absent, expired, altered or of another form. */
export async function readSealed<S extends z.ZodType>(
  c: AppContext,
  name: `__Host-${string}`,
  schema: S,
): Promise<z.infer<S> | undefined> {
  const token = getCookie(c, name);
  if (token === undefined) return undefined;
  const { secrets, clock } = c.get('services');
  try {
    const { payload } = await jwtDecrypt(token, secrets.sessionKey, {
      audience: name,
      currentDate: new Date(clock.now()),
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return schema.parse(payload['value']);
  } catch {
    return undefined;
  }
}

export function dropSealed(c: AppContext, name: `__Host-${string}`): void {
  deleteCookie(c, name, attributes);
}
