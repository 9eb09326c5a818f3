import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { service } from '../../src/booking/table.ts';
import { office } from '../../src/network/table.ts';
import { systemCall } from '../../src/platform/call.ts';
import { rows } from '../../src/platform/database.ts';
import { type TestServices, testApp, testServices } from '../support/app.ts';
import { aService } from '../support/fixtures.ts';
import { anOfficeWithSessions } from '../workshops/world.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let sessionId: string;
let codes: { servizio: string; ufficio: string };

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  const world = await anOfficeWithSessions(services);
  await aService(services, { waitingList: true });
  await rebuildFreeTime(systemCall(services, 'test'), { days: 30 });
  sessionId = (await world.aSession()).id;
  const [one] = await services.database.select({ code: service.code }).from(service);
  const [place] = await services.database.select({ code: office.code }).from(office);
  codes = { servizio: one!.code, ufficio: place!.code };
});
afterAll(() => services.close());

/** What the language switch does: sends the form as it is to where the page says. */
const inEnglish = async (path: string, typed: Record<string, string>) => {
  const response = await app.request(`${path}?lang=en`, {
    method: 'POST',
    headers: { Origin: 'http://localhost:3000' },
    body: new URLSearchParams(typed),
  });
  return { status: response.status, html: await response.text() };
};
const person = { nome: 'Rosa', cognome: 'Rossi', email: 'rosa@', telefono: '333 1234567' };
const inizio = '2027-03-05T09:00:00+01:00';

it('changing the language keeps what was typed, half of it too, and does nothing else', async () => {
  const forms: [string, Record<string, string>][] = [
    ['/prenota/dati', { ...codes, inizio, ...person }],
    ['/attesa', { ...codes, ...person }],
    [`/incontri/${sessionId}/iscrizione`, person],
    [
      '/prenota/insieme/conferma',
      {
        ufficio: codes.ufficio,
        servizio1: codes.servizio,
        servizio2: codes.servizio,
        inizi: `${inizio},2027-03-05T09:30:00+01:00`,
        nome1: 'Rosa',
        email: 'rosa@',
      },
    ],
  ];
  for (const [path, typed] of forms) {
    const { status, html } = await inEnglish(path, typed);
    expect([path, status]).toEqual([path, 200]);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('value="Rosa"');
    expect(html).toContain('value="rosa@"');
    expect(html).toContain(`formaction="${path}?lang=it"`);
    expect(html).not.toContain('field-error');
  }
});

it('whole forms are only shown again, and the summary stays the summary', async () => {
  const whole = { ...person, email: 'rosa@example.org' };
  await inEnglish('/attesa', { ...codes, ...whole, comunque: 'si' });
  await inEnglish(`/incontri/${sessionId}/iscrizione`, whole);
  const [made] = await rows<{ n: number }>(
    services.database,
    sql`select (select count(*) from waiting_entry) + (select count(*) from session_registration)
      + (select count(*) from appointment) as n`,
  );
  expect(Number(made?.n)).toBe(0);
  const summary = await inEnglish('/prenota/riepilogo', { ...codes, inizio, ...whole });
  expect(summary.html).toContain('action="/prenota/conferma"');
  expect(summary.html).toContain('formaction="/prenota/riepilogo?lang=it"');
  expect(summary.html).toContain('rosa@example.org');
});
