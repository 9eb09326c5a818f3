import type { MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { ANONYMOUS } from '../platform/actor.ts';
import type { AppContext, AppEnv, Services } from '../platform/http.ts';
import { signInRequired } from '../platform/problem.ts';

/**
 * `__Host-` binds the cookie to this very host, over a secure channel, for every path. Browsers
 * accept it on http://localhost too, which they treat as secure.
 */
const COOKIE = '__Host-sportello';
const HOURS = 8;
const ISSUER = 'sportello';

const id = z.string().min(1).max(64);
const sessionSchema = z.object({
  name: z.string().max(200),
  actor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('jobseeker'), personId: id }),
    z.object({ kind: z.literal('operator'), operatorId: id, officeIds: z.array(id).max(100) }),
    z.object({ kind: z.literal('planner'), userId: id }),
    z.object({ kind: z.literal('administrator'), userId: id }),
  ]),
});

/** A signed-in person: how the page greets them, and as whom they act. */
export type Session = z.infer<typeof sessionSchema>;

/** An encrypted token of the session, good for the cookie or as a bearer token. Valid 8 hours. */
export async function sealSession(
  { secrets, clock }: Pick<Services, 'secrets' | 'clock'>,
  session: Session,
): Promise<string> {
  const now = Math.floor(clock.now() / 1000);
  return new EncryptJWT({ ...session })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setIssuer(ISSUER)
    .setIssuedAt(now)
    .setExpirationTime(now + HOURS * 3600)
    .encrypt(secrets.sessionKey);
}

export async function signIn(c: AppContext, session: Session): Promise<void> {
  setCookie(c, COOKIE, await sealSession(c.get('services'), session), {
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: HOURS * 3600,
  });
}

export function signOut(c: AppContext): void {
  deleteCookie(c, COOKIE, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' });
}

/** Sets `c.get('actor')`; a token that is expired, foreign or altered counts as none. */
export const session: MiddlewareHandler<AppEnv> = async (c, next) => {
  const bearer = c.req.header('authorization')?.match(/^Bearer ([\w.-]+)$/i)?.[1];
  const token = bearer ?? getCookie(c, COOKIE);
  const found = token === undefined ? undefined : await openSession(c, token);
  c.set('actor', found?.actor ?? ANONYMOUS);
  c.set('viewer', found && { name: found.name, role: found.actor.kind });
  await next();
};

/**
 * Who shows a token means to be known: one that is expired, foreign or altered is refused, rather
 * than taken for nobody's request. A cookie is sent by itself, and its end is no mistake.
 */
export const knownBearer: MiddlewareHandler<AppEnv> = async (c, next) => {
  const shown = /^Bearer\b/i.test(c.req.header('authorization') ?? '');
  if (shown && c.get('actor').kind === 'anonymous') {
    c.header('WWW-Authenticate', 'Bearer error="invalid_token"');
    throw signInRequired();
  }
  await next();
};

async function openSession(c: AppContext, token: string): Promise<Session | undefined> {
  const { secrets, clock } = c.get('services');
  try {
    const { payload } = await jwtDecrypt(token, secrets.sessionKey, {
      issuer: ISSUER,
      currentDate: new Date(clock.now()),
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return sessionSchema.parse(payload);
  } catch {
    return undefined;
  }
}
