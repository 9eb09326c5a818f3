import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathInside, vouchedPerson } from '../../src/login/claims.ts';
import { rows } from '../../src/platform/database.ts';
import { type TestServices, testApp, testServices } from '../support/app.ts';

const OURS = 'http://localhost:3000';
const MARIA = 'RSSMRA80A41H501Y';
/** Cookies as a browser keeps them, each host its own. */
class Jar {
  private readonly kept = new Map<string, string>();
  take(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair, ...rest] = line.split(';');
      const [name, ...value] = pair!.split('=');
      const gone = rest.some((part) => /max-age=0|1970/i.test(part));
      if (gone) this.kept.delete(name!);
      else this.kept.set(name!, value.join('='));
    }
  }
  get header(): Record<string, string> {
    return { cookie: [...this.kept].map(([name, value]) => `${name}=${value}`).join('; ') };
  }
  has(name: string): boolean {
    return this.kept.has(name);
  }
}

let server: Server;
let issuer: string;
let services: TestServices;
let app: ReturnType<typeof testApp>;
let claims: Record<string, unknown>;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'sportello',
        client_secret: 'a secret of the tests',
        redirect_uris: [`${OURS}/entra/ritorno`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['given_name', 'family_name', 'fiscal_number'],
      email: ['email'],
    },
    acrValues: ['https://www.spid.gov.it/SpidL2'],
    pkce: { required: () => true },
    cookies: { keys: ['cookies of the tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client!.clientId,
        accountId: ctx.oidc.session!.accountId!,
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...claims }) }),
  });
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url!.startsWith('/interaction/')) return callback(request, response);
    const denied = request.headers['x-deny'] !== undefined;
    return provider.interactionFinished(
      request,
      response,
      denied ? { error: 'access_denied' } : { login: { accountId: 'maria' } },
      { mergeWithLastSubmission: false },
    );
  });
  services = await testServices({
    environment: {
      LOGIN_ISSUER: issuer,
      LOGIN_CLIENT_ID: 'sportello',
      LOGIN_CLIENT_SECRET: 'a secret of the tests',
    },
  });
  app = testApp(services);
  claims = {
    given_name: 'Maria',
    family_name: 'Rossi',
    fiscal_number: `TINIT-${MARIA}`,
    email: 'Maria.Rossi@example.org',
  };
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await services.close();
});

/** Whether an answer brings a session. */
const letIn = (answer: Response): boolean =>
  answer.headers.getSetCookie().some((line) => line.startsWith('__Host-sportello=ey'));

/** Leaves for the provider and comes as far as the address that leads back. */
async function leave(jar: Jar, path = '/prenota?sede=1', deny = false): Promise<string> {
  const out = await app.request(`${OURS}/entra?torna=${encodeURIComponent(path)}`, {
    headers: jar.header,
  });
  expect(out.status).toBe(303);
  jar.take(out);
  const theirs = new Jar();
  let next = out.headers.get('location')!;
  for (let steps = 0; !next.startsWith(OURS) && steps < 6; steps++) {
    const answer = await fetch(new URL(next, issuer), {
      redirect: 'manual',
      headers: { ...theirs.header, ...(deny && { 'x-deny': '1' }) },
    });
    theirs.take(answer);
    next = answer.headers.get('location') ?? expect.fail(await answer.text());
  }
  return next;
}

const open = async (jar: Jar, url: string) => {
  const answer = await app.request(url, { headers: { accept: 'text/html', ...jar.header } });
  jar.take(answer);
  return { answer, html: await answer.text() };
};

describe('a jobseeker enters with SPID or CIE', () => {
  it('comes back to what they were doing, known by codice fiscale and greeted by name', async () => {
    const jar = new Jar();
    const { answer } = await open(jar, await leave(jar));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/prenota?sede=1']);
    expect((await open(jar, `${OURS}/`)).html).toContain('Maria Rossi');
    const again = new Jar();
    await open(again, await leave(again));
    const [count] = await rows<{ people: number }>(
      services.database,
      sql`select count(*)::int as people from person`,
    );
    expect(count!.people).toBe(1);
  });

  it('is another person than one of the same e-mail and another codice fiscale', async () => {
    const kept = claims;
    claims = { ...kept, fiscal_number: 'RSSMRA80A01H501U', given_name: 'Mario' };
    const jar = new Jar();
    await open(jar, await leave(jar));
    claims = kept;
    const people = await rows<{ given_name: string }>(
      services.database,
      sql`select given_name from person where email = 'maria.rossi@example.org' order by 1`,
    );
    expect(people.map((found) => found.given_name)).toEqual(['Maria', 'Mario']);
  });

  it('who says no at the provider is told so, and led back to where they were', async () => {
    const jar = new Jar();
    const { answer, html } = await open(jar, await leave(jar, '/prenota?sede=7', true));
    expect(answer.status).toBe(403);
    expect(html).toContain('href="/prenota?sede=7"');
    expect(jar.has('__Host-sportello')).toBe(false);
  });

  it('can have two tabs under way, in either order', async () => {
    const jar = new Jar();
    const first = await leave(jar, '/prenota?sede=1');
    const second = await leave(jar, '/prenota?sede=2');
    expect((await open(jar, second)).answer.headers.get('location')).toBe('/prenota?sede=2');
    expect((await open(jar, first)).answer.headers.get('location')).toBe('/prenota?sede=1');
  });

  it('a way back leads in once, and only in the browser that left', async () => {
    const jar = new Jar();
    const back = await leave(jar);
    const elsewhere = await open(new Jar(), back);
    expect([elsewhere.answer.status, letIn(elsewhere.answer)]).toEqual([422, false]);
    expect(letIn((await open(jar, back)).answer)).toBe(true);
    const twice = await open(jar, back);
    expect([twice.answer.status, letIn(twice.answer)]).toEqual([422, false]);
  });

  it.each([
    ['state', /state=[^&]{5}/, 'state=AAAAA', 422],
    ['code', /code=[^&]{5}/, 'code=AAAAA', 503],
    ['issuer', /iss=[^&]+/, 'iss=https%3A%2F%2Fother.example', 503],
  ] as const)('a way back with another %s lets nobody in', async (_, part, other, status) => {
    const jar = new Jar();
    const { answer } = await open(jar, (await leave(jar)).replace(part, other));
    expect([answer.status, letIn(answer)]).toEqual([status, false]);
  });

  it('a code that another sign-in of the same browser began is refused', async () => {
    const jar = new Jar();
    const mine = new URL(await leave(jar));
    const other = new URL(await leave(jar));
    mine.searchParams.set('code', other.searchParams.get('code')!);
    const { answer } = await open(jar, mine.href);
    expect([answer.status, letIn(answer)]).toEqual([503, false]);
  });

  it('a way back is good for a quarter of an hour', async () => {
    const jar = new Jar();
    const back = await leave(jar);
    services.setNow('2027-03-04T09:16:00+01:00');
    expect((await open(jar, back)).answer.status).toBe(422);
    services.setNow('2027-03-04T09:00:00+01:00');
  });

  it('whoever the provider gives no codice fiscale of is not let in', async () => {
    const kept = claims;
    claims = { ...kept, fiscal_number: undefined };
    const jar = new Jar();
    const { answer } = await open(jar, await leave(jar));
    claims = kept;
    expect(answer.status).toBe(422);
  });

  it('a provider that is away is said to be, with the way back to what was being done', async () => {
    const away = await testServices({
      database: services.database,
      environment: {
        LOGIN_ISSUER: 'http://127.0.0.1:9',
        LOGIN_CLIENT_ID: 'sportello',
        LOGIN_CLIENT_SECRET: 'a secret of the tests',
      },
    });
    const answer = await testApp(away).request(`${OURS}/entra?torna=/prenota`, {
      headers: { accept: 'text/html' },
    });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('href="/prenota"');
  });
});

describe('what a provider and an address say', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '/.//evil.example',
  ])('%j leads nowhere but here', (asked) => expect(pathInside(asked, OURS)).toBe('/'));
  it('the codice fiscale may stand under a name of the installation’s own, and no other then', () => {
    const told = { given_name: 'Maria', family_name: 'Rossi', cf: MARIA, fiscal_number: 'x' };
    expect(vouchedPerson(told, 'cf')?.taxCode).toBe(MARIA);
    expect(vouchedPerson(told, undefined)).toBeUndefined();
  });
});
