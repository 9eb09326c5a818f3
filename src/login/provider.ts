import * as client from 'openid-client';
import type { Clock } from '../platform/clock.ts';
import type { LoginProvider } from '../platform/config.ts';

/** How long a provider's addresses are believed before they are asked for anew. Ours. */
const BELIEVED_MS = 60 * 60_000;
const SECONDS_OF_PATIENCE = 8;
const SECONDS_OF_SKEW = 30;

const known = new Map<string, { readonly found: client.Configuration; readonly until: number }>();

/** What is kept is what was found, never the finding of it: a Worker's requests share no waiting. */
async function discovered(provider: LoginProvider, clock: Clock): Promise<client.Configuration> {
  const key = `${provider.issuer} ${provider.clientId}`;
  const kept = known.get(key);
  const now = clock.now();
  if (kept && kept.until > now) return kept.found;
  const found = await client.discovery(
    new URL(provider.issuer),
    provider.clientId,
    { [client.clockTolerance]: SECONDS_OF_SKEW },
    client.ClientSecretPost(provider.clientSecret),
    {
      timeout: SECONDS_OF_PATIENCE,
      // The configuration takes plain HTTP from this very machine only.
      execute: provider.issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
    },
  );
  known.set(key, { found, until: now + BELIEVED_MS });
  return found;
}

/** What must be remembered between leaving for the provider and coming back. */
export interface Errand {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Where to send the browser, and what the way back must agree with. */
export async function wayOut(
  provider: LoginProvider,
  redirectUri: string,
  clock: Clock,
): Promise<{ readonly url: string; readonly errand: Errand }> {
  const configuration = await discovered(provider, clock);
  const errand = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  };
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: provider.scopes,
    state: errand.state,
    nonce: errand.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(errand.verifier),
    code_challenge_method: 'S256',
    ...(provider.acr && { acr_values: provider.acr }),
  });
  return { url: url.href, errand };
}

/** Everything the provider says of whoever came back. @throws when anything does not agree */
export async function wayBack(
  provider: LoginProvider,
  back: URL,
  errand: Errand,
  clock: Clock,
): Promise<Record<string, unknown>> {
  const configuration = await discovered(provider, clock);
  const tokens = await client.authorizationCodeGrant(configuration, back, {
    pkceCodeVerifier: errand.verifier,
    expectedState: errand.state,
    expectedNonce: errand.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims()!;
  if (!configuration.serverMetadata().userinfo_endpoint) return { ...claims };
  const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  return { ...more, ...claims };
}

/** Whether the person, or the provider for them, said no: nothing is broken. */
export function wasDeclined(error: unknown): boolean {
  return error instanceof client.AuthorizationResponseError;
}
