import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/platform/database.ts';
import { as, type TestServices, testApp, testServices } from '../support/app.ts';

let services: TestServices;
let demo: TestServices;
beforeAll(async () => {
  services = await testServices();
  demo = await testServices({ demo: true, database: services.database });
});

const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const PAGES = [
  '/',
  '/stato',
  '/accessibilita',
  '/privacy',
  '/documentazione-api',
  '/problems',
  '/problems/not-found',
];

async function open(path: string, headers: Record<string, string> = {}, from = services) {
  const answer = await testApp(from).request(path, { headers: { ...BROWSER, ...headers } });
  return { answer, html: await answer.text() };
}

describe('every page about the service', () => {
  it.each(PAGES)('%s is whole in both languages', async (path) => {
    for (const lang of ['it', 'en']) {
      const { answer, html } = await open(`${path}?lang=${lang}`);
      expect(answer.status).toBe(200);
      expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${lang}">`));
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toContain('<main id="contenuto"');
    }
  });

  it.each(PAGES)('%s has nothing inline and nothing from elsewhere', async (path) => {
    const { answer, html } = await open(path);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(html).not.toMatch(/ style="| on\w+="|<style/);
    for (const script of html.match(/<script[^>]*>[^<]*/g) ?? []) {
      expect(script).toMatch(/^<script src="\/assets\/[^"]+" defer="">$/);
    }
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  });
});

describe('the shell of a page', () => {
  it('switches language and stays on the same page with the same query', async () => {
    const { html } = await open('/stato?a=1&lang=it');
    expect(html).toContain('href="/stato?a=1&amp;lang=en"');
  });

  it('shows each role its part of the site, and who is signed in', async () => {
    const planner = await as(services, { kind: 'planner', userId: 'p' });
    const { html } = await open('/', planner);
    expect(html).toContain('planner of the tests');
    expect(html).toContain('<a href="/pianificazione">');
    expect(html).not.toContain('<a href="/operatore">');
    expect((await open('/')).html).not.toContain('action="/esci"');
  });

  it('says that data are a demonstration only where they are', async () => {
    expect((await open('/', {}, demo)).html).toContain('Dati dimostrativi');
    expect((await open('/')).html).not.toContain('Dati dimostrativi');
  });
});

describe('the home page', () => {
  it('opens three doors to whoever tries the demo, and one behind them', async () => {
    const { html } = await open('/', {}, demo);
    expect(html.match(/action="\/accesso-demo"/g)).toHaveLength(4);
    for (const role of ['jobseeker', 'operator', 'planner', 'administrator']) {
      expect(html).toContain(`name="role" value="${role}"`);
    }
  });

  it('has no trial entrance in a real installation', async () => {
    expect((await open('/')).html).not.toContain('accesso-demo');
  });
});

describe('a refusal', () => {
  it('is a page for people, in their language, with the next step', async () => {
    const { answer, html } = await open('/non-esiste', { 'Accept-Language': 'en' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('Check the address');
  });

  it('is a problem document for programs, and under /v1 for everybody', async () => {
    const program = await testApp(services).request('/non-esiste', {
      headers: { Accept: '*/*' },
    });
    expect(program.headers.get('content-type')).toContain('application/problem+json');
    const { answer } = await open('/v1/non-esiste');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('names a type that is a page', async () => {
    const program = await testApp(services).request('/v1/non-esiste');
    const { type } = (await program.json()) as { type: string };
    const { answer, html } = await open(new URL(type).pathname);
    expect(answer.status).toBe(200);
    expect(html).toContain('Non trovato');
    expect((await open('/problems/never-heard-of')).answer.status).toBe(404);
  });

  it('of a form sent from another site is a page too', async () => {
    const answer = await testApp(services).request('/esci', {
      method: 'POST',
      headers: {
        ...BROWSER,
        Origin: 'https://elsewhere.example',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: 'a=1',
    });
    expect([400, 403]).toContain(answer.status);
    expect(await answer.text()).toContain('Nulla è stato registrato');
  });
});

describe('when the database does not answer', () => {
  const broken = () => ({
    ...services,
    database: { execute: () => Promise.reject(new Error('gone')) } as unknown as Database,
  });

  it('the status page says so, and that appointments remain valid', async () => {
    const { answer, html } = await open('/stato', {}, broken());
    expect(answer.status).toBe(503);
    expect(html).toContain('non risponde');
    expect(html).toContain('restano validi');
  });

  it('the home page still opens', async () => {
    expect((await open('/', {}, broken())).answer.status).toBe(200);
  });
});

describe('a failure of ours', () => {
  it('gives a code to report and nothing of its inside', async () => {
    const clock = {
      now: () => {
        throw new Error('secret of the inside');
      },
    };
    const { answer, html } = await open('/', {}, { ...services, clock });
    expect(answer.status).toBe(500);
    expect(html).toContain('Codice da segnalare');
    expect(html).not.toContain('secret of the inside');
  });
});
