import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { formatCode } from '../../src/booking/rules/code.ts';
import { rows } from '../../src/platform/database.ts';
import { callTicket } from '../../src/reception/actions/call-person.ts';
import { checkIn, checkInAtDesk } from '../../src/reception/actions/check-in.ts';
import { readHall } from '../../src/reception/actions/read-hall.ts';
import { readQueue } from '../../src/reception/actions/read-queue.ts';
import { readTicket } from '../../src/reception/actions/read-ticket.ts';
import { setDesk } from '../../src/reception/actions/set-desk.ts';
import { takeStep } from '../../src/reception/actions/take-step.ts';
import { takeTicket } from '../../src/reception/actions/take-ticket.ts';
import { undoStep } from '../../src/reception/actions/undo-step.ts';
import { as, json, TEST_NOW, type TestServices, testApp, testServices } from '../support/app.ts';
import { meanwhile } from '../support/meanwhile.ts';
import { anOfficeWithAQueue } from './world.ts';

describe('the day at the office', () => {
  let services: TestServices;
  let world: Awaited<ReturnType<typeof anOfficeWithAQueue>>;

  beforeAll(async () => {
    services = await testServices();
    world = await anOfficeWithAQueue(services);
  });
  beforeEach(async () => {
    services.setNow(TEST_NOW);
    await world.clear();
  });
  afterAll(() => services.close());

  const at = (time: string) => services.setNow(`2027-03-04T${time}:00+01:00`);
  const slug = (problem: string) =>
    expect.objectContaining({ kind: expect.objectContaining({ slug: problem }) });

  /** Openings minus occupied time is what the day still has. */
  async function expectTimeToBalance() {
    const [found] = await rows<{ same: boolean }>(
      services.database,
      sql`select f.free = '{[2027-03-04 09:00+01, 2027-03-04 13:00+01)}'::tstzmultirange
          - coalesce((select range_agg(during) from occupied where active), '{}') as same
        from free_time f where day = '2027-03-04'`,
    );
    expect(found?.same).toBe(true);
  }

  it('numbers go on one by one, and say how many come before', async () => {
    const first = await world.walkIn();
    const second = await world.walkIn();
    expect([first.label, second.label]).toEqual(['A001', 'A002']);
    const { ahead, estimate } = await readTicket(world.anyone, second.id);
    expect(ahead).toBe(1);
    expect(estimate).toEqual({ today: true, fromMinutes: 15, toMinutes: 25, sure: true });
  });

  it('a walk-in never takes the place of a booking five minutes away', async () => {
    const booked = await world.book('09:05');
    const { id } = await world.walkIn();
    const { estimate } = await readTicket(world.anyone, id);
    expect(estimate).toMatchObject({ today: true, fromMinutes: 25, toMinutes: 25 });
    await expect(world.next()).rejects.toEqual(slug('nobody-to-call'));
    await checkIn(world.anyone, { officeId: world.officeId, code: formatCode(booked.code) });
    at('09:05');
    expect((await world.next()).appointmentId).toBe(booked.id);
    expect((await world.stateOf(booked.id))?.startsAt).toBe(
      Date.parse('2027-03-04T09:05:00+01:00'),
    );
  });

  it('nobody arrives for an appointment that was cancelled a moment before', async () => {
    const booked = await world.book('09:30');
    const database = meanwhile(services.database, () =>
      cancelAppointment(world.desk(), { id: booked.id }),
    );
    await expect(checkInAtDesk({ ...world.desk(), database }, booked.id)).rejects.toMatchObject({
      status: 409,
    });
    expect((await world.stateOf(booked.id))?.state).toBe('cancelled');
    const tickets = await rows(services.database, sql`select 1 from ticket`);
    expect(tickets).toHaveLength(0);
  });

  it('who is called without a booking takes the operator’s time, and gives back what is left', async () => {
    await world.walkIn();
    const called = await world.next();
    await expectTimeToBalance();
    const [{ taken }] = (await rows<{ taken: number }>(
      services.database,
      sql`select count(*)::int as taken from occupied where active`,
    )) as [{ taken: number }];
    expect(taken).toBe(1);
    await takeStep(world.desk(), { id: called.id, action: 'start' });
    at('09:07');
    await takeStep(world.desk(), { id: called.id, action: 'finish' });
    await expectTimeToBalance();
    expect(await world.stateOf(called.appointmentId!)).toMatchObject({
      state: 'seen',
      origin: 'walk-in',
      endsAt: Date.parse('2027-03-04T09:07:00+01:00'),
    });
  });

  it('called by force, a walk-in takes only what is free before the booking', async () => {
    await world.book('09:05');
    const { id } = await world.walkIn();
    const called = await callTicket(world.desk(), id);
    expect((await world.stateOf(called.appointmentId!))?.endsAt).toBe(
      Date.parse('2027-03-04T09:05:00+01:00'),
    );
    await expectTimeToBalance();
  });

  it('arriving twice gives one number; late arrival is noted, and keeps its place', async () => {
    const booked = await world.book('09:10');
    const office = { officeId: world.officeId, code: booked.code };
    at('09:25');
    const late = await checkIn(world.anyone, office);
    expect((await checkIn(world.anyone, office)).id).toBe(late.id);
    expect((await checkInAtDesk(world.desk(), booked.id)).id).toBe(late.id);
    await world.walkIn();
    const called = await world.next();
    expect(called.id).toBe(late.id);
    await takeStep(world.desk(), { id: late.id, action: 'finish' });
    expect((await world.stateOf(booked.id))?.state).toBe('late');
  });

  it('a code of another day, or of nothing, opens nothing', async () => {
    const office = { officeId: world.officeId };
    await expect(checkIn(world.anyone, { ...office, code: '0000000000' })).rejects.toEqual(
      slug('arrival-code-unknown'),
    );
    const booked = await world.book('09:10');
    services.setNow('2027-03-05T09:00:00+01:00');
    await expect(checkIn(world.anyone, { ...office, code: booked.code })).rejects.toEqual(
      slug('arrival-elsewhere'),
    );
  });

  it('when there is no time left today it says so; the desk may give a number all the same', async () => {
    at('12:50');
    await expect(world.walkIn()).rejects.toEqual(slug('not-today-any-more'));
    const { serviceId, officeId } = world;
    expect((await takeTicket(world.desk(), { officeId, serviceId })).label).toBe('A001');
  });

  it('who does not answer goes two places back, and is out after three calls', async () => {
    const people = [];
    for (let n = 0; n < 4; n++) {
      services.setNow(`2027-03-04T09:00:0${n}+01:00`);
      people.push(await world.walkIn());
    }
    const first = await world.next();
    expect(first.label).toBe('A001');
    await takeStep(world.desk(), { id: first.id, action: 'skip' });
    await expectTimeToBalance();
    const waiting = async () =>
      (await readQueue(world.desk(), world.officeId)).next.map(({ ticket }) => ticket.label);
    expect(await waiting()).toEqual(['A002', 'A003', 'A001', 'A004']);
    for (let n = 0; n < 2; n++) {
      await callTicket(world.desk(), first.id);
      await takeStep(world.desk(), { id: first.id, action: 'skip' });
    }
    expect((await readTicket(world.anyone, first.id)).ticket.state).toBe('skipped');
    expect(await waiting()).toEqual(['A002', 'A003', 'A004']);
  });

  it('handed on, somebody keeps the place of their arrival', async () => {
    const first = await world.walkIn();
    at('09:01');
    await world.walkIn();
    await world.next();
    await takeStep(world.desk(), { id: first.id, action: 'start' });
    await takeStep(world.desk(), {
      id: first.id,
      action: 'transfer',
      operatorId: world.operatorIds[0]!,
    });
    await expectTimeToBalance();
    expect((await world.next()).id).toBe(first.id);
  });

  it('what was done last is taken back, time and outcome with it', async () => {
    const booked = await world.book('09:00');
    await checkInAtDesk(world.desk(), booked.id);
    const { id } = await world.next();
    await takeStep(world.desk(), { id, action: 'finish' });
    expect((await undoStep(world.desk())).state).toBe('called');
    expect((await world.stateOf(booked.id))?.state).toBe('confirmed');
    expect((await undoStep(world.desk())).state).toBe('waiting');
    await expect(undoStep(world.desk())).rejects.toEqual(slug('nothing-to-undo'));
    await expectTimeToBalance();
  });

  it('a visit gets longer only while the time after it is free', async () => {
    await world.book('09:40');
    await world.walkIn();
    const { id } = await world.next();
    await takeStep(world.desk(), { id, action: 'extend' });
    await expectTimeToBalance();
    await expect(takeStep(world.desk(), { id, action: 'extend' })).rejects.toEqual(
      slug('time-not-free'),
    );
    await expectTimeToBalance();
  });

  it('the hall shows numbers and desks and names nobody', async () => {
    const booked = await world.book('09:00', 'Ermenegilda');
    await checkInAtDesk(world.desk(), booked.id);
    await setDesk(world.desk(), 'Sportello 3');
    await world.next();
    const hall = await readHall(world.anyone, { id: world.officeId });
    expect(hall.calls[0]).toMatchObject({ label: 'P001', desk: 'Sportello 3' });
    expect(JSON.stringify(hall)).not.toContain('Ermenegilda');
  });

  it('a phone takes a number without a login, keeps it sealed, and shows it live', async () => {
    const app = testApp(services);
    const arrival = await (await app.request('/arrivo/cpi-coda')).text();
    expect(arrival).toContain('Prendi il numero');
    const form = (fields: Record<string, string>, headers = {}) => ({
      method: 'POST',
      headers: { Origin: 'http://localhost:3000', ...headers },
      body: new URLSearchParams(fields),
    });
    const taken = await app.request('/arrivo/cpi-coda/numero', form({ servizio: world.serviceId }));
    expect(taken.headers.get('Location')).toBe('/biglietto');
    const Cookie = taken.headers.get('Set-Cookie')!.split(';')[0]!;
    const live = await app.request('/biglietto/vivo', { headers: { Cookie } });
    expect(await live.text()).toContain('A001');
    const again = { Cookie, 'If-None-Match': live.headers.get('ETag')! };
    expect((await app.request('/biglietto/vivo', { headers: again })).status).toBe(304);
    await world.next();
    const called = await app.request('/biglietto/vivo', { headers: again });
    expect(await called.text()).toContain('Tocca a te');
    expect(await (await app.request('/sala/cpi-coda')).text()).toContain('A001');
  });

  it('a wrong code is explained and stays in the form', async () => {
    const app = testApp(services);
    const answer = await app.request('/arrivo/cpi-coda/conferma', {
      method: 'POST',
      headers: { Origin: 'http://localhost:3000' },
      body: new URLSearchParams({ codice: '12345-67890' }),
    });
    expect(answer.status).toBe(404);
    const text = await answer.text();
    expect(text).toContain('12345-67890');
    expect(text).toContain('Nessuna prenotazione ha questo codice');
  });

  it('the day’s visits open in a spreadsheet and name nobody', async () => {
    const booked = await world.book('09:00', 'Ermenegilda');
    await checkInAtDesk(world.desk(), booked.id);
    const staff = await as(services, {
      kind: 'operator',
      operatorId: world.operatorIds[0]!,
      officeIds: [world.officeId],
    });
    const csv = await (
      await testApp(services).request('/operatore/coda/visite.csv', { headers: staff })
    ).text();
    expect(csv).toMatch(/^\uFEFF?Numero;Servizio;Stato/);
    expect(csv).toContain('P001;Primo colloquio;in attesa;9:00;9:00');
    expect(csv).not.toContain('Ermenegilda');
  });

  it('the API takes a number, calls it, and receives only staff', async () => {
    const app = testApp(services);
    const base = `/v1/offices/${world.officeId}`;
    const taken = await app.request(
      `${base}/tickets`,
      json('POST', { service_id: world.serviceId }),
    );
    expect(taken.status).toBe(201);
    const { ticket } = (await taken.json()) as { ticket: { id: string; label: string } };
    expect((await app.request(`${base}/calls`, json('POST', {}))).status).toBe(401);
    const staff = await as(services, {
      kind: 'operator',
      operatorId: world.operatorIds[0]!,
      officeIds: [world.officeId],
    });
    const called = await app.request(`${base}/calls`, json('POST', {}, staff));
    expect(await called.json()).toMatchObject({ label: ticket.label, state: 'called' });
    const again = await app.request(`${base}/calls`, json('POST', {}, staff));
    expect(again.status).toBe(409);
    const seen = await app.request(`/v1/tickets/${ticket.id}`);
    expect(await seen.json()).toMatchObject({ ticket: { state: 'called' }, ahead: 0 });
  });
});
