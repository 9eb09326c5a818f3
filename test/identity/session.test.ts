import { EncryptJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { sealSession } from '../../src/identity/session.ts';
import { createApi } from '../../src/platform/http.ts';
import { createSecrets } from '../../src/platform/secrets.ts';
import { testServices } from '../support/app.ts';

const services = await testServices();
const app = createApp(services);
const probe = createApi();
probe.get('/who', (c) => c.json({ actor: c.get('actor'), viewer: c.get('viewer') ?? null }));
app.route('/', probe);

const planner = { name: 'Pia', actor: { kind: 'planner', userId: 'p1' } } as const;
const seconds = () => Math.floor(services.clock.now() / 1000);

async function whoIs(headers: Record<string, string>) {
  const answer = await app.request('/who', { headers });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { actor: { kind: string } }).actor;
}

describe('a session', () => {
  it('is known by its cookie and by its token', async () => {
    const token = await sealSession(services, planner);
    expect(await whoIs({ Cookie: `__Host-sportello=${token}` })).toEqual(planner.actor);
    expect(await whoIs({ Authorization: `Bearer ${token}` })).toEqual(planner.actor);
  });

  it('tells nothing of the person to whoever reads the token', async () => {
    const token = await sealSession(services, planner);
    const parts = token
      .split('.')
      .map((part) => atob(part.replaceAll('-', '+').replaceAll('_', '/')));
    expect(parts.join()).not.toMatch(/Pia|planner|p1/);
  });

  it('ends after eight hours', async () => {
    const token = await sealSession(services, planner);
    services.setNow('2027-03-04T16:59:00+01:00');
    expect(await whoIs({ Authorization: `Bearer ${token}` })).toEqual(planner.actor);
    services.setNow('2027-03-04T17:00:01+01:00');
    expect(await whoIs({ Authorization: `Bearer ${token}` })).toEqual({ kind: 'anonymous' });
    services.setNow('2027-03-04T09:00:00+01:00');
  });
});

describe('nobody is', () => {
  const forgeries: Record<string, () => Promise<string>> = {
    'who brings no token': async () => '',
    'who brings a word': async () => 'planner',
    'who alters a letter of a token': async () => {
      const token = await sealSession(services, planner);
      const letter = token.at(-1) === 'A' ? 'B' : 'A';
      return token.slice(0, -6) + letter + token.slice(-5);
    },
    'who seals a token with another key': async () => {
      const secrets = await createSecrets('x'.repeat(43), 'y'.repeat(43));
      return sealSession({ ...services, secrets }, planner);
    },
    'who brings a token of another issuer': () =>
      new EncryptJWT({ ...planner })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer('somebody-else')
        .setExpirationTime(seconds() + 3600)
        .encrypt(services.secrets.sessionKey),
    'who brings a token for a role that does not exist': () =>
      new EncryptJWT({ name: 'Root', actor: { kind: 'system', task: 'anything' } })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer('sportello')
        .setExpirationTime(seconds() + 3600)
        .encrypt(services.secrets.sessionKey),
    'who brings a token that is not encrypted': async () => {
      const part = (value: object) => btoa(JSON.stringify(value)).replaceAll('=', '');
      return `${part({ alg: 'none' })}.${part({ ...planner, iss: 'sportello' })}.`;
    },
  };

  it.each(Object.entries(forgeries))('%s', async (_, forge) => {
    const token = await forge();
    expect(await whoIs({ Authorization: `Bearer ${token}` })).toEqual({ kind: 'anonymous' });
    expect(await whoIs({ Cookie: `__Host-sportello=${token}` })).toEqual({ kind: 'anonymous' });
  });

  it('asked to prove it by a bad token when a good cookie came along', async () => {
    const token = await sealSession(services, planner);
    const headers = { Authorization: 'Bearer bad', Cookie: `__Host-sportello=${token}` };
    expect(await whoIs(headers)).toEqual({ kind: 'anonymous' });
  });
});
