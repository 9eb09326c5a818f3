import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import type { Session } from '../../src/identity/session.ts';
import { as, callAs, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aPerson, aService, weekdayMornings } from '../support/fixtures.ts';

/** Whatever is typed into an address or a form, a page answers: never a failure of the service. */

let services: TestServices;
let app: ReturnType<typeof testApp>;
const headers: Record<string, Record<string, string>> = {};
const ids: string[] = [];

const ABSENT = '01890a5d-ac96-774b-bcce-b302099a8057';
const STRANGE = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  'NaN',
  'null',
  'undefined',
  '%00',
  'a\u0000b',
  "'; drop table person; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '9999-99-99',
  '2027-02-30',
  '2027-03-28T02:30',
  '{}',
  '[]',
  '🙂'.repeat(50),
  'x'.repeat(5000),
  '\ud800',
  ABSENT,
];
const NAMES = [
  'servizio',
  'ufficio',
  'comune',
  'raggio',
  'lat',
  'lon',
  'mese',
  'giorno',
  'inizio',
  'vista',
  'ordina',
  'verso',
  'pagina',
  'provincia',
  'misura',
  'q',
  'lang',
  'id',
  'nome',
  'cognome',
  'email',
  'codice',
  'note',
  'motivo',
  'role',
  'categoria',
  'numero',
  'da',
  'a',
  'testo',
  'stato',
  'versione',
];

beforeAll(async () => {
  services = await testServices({ demo: true });
  app = testApp(services);
  const officeId = await anOffice(services, { code: 'pa-palermo' });
  const operatorId = await anOperator(services, officeId, { skills: ['patto', 'did'] });
  await weekdayMornings(services, officeId);
  const serviceId = await aService(services, { code: 'did', skill: 'did' });
  const personId = await aPerson(services, { demo: true });
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 30 });
  ids.push(officeId, operatorId, serviceId, personId);
  const actors: Session['actor'][] = [
    { kind: 'jobseeker', personId },
    { kind: 'operator', operatorId, officeIds: [officeId] },
    { kind: 'planner', userId: 'p' },
    { kind: 'administrator', userId: 'a' },
  ];
  headers['anonymous'] = {};
  for (const actor of actors) headers[actor.kind] = await as(services, actor);
});
afterAll(() => services.close());

const pages = () => {
  const found = app.routes
    .filter(
      ({ method, path }) =>
        ['GET', 'POST'].includes(method) && !path.includes('*') && !path.startsWith('/v1'),
    )
    .map(({ method, path }) => `${method} ${path}`);
  return [...new Set(found)];
};

/** A lone surrogate cannot be sent: it becomes the sign of a broken letter. */
const sendable = (text: string) => Buffer.from(text, 'utf8').toString('utf8');

function fill(path: string, value: string): string {
  return path.replace(/:\w+(\{[^}]*\})?\??/g, encodeURIComponent(sendable(value)));
}

function query(seed: number): string {
  const pairs = NAMES.map((name, index) => [
    name,
    sendable(STRANGE[(seed + index) % STRANGE.length]!),
  ]);
  return new URLSearchParams(pairs).toString();
}

describe('pages and forms', () => {
  it('answer whatever they are sent', { timeout: 300_000 }, async () => {
    const failures: string[] = [];
    const ask = async (method: string, path: string, actor: string, body?: string) => {
      const form = {
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: 'http://localhost',
      };
      const response = await app.request(path, {
        method,
        headers: { ...headers[actor], ...(method === 'POST' ? form : {}) },
        ...(body === undefined ? {} : { body }),
      });
      if (response.status >= 500)
        failures.push(`${actor} ${method} ${path.slice(0, 200)} → ${response.status}`);
      await response.text();
    };
    for (const route of pages()) {
      const [method, path] = route.split(' ') as [string, string];
      for (const actor of Object.keys(headers)) {
        const inPath = path.includes(':')
          ? ['x', '%00', 'a'.repeat(300), ABSENT, 'pa-palermo', ...ids]
          : [''];
        for (const [index, value] of inPath.entries()) {
          if (method === 'GET') {
            await ask('GET', fill(path, value), actor);
            await ask('GET', `${fill(path, value)}?${query(index * 7)}`, actor);
          } else {
            await ask('POST', fill(path, value), actor, '');
            await ask('POST', fill(path, value), actor, query(index * 5));
          }
        }
      }
    }
    // Every strange value in every place of the journey that takes choices from the address.
    for (const value of STRANGE) {
      const one = encodeURIComponent(sendable(value));
      await ask(
        'GET',
        `/prenota/luogo?servizio=did&comune=${one}&raggio=${one}&lat=${one}&lon=${one}`,
        'anonymous',
      );
      await ask(
        'GET',
        `/prenota/orario?servizio=did&ufficio=pa-palermo&mese=${one}&giorno=${one}`,
        'anonymous',
      );
      await ask('GET', `/prenota/dati?servizio=did&ufficio=pa-palermo&inizio=${one}`, 'anonymous');
      await ask(
        'POST',
        '/prenota/conferma',
        'anonymous',
        `servizio=did&ufficio=pa-palermo&inizio=2027-03-05T09:00:00Z&nome=${one}&cognome=${one}&email=a@b.it&note=${one}&id=${one}`,
      );
      await ask('GET', `/operatore?giorno=${one}&vista=${one}&ufficio=${one}`, 'operator');
    }
    expect(failures).toEqual([]);
  });
});
