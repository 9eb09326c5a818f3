import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { appointment } from '../../src/booking/table.ts';
import { bacinoComune, streetZone } from '../../src/network/table.ts';
import { outbox } from '../../src/notices/table.ts';
import { as, callAs, type TestServices, testApp, testServices } from '../support/app.ts';
import {
  anOffice,
  anOperator,
  aPerson,
  aService,
  MESSINA,
  PALERMO,
  weekdayMornings,
} from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let jobseeker: string;

const MILANO = '015146';
const NINE = Date.parse('2027-03-05T09:00:00+01:00');

beforeAll(async () => {
  services = await testServices({
    environment: {
      SMS_URL: 'https://sms.example/send',
      SMS_TOKEN: 'a-token-of-the-tests',
      SMS_FROM: 'Cpi',
    },
  });
  app = testApp(services);
  const { database, ids } = services;
  const city = await anOffice(services, { code: 'citta', name: 'Cpi della città' });
  const shore = await anOffice(services, { code: 'mare', name: 'Cpi del mare', latitude: 38.2 });
  const far = await anOffice(services, {
    code: 'lontano',
    name: 'Cpi lontano',
    seat: MESSINA,
    latitude: 38.19,
    longitude: 15.55,
  });
  const provenance = { kind: 'declared' as const, source: 'test' };
  await database.insert(bacinoComune).values([
    { comune: PALERMO, officeId: city, provenance },
    { comune: MESSINA, officeId: far, provenance },
  ]);
  const zone = { comune: PALERMO, officeId: shore, side: 'all' as const };
  await database.insert(streetZone).values([
    { ...zone, id: ids(), name: 'Via del Mare', street: 'via mare', numberFrom: 1 },
    { ...zone, id: ids(), name: 'Via Lunga', street: 'via lunga', numberFrom: 101 },
  ]);
  for (const office of [city, shore, far]) {
    await weekdayMornings(services, office);
    await anOperator(services, office, { languages: ['it', 'fr'] });
    await anOperator(services, office);
  }
  const serviceId = await aService(services, {
    code: 'colloquio',
    otherDurations: [60],
    waitingList: true,
  });
  await aService(services, { code: 'proprio', audience: 'own_cpi' });
  await aService(services, { code: 'telefono', mode: 'phone' });
  await aService(services, { code: 'breve', horizonDays: 1, minNoticeMinutes: 720 });
  const system = callAs(services, { kind: 'system', task: 'test' });
  await rebuildFreeTime(system, { days: 40 });
  jobseeker = await aPerson(services);
  services.setNow('2027-03-04T09:00:00+01:00');
  await bookAppointment(system, {
    serviceId,
    officeId: city,
    start: NINE,
    personId: jobseeker,
  });
  services.setNow('2027-03-05T10:00:00+01:00');
});
afterAll(() => services.close());

/** Somebody at their browser: follows where they are sent and keeps cookies. */
function reader(headers: Record<string, string> = {}) {
  const cookies = new Map<string, string>();
  type Page = { status: number; text: string; sent: string };
  const ask = async (path: string, form?: Record<string, string>): Promise<Page> => {
    const answer = await app.request(path.replace(/#.*/, ''), {
      method: form ? 'POST' : 'GET',
      headers: {
        ...headers,
        Origin: 'http://localhost',
        Cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
        ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string];
      cookies.set(name, value);
    }
    const to = answer.headers.get('location');
    if (to) return { ...(await ask(to)), sent: to };
    return { status: answer.status, text: await answer.text(), sent: path };
  };
  const search = (form: Record<string, string>) =>
    ask('/prenota/luogo', { servizio: 'colloquio', raggio: 'tutti', ...form });
  const cookie = () => [...cookies].map((pair) => pair.join('=')).join('; ');
  return { ask, search, cookie };
}

/** The offices of the list, in order. */
const offices = (text: string) =>
  [...text.matchAll(/class="offer-name".*?<\/span>(.*?)<\/h3>/gs)].map(([, name]) => name!.trim());

describe('where', () => {
  it('one’s own Cpi comes first, with the reason, and the map shows what the list says', async () => {
    const anna = reader();
    const { text, sent } = await anna.search({ comune: 'Messina' });
    expect(sent).toContain(`comune=${MESSINA}`);
    expect(text).toContain('Il tuo è il Cpi lontano, perché serve chi vive a Messina.');
    expect(offices(text)[0]).toBe('Cpi lontano');
    expect(offices(text)).toHaveLength(3);
    expect([...text.matchAll(/class="place-mark"/g)]).toHaveLength(3);
    expect(text).toContain('aria-label="1. Cpi lontano: Primo posto libero: ');
    // What was said is not asked again further on.
    const waiting = await anna.ask(`/attesa?servizio=colloquio&comune=${MESSINA}`);
    expect(waiting.text).toContain('value="Messina"');
    expect((await anna.ask('/prenota/insieme')).text).toMatch(/value="lontano" selected/);
  });

  it('in a divided city the street decides, and no address of a page tells it', async () => {
    const anna = reader();
    const without = await anna.search({ comune: 'Palermo' });
    expect(without.text).toContain('Palermo è divisa fra più Centri per l’impiego');
    expect(offices(without.text)[0]).toBe('Cpi della città');
    const known = await anna.search({ comune: 'Palermo', via: 'Via del Mare', civico: '3' });
    expect(known.sent).not.toMatch(/mare/i);
    expect(offices(known.text)[0]).toBe('Cpi del mare');
    expect(known.text).toContain('perché serve la zona di Via del Mare');
    expect(known.text).toContain('value="Via del Mare"');
    const long = await anna.search({ comune: 'Palermo', via: 'Via Lunga' });
    expect(long.text).toContain('In Via Lunga il Centro cambia con il numero civico');
    const far = await anna.search({ comune: 'Palermo', via: 'Via Lunga', civico: '120/B' });
    expect(offices(far.text)[0]).toBe('Cpi del mare');
    const other = await anna.search({ comune: 'Palermo', via: 'Via Ignota' });
    expect(other.text).toContain('«Via Ignota» non è fra le vie assegnate ad altri Centri');
    // Back to the step without saying anything again: it is remembered.
    expect((await anna.ask('/prenota/luogo?servizio=colloquio')).text).toContain('Via Ignota');
  });

  it('near a point, nobody is told which Cpi is theirs; the point stays out of addresses', async () => {
    const found = await reader().search({ comune: '', lat: '38.19', lon: '15.55', raggio: '10' });
    expect(found.sent).toContain('vicino=si');
    expect(found.sent).not.toMatch(/38|15\.55/);
    expect(offices(found.text)).toEqual(['Cpi lontano']);
    expect(found.text).not.toContain('offer-own');
  });

  it('whoever lives outside the network is told, and offered what is open to all', async () => {
    const open = await reader().search({ comune: 'Milano' });
    expect(open.text).toContain('Milano non è servito da questi uffici');
    expect(offices(open.text)).toHaveLength(3);
    const own = await reader().search({ servizio: 'proprio', comune: 'Milano' });
    expect(offices(own.text)).toEqual([]);
    expect(own.text).toContain(`servizio=colloquio`);
    expect(own.text).toContain(`comune=${MILANO}`);
  });

  it('what is missing, unknown or ambiguous is said, and the rest of the form stays', async () => {
    const missing = await reader().search({ comune: '', via: 'Via del Mare', raggio: '50' });
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('Scrivi il comune in cui vivi.');
    expect(missing.text).toContain('value="Via del Mare"');
    expect(missing.text).toMatch(/value="50" selected/);
    expect((await reader().search({ comune: 'Xyzzy' })).status).toBe(422);
    const several = await reader().search({ comune: 'San', via: 'Via Roma' });
    expect(several.text).toContain('Quale di questi comuni?');
    expect(several.text).toMatch(/type="hidden" name="via" value="Via Roma"/);
  });
});

describe('a service of one’s own Cpi', () => {
  const rosa = {
    servizio: 'proprio',
    ufficio: 'mare',
    inizio: '2027-03-08T09:00:00.000+01:00',
    nome: 'Rosa',
    cognome: 'Prova',
    email: 'rosa@example.org',
  };

  it('asks where one lives, sends one to the right office and is booked there', async () => {
    const anna = reader();
    const asked = await anna.ask('/prenota/orario?servizio=proprio&ufficio=mare');
    expect(asked.sent).toMatch(/^\/prenota\/luogo/);
    await anna.search({ servizio: 'proprio', comune: 'Palermo', via: 'Via del Mare' });
    const wrong = await anna.ask('/prenota/orario?servizio=proprio&ufficio=citta');
    expect(wrong.text).toContain('che per chi vive a Palermo è il Cpi del mare');
    expect(wrong.text).toContain('servizio=colloquio&amp;ufficio=citta');
    const booked = await anna.ask('/prenota/conferma', rosa);
    expect(booked.sent).toBe('/prenota/confermato');
    expect(booked.text).toContain('Cpi del mare');
  });
});

describe('only what is free', () => {
  it('lists the months that have something, and says plainly when none has', async () => {
    const times = await reader().ask('/prenota/orario?servizio=colloquio&ufficio=citta');
    const months = [...times.text.matchAll(/<option value="(2027-\d\d)"/g)].map(([, one]) => one);
    expect(months).toEqual(['2027-03', '2027-04']);
    const none = await reader().ask('/prenota/orario?servizio=breve&ufficio=citta');
    expect(none.text).toContain('Qui non c’è più posto');
    expect(none.text).toContain('ultimo giorno prenotabile');
  });

  it('keeps what else was asked for, and says how to search without it', async () => {
    const found = await reader().search({ comune: 'Messina', lingua: 'fr', durata: '60' });
    expect(found.text).toContain('Altre richieste: operatore che parla francese, 1 ora');
    expect(found.text).toContain('lingua=fr&amp;durata=60');
    const none = await reader().search({ comune: 'Messina', lingua: 'de' });
    expect(none.text).toContain('Cerca senza altre richieste');
    const phone = await reader().ask('/prenota?modo=phone');
    expect([...phone.text.matchAll(/class="panel-title"/g)]).toHaveLength(1);
  });

  it('whom somebody follows already may ask for that operator alone', async () => {
    const actor = { kind: 'jobseeker' as const, personId: jobseeker };
    const rosa = reader(await as(services, actor));
    const times = await rosa.ask('/prenota/orario?servizio=telefono&ufficio=citta');
    expect(times.text).toContain('Solo con l’operatore che mi segue già');
    const choice = { servizio: 'telefono', mio: 'si', inizio: '2027-03-08T09:00:00.000+01:00' };
    const held = await rosa.ask('/prenota/orario', { ...choice, ufficio: 'citta' });
    expect(held.text).toContain('Teniamo questo orario per te');
    // Nobody at another office follows them.
    const elsewhere = await rosa.ask('/prenota/orario?servizio=telefono&ufficio=mare&mio=si');
    expect(elsewhere.text).toContain('Qui non c’è più posto');
    expect(
      (await reader().ask('/prenota/orario?servizio=telefono&ufficio=citta')).text,
    ).not.toContain('mi segue');
  });
});

describe('messages', () => {
  const ugo = {
    servizio: 'colloquio',
    ufficio: 'mare',
    inizio: '2027-03-09T09:00:00.000+01:00',
    nome: 'Ugo',
    cognome: 'Prova',
    email: 'ugo@example.org',
    canale: 'sms',
  };
  const sent = async (recipients: readonly string[]) => {
    const all = await services.database.select().from(outbox).orderBy(outbox.createdAt, outbox.id);
    return all
      .filter(({ recipient }) => recipients.includes(recipient))
      .map(({ kind, channel }) => `${kind} ${channel}`);
  };

  it('go by SMS too when that is asked for, as long as there is a number to send them to', async () => {
    const reading = reader();
    const without = await reading.ask('/prenota/riepilogo', ugo);
    expect(without.status).toBe(422);
    expect(without.text).toContain('Scrivi il numero a cui mandare gli SMS.');
    expect(without.text).toMatch(/value="sms" checked/);
    const withPhone = { ...ugo, telefono: '333 1234567' };
    const summary = await reading.ask('/prenota/riepilogo', withPhone);
    expect(summary.text).toContain('Per e-mail e per SMS');
    await reading.ask('/prenota/conferma', withPhone);
    const mine = await reading.ask('/appuntamento');
    const id = /name="id" value="([^"]+)"/.exec(
      (await reading.ask('/appuntamento/annulla')).text,
    )?.[1];
    expect(mine.text).toContain('Confermato');
    await reading.ask('/appuntamento/annulla', { id: id! });
    expect(await sent(['ugo@example.org', '+393331234567'])).toEqual([
      'appointment-confirmed email',
      'appointment-confirmed sms',
      'appointment-reminder email',
      'appointment-reminder sms',
      'appointment-cancelled email',
      'appointment-cancelled sms',
    ]);
    await reading.ask('/attesa', {
      ...withPhone,
      nome: 'Ida',
      email: 'ida@example.org',
      telefono: '333 7654321',
      dal: '2027-03-08',
      al: '2027-03-31',
      giorni: '1',
      momenti: 'morning',
      comunque: 'si',
    });
    expect(await sent(['ida@example.org', '+393337654321'])).toEqual([
      'waiting-joined email',
      'waiting-joined sms',
    ]);
  });

  it('go to the app IO of nobody who has not said who they are', async () => {
    const refused = await reader().ask('/prenota/conferma', {
      ...ugo,
      nome: 'Eva',
      canale: 'app_io',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Questo canale qui non c’è');
  });
});

it('who is signed in opens their own appointment, also one that no e-mail address belongs to', async () => {
  const mine = eq(appointment.personId, jobseeker);
  await services.database.update(appointment).set({ contactEmail: null }).where(mine);
  const [met] = await services.database.select().from(appointment).where(mine);
  const actor = { kind: 'jobseeker' as const, personId: jobseeker };
  const rosa = reader(await as(services, actor));
  const opened = await rosa.ask('/appuntamento/apri', { id: met!.id });
  expect(opened.text).toContain('booking-code');
  expect(opened.text).toContain('Tutti i miei appuntamenti');
  expect((await rosa.ask('/appuntamento/giustifica')).text).toContain('name="racconto"');
  // Whose session is over has nothing open any more.
  const cookie = rosa.cookie();
  const stranger = await app.request('/appuntamento', { headers: { Cookie: cookie } });
  expect(await stranger.text()).not.toContain('booking-code');
});
