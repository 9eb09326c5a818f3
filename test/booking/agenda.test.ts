import { afterAll, beforeAll, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { as, callAs, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

const NINE = Date.parse('2027-03-08T09:00:00+01:00');

let services: TestServices;
let app: ReturnType<typeof testApp>;
let desk: Record<string, string>;
let id: string;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  const office = await anOffice(services);
  const operatorId = await anOperator(services, office);
  await weekdayMornings(services, office);
  const serviceId = await aService(services);
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 20 });
  const booked = await bookAppointment(
    callAs(services, { kind: 'operator', operatorId, officeIds: [office] }),
    {
      serviceId,
      officeId: office,
      start: NINE,
      person: {
        givenName: 'Rosa',
        familyName: 'Rossi',
        email: 'rosa@example.org',
        phone: undefined,
        taxCode: undefined,
        domicile: undefined,
      },
    },
  );
  id = booked.id;
  services.setNow('2027-03-08T08:45:00+01:00');
  const actor = { kind: 'operator' as const, operatorId, officeIds: [office] };
  desk = { ...(await as(services, actor)), 'Accept-Language': 'it' };
}, 60_000);
afterAll(() => services?.close());

const send = (path: string, fields: Record<string, string>) =>
  app.request(path, {
    method: 'POST',
    headers: {
      ...desk,
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: 'http://localhost:3000',
    },
    body: new URLSearchParams(fields),
  });

it('the agenda says who is next, and the part that renews itself is sent only when it changed', async () => {
  const first = await app.request('/operatore/vivo', { headers: desk });
  const html = await first.text();
  expect(html).toContain('Il prossimo');
  expect(html).toContain('Rosa Rossi');
  expect(html).not.toContain('<html');
  const tag = first.headers.get('ETag') ?? '';
  const again = { headers: { ...desk, 'If-None-Match': tag } };
  expect((await app.request('/operatore/vivo', again)).status).toBe(304);
  services.setNow('2027-03-08T09:05:00+01:00');
  const begun = await app.request('/operatore/vivo', again);
  expect(begun.status).toBe(200);
  expect(await begun.text()).toMatch(/Adesso[\s\S]*In ritardo/);
  services.setNow('2027-03-08T08:45:00+01:00');
});

it('a week stands side by side, each day leading to its page', async () => {
  const week = await app.request('/operatore?periodo=settimana', { headers: desk });
  expect(await week.text()).toMatch(/class="week-title"><a href="\/operatore\?giorno=2027-03-08/);
});

it('an appointment is moved by typing day and hour; a time that is not free changes nothing', async () => {
  const page = await (await app.request(`/operatore/sposta?id=${id}`, { headers: desk })).text();
  const versione = page.match(/name="versione" value="(\d+)"/)?.[1] ?? '';
  const typed = { id, versione, ritorno: '/operatore', giorno: '2027-03-09' };
  const refused = await send('/operatore/sposta', { ...typed, ora: '06:30' });
  const back = refused.headers.get('Location') ?? '';
  expect(back).toContain('ora=06%3A30');
  const shown = await (await app.request(back, { headers: desk })).text();
  expect(shown).toContain('non è libero');
  expect(shown).toContain('value="06:30"');
  const moved = await send('/operatore/sposta', { ...typed, ora: '10:30' });
  expect(moved.headers.get('Location')).toBe('/operatore?giorno=2027-03-09');
  const day = await app.request('/operatore?giorno=2027-03-09', { headers: desk });
  expect(await day.text()).toContain('10:30');
});
