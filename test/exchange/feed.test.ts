import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { createFeedPassword } from '../../src/exchange/actions/create-feed-password.ts';
import { listFeedPasswords } from '../../src/exchange/actions/list-feed-passwords.ts';
import { revokeFeedPassword } from '../../src/exchange/actions/revoke-feed-password.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { rows } from '../../src/platform/database.ts';
import { as, callAs, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

const ADMINISTRATOR = { kind: 'administrator', userId: 'test' } as const;
const PATH = '/calendari/operatore.ics';

describe('an operator’s agenda in their own calendar', () => {
  let services: TestServices;
  let app: ReturnType<typeof testApp>;
  let officeId: string;
  let operatorId: string;
  let serviceId: string;
  let given: { username: string; password: string };

  beforeAll(async () => {
    services = await testServices();
    app = testApp(services);
    officeId = await anOffice(services, { code: 'cpi-prova' });
    operatorId = await anOperator(services, officeId);
    await weekdayMornings(services, officeId);
    serviceId = await aService(services);
    await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 60 });
    // One before the clocks change, one after.
    await book('2027-03-26T09:00:00+01:00', 'a@example.org');
    await book('2027-03-30T09:00:00+02:00', 'b@example.org');
    given = await createFeedPassword(operator(), 'telefono');
  });
  afterAll(() => services.close());

  const actor = () => ({ kind: 'operator' as const, operatorId, officeIds: [officeId] });
  const operator = () => callAs(services, actor());
  const book = (start: string, email: string) =>
    bookAppointment(callAs(services, ANONYMOUS), {
      serviceId,
      officeId,
      start: Date.parse(start),
      person: {
        givenName: 'Rosa',
        familyName: 'Ermellino',
        email,
        phone: undefined,
        taxCode: undefined,
        domicile: undefined,
      },
    });
  const ask = (username: string, password: string, headers: Record<string, string> = {}) =>
    app.request(PATH, {
      headers: { Authorization: `Basic ${btoa(`${username}:${password}`)}`, ...headers },
    });

  it('opens with the name and the password made for it, and shows initials only', async () => {
    const answer = await ask(given.username, given.password);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/calendar/);
    const text = await answer.text();
    expect(text).toContain('SUMMARY:Primo colloquio – R. E.');
    expect(text).not.toMatch(/Rosa|Ermellino|example\.org/);
  });

  it('keeps nine o’clock at nine on both sides of the change of clocks', async () => {
    const text = await (await ask(given.username, given.password)).text();
    expect(text).toContain('DTSTART;TZID=Europe/Rome:20270326T090000');
    expect(text).toContain('DTSTART;TZID=Europe/Rome:20270330T090000');
    expect(text).toContain('BEGIN:VTIMEZONE');
    const shown = await app.request(
      `/v1/appointments?office_id=${officeId}&from=2027-03-26&to=2027-03-30`,
      { headers: await as(services, actor()) },
    );
    const { items } = (await shown.json()) as { items: { starts_at: string }[] };
    expect(items.map(({ starts_at }) => new Date(starts_at).toISOString())).toEqual([
      '2027-03-26T08:00:00.000Z',
      '2027-03-30T07:00:00.000Z',
    ]);
  });

  it('is refused alike without, with another’s or with a wrong password, and asks for one', async () => {
    for (const answer of [
      await app.request(PATH),
      await ask(given.username, 'AAAAA-AAAAA-AAAAA-AAAAA'),
      await ask('agenda-nobody', given.password),
    ]) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    }
    // Typed by hand: without hyphens, in small letters.
    const typed = given.password.replaceAll('-', '').toLowerCase();
    expect((await ask(given.username, typed)).status).toBe(200);
  });

  it('is not sent again while it is the same, and tells of what was cancelled', async () => {
    const first = await ask(given.username, given.password);
    const tag = first.headers.get('etag')!;
    const again = await ask(given.username, given.password, { 'If-None-Match': tag });
    expect(again.status).toBe(304);
    const [one] = await rows<{ id: string }>(
      services.database,
      sql`select id from appointment order by starts_at limit 1`,
    );
    await cancelAppointment(callAs(services, ADMINISTRATOR), { id: one!.id });
    const changed = await ask(given.username, given.password, { 'If-None-Match': tag });
    expect(changed.status).toBe(200);
    const text = await changed.text();
    const event = text.slice(text.indexOf(`UID:${one!.id}`)).split('END:VEVENT')[0];
    expect(event).toContain('STATUS:CANCELLED');
    expect(event).toContain('SEQUENCE:1');
  });

  it('keeps of the password only what cannot be turned back, and stops when it is revoked', async () => {
    const kept = JSON.stringify(await rows(services.database, sql`select * from feed_password`));
    expect(kept).not.toContain(given.password);
    expect(services.logged.join()).not.toContain(given.password);
    const [listed] = await listFeedPasswords(operator());
    expect(listed).toMatchObject({ name: 'telefono', lastUsedAt: services.clock.now() });
    await expect(
      revokeFeedPassword(callAs(services, { ...actor(), operatorId: services.ids() }), listed!.id),
    ).rejects.toThrow();
    await revokeFeedPassword(operator(), listed!.id);
    expect((await ask(given.username, given.password)).status).toBe(401);
  });

  it('gives ten passwords at most', async () => {
    for (let made = 0; made < 10; made++) await createFeedPassword(operator(), `n. ${made}`);
    await expect(createFeedPassword(operator(), 'one more')).rejects.toMatchObject({ status: 409 });
  });
});
