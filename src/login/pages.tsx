import { Hono } from 'hono';
import { z } from 'zod';
import { enterPerson } from '../identity/actions/enter-person.ts';
import { signIn, signOut } from '../identity/session.ts';
import { callOf } from '../platform/call.ts';
import { describeError } from '../platform/database.ts';
import type { AppContext, AppEnv } from '../platform/http.ts';
import { notFound } from '../platform/problem.ts';
import { rateLimit } from '../platform/rate-limit.ts';
import { dropSealed, keepSealed, readSealed } from '../platform/sealed-cookie.ts';
import { LinkButton } from '../web/components/buttons.tsx';
import { page } from '../web/layout.tsx';
import { pathInside, vouchedPerson } from './claims.ts';
import { wasDeclined, wayBack, wayOut } from './provider.ts';
import { loginStrings } from './strings.ts';

/** Jobseekers enter through the OpenID Connect provider that stands for SPID and CIE. */
export const loginPages = new Hono<AppEnv>();

const BACK = '/entra/ritorno';
/** How long one may be away at the provider's. Ours. */
const SECONDS_AWAY = 15 * 60;
const STATE = /^[\w-]{20,200}$/;

const errandSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  path: z.string(),
});

/** One for each sign-in under way: two tabs do not disturb one another. */
const cookieOf = (state: string) => `__Host-entra-${state.slice(0, 20)}` as const;

function providerOf(c: AppContext) {
  const { config } = c.get('services');
  if (!config.login) throw notFound();
  return { login: config.login, publicUrl: config.publicUrl };
}

loginPages.get('/entra', rateLimit({ scope: 'login' }), async (c) => {
  const { login, publicUrl } = providerOf(c);
  const path = pathInside(c.req.query('torna') ?? '/prenota', publicUrl);
  try {
    const { url, errand } = await wayOut(login, `${publicUrl}${BACK}`, c.get('services').clock);
    await keepSealed(c, cookieOf(errand.state), { ...errand, path }, SECONDS_AWAY);
    return c.redirect(url, 303);
  } catch (error) {
    return broken(c, error, path);
  }
});

loginPages.get(BACK, rateLimit({ scope: 'login' }), async (c) => {
  const { login, publicUrl } = providerOf(c);
  const state = c.req.query('state') ?? '';
  if (!STATE.test(state)) return notEntered(c, 'stale', 422, '/prenota');
  const errand = await readSealed(c, cookieOf(state), errandSchema);
  // Whatever comes of it, the same way back is not walked twice.
  dropSealed(c, cookieOf(state));
  if (!errand) return notEntered(c, 'stale', 422, '/prenota');
  const back = new URL(`${publicUrl}${BACK}`);
  back.search = new URL(c.req.url).search;
  let claims: Record<string, unknown>;
  try {
    claims = await wayBack(login, back, errand, c.get('services').clock);
  } catch (error) {
    if (wasDeclined(error)) return notEntered(c, 'declined', 403, errand.path);
    return broken(c, error, errand.path);
  }
  const vouched = vouchedPerson(claims, login.taxCodeClaim);
  const entered = vouched && (await enterPerson(callOf(c), { ...vouched, domicile: undefined }));
  if (!entered) return notEntered(c, 'incomplete', 422, errand.path);
  await signIn(c, {
    name: `${vouched.givenName} ${vouched.familyName}`.slice(0, 200),
    actor: { kind: 'jobseeker', personId: entered.id },
  });
  return c.redirect(errand.path, 303);
});

loginPages.post('/esci', (c) => {
  signOut(c);
  return c.redirect('/', 303);
});

function broken(c: AppContext, error: unknown, path: string) {
  c.get('services').log.warning('the identity provider failed', {
    correlationId: c.get('correlationId'),
    error: describeError(error),
  });
  return notEntered(c, 'failed', 503, path);
}

function notEntered(
  c: AppContext,
  why: 'declined' | 'stale' | 'failed' | 'incomplete',
  status: 403 | 422 | 503,
  path: string,
) {
  const t = loginStrings(c.get('locale'));
  return page(
    c,
    { title: t(why), status },
    <div class="form-block">
      <p class="lead">{t(`${why}Text`)}</p>
      <p>{t('nothingLost')}</p>
      <div class="actions">
        <LinkButton href={`/entra?torna=${encodeURIComponent(path)}`}>{t('again')}</LinkButton>
        <LinkButton href={path} look="outline">
          {t('back')}
        </LinkButton>
      </div>
    </div>,
  );
}
