import { afterAll, beforeAll, expect, it } from 'vitest';
import { as, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let operator: string;
let admin: Record<string, string>;
let own: Record<string, string>;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  const office = await anOffice(services, { code: 'pa-prova' });
  operator = await anOperator(services, office);
  await weekdayMornings(services, office);
  await aService(services);
  admin = await as(services, { kind: 'administrator', userId: services.ids() });
  own = await as(services, { kind: 'operator', operatorId: operator, officeIds: [office] });
}, 60_000);
afterAll(() => services?.close());

const page = async (path: string, headers = admin) =>
  (await app.request(path, { headers: { ...headers, 'Accept-Language': 'it' } })).text();
const send = (path: string, fields: Record<string, string>, headers = admin) =>
  app.request(path, {
    method: 'POST',
    headers: {
      ...headers,
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: 'http://localhost:3000',
      'Accept-Language': 'it',
    },
    body: new URLSearchParams(fields),
  });
const HOURS = '/uffici/pa-prova/orari';
const saturday = {
  kind: 'extra',
  weekday: '6',
  starts: '09:00',
  ends: '12:00',
  recurrence: 'month-weekday:2',
  valid_from: '2027-03-01',
};

it('an administrator adds hours, drops one day, puts it back and takes the hours away', async () => {
  expect(await page(HOURS)).not.toContain('sabato 13 marzo 2027');
  expect((await send(`${HOURS}/serie`, saturday)).status).toBe(303);
  const shown = await page(HOURS);
  expect(shown).toContain('sabato 13 marzo 2027');
  expect(shown).not.toContain('sabato 20 marzo 2027');
  const row = shown.slice(shown.indexOf('Apertura straordinaria'));
  const series = row.match(/orari\/serie\/([0-9a-f-]{36})/)?.[1] ?? '';
  const day = { series_id: series, day: '2027-03-13' };
  expect((await send(`${HOURS}/giorno`, { ...day, what: 'drop' })).status).toBe(303);
  expect(await page(HOURS)).toContain('non si tiene');
  expect((await send(`${HOURS}/giorno`, { ...day, what: 'back' })).status).toBe(303);
  expect(await page(HOURS)).toContain('sabato 13 marzo 2027');
  const own = `${HOURS}/serie/${series}`;
  expect(await page(own)).toContain('Cambia l’orario: sabato');
  const change = { step: 'change', scope: 'from', day: '2027-04-01', weekday: '6' };
  const later = { starts: '10:00', ends: '12:00', recurrence: 'month-weekday:2' };
  expect((await send(own, { ...change, ...later, ends: '09:00' })).status).toBe(422);
  expect((await send(own, { ...change, ...later })).status).toBe(303);
  expect(await page(HOURS)).toContain('10:00–12:00');
  expect((await send(own, { step: 'skip', end_day: '2027-03-14' })).status).toBe(422);
  expect((await send(own, { step: 'remove' })).status).toBe(303);
  expect(await page(HOURS)).not.toContain('sabato 13 marzo 2027');
});

it('hours that end before they begin come back with what was typed and the reason', async () => {
  const answer = await send(`${HOURS}/serie`, { ...saturday, ends: '08:00' });
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(html).toContain('finisce prima di cominciare');
  expect(html).toContain('value="08:00"');
  expect((await send(`${HOURS}/serie`, {})).status).toBe(422);
  expect((await send(`${HOURS}/giorno`, { series_id: 'x', day: '' })).status).toBe(422);
});

it('a period, the holidays and the patron’s feast are set on the same page', async () => {
  const period = { period_name: 'Estate', period_from: '2027-07-01', period_to: '2027-08-31' };
  expect((await send(`${HOURS}/periodo`, period)).status).toBe(303);
  expect(await page(HOURS)).toContain('Estate');
  expect((await send(`${HOURS}/festivi`, { aperto: 'si' })).status).toBe(303);
  const feast = { saint: 'Santa Rosalia', feast_day: '15', feast_month: '7', source: 'prova' };
  expect((await send(`${HOURS}/patrono`, feast)).status).toBe(303);
  expect(await page('/uffici/pa-prova')).toContain('Santa Rosalia');
  expect((await send(`${HOURS}/patrono`, { ...feast, feast_day: '40' })).status).toBe(422);
});

it('desks, rooms and what operators can do are changed on a page of their own', async () => {
  const path = '/uffici/pa-prova/mezzi';
  const room = { kind: 'room', name: 'Sala colloqui', capacity: '3' };
  expect((await send(path, room)).status).toBe(303);
  expect((await send(path, room)).status).toBe(422);
  expect((await send(path, { ...room, kind: 'Sala!' })).status).toBe(422);
  const shown = await page(path);
  expect(shown).toContain('Sala colloqui');
  const id = shown.match(/mezzi\/([0-9a-f-]{36})\/spegni/)?.[1];
  expect((await send(`${path}/${id}/spegni`, {})).status).toBe(303);
  expect(await page(path)).toContain('Rimetti in uso');
  const member = `${path}/operatori/${operator}`;
  expect(await page(member)).toContain('accoglienza');
  const change = { skills: 'accoglienza did', languages: 'it fr', bookable: 'si' };
  expect((await send(member, change)).status).toBe(303);
  expect(await page(path)).toContain('it, fr');
  expect((await send(member, { ...change, skills: 'imprese' })).status).toBe(422);
  expect((await send(member, { ...change, languages: 'italiano' })).status).toBe(422);
});

it('operators read the pages of their office and find no forms to change it', async () => {
  for (const path of [HOURS, `${HOURS}?operatore=${operator}`, '/uffici/pa-prova/mezzi']) {
    const html = await page(path, own);
    expect(html).toContain('<h1');
    expect(html).not.toContain('class="form-block"');
  }
  expect((await send(`${HOURS}/serie`, saturday, own)).status).toBe(403);
  expect((await app.request(HOURS)).status).not.toBe(200);
});

it('the streets of a city are listed for who plans, and asked for where there are none', async () => {
  expect(await page('/pianificazione/vie')).toContain('Nessuna via registrata');
  expect(await page('/pianificazione/vie?cerca=%25_')).toContain('Nessuna via registrata');
});
