import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { acceptSeat } from '../../src/workshops/actions/accept-seat.ts';
import { cancelRegistration } from '../../src/workshops/actions/cancel-registration.ts';
import { lookUpRegistration } from '../../src/workshops/actions/look-up-registration.ts';
import { settleSeats } from '../../src/workshops/actions/pass-seats-on.ts';
import { recordAttendance } from '../../src/workshops/actions/record-attendance.ts';
import { register } from '../../src/workshops/actions/register.ts';
import { registrationById } from '../../src/workshops/store/registrations.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { aPerson } from '../support/fixtures.ts';
import { anOfficeWithSessions } from './world.ts';

let services: TestServices;
let world: Awaited<ReturnType<typeof anOfficeWithSessions>>;
const state = async (id: string) => (await registrationById(services.database, id))?.state;

beforeAll(async () => {
  services = await testServices();
  world = await anOfficeWithSessions(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.execute(sql`truncate group_session, outbox, audit_event cascade`);
  services.setNow(TEST_NOW);
});

describe('registering for a session', () => {
  it('gives the lowest free seat and a message with the calendar file', async () => {
    const session = await world.aSession();
    const anna = await world.signUp(session, 'Anna');
    const bruno = await world.signUp(session, 'Bruno');
    expect([anna, bruno]).toMatchObject([
      { state: 'registered', seat: 1 },
      { state: 'registered', seat: 2 },
    ]);
    expect(await world.told(anna.id)).toEqual(['session-registered', 'session-reminder']);
    await cancelRegistration(world.desk, { id: anna.id });
    expect(await world.signUp(session, 'Carla')).toMatchObject({ seat: 1 });
  });

  it('twice is answered «already registered», and writes nothing', async () => {
    const session = await world.aSession();
    const anna = await world.signUp(session, 'Anna');
    await expect(world.signUp(session, 'Anna')).rejects.toMatchObject({
      kind: { slug: 'already-registered' },
    });
    expect(await world.told(anna.id)).toHaveLength(2);
  });

  it('works again for one who was excused, under the same code', async () => {
    const session = await world.aSession();
    const anna = await world.signUp(session, 'Anna');
    await recordAttendance(world.desk, { id: anna.id, attendance: 'excused' });
    const back = await world.signUp(session, 'Anna');
    expect(back).toMatchObject({ id: anna.id, code: anna.code, state: 'registered', seat: 1 });
  });

  it('is refused when full, unless one is ready to wait', async () => {
    const session = await world.aSession({ seats: 1 });
    await world.signUp(session, 'Anna');
    await expect(world.signUp(session, 'Bruno', false)).rejects.toMatchObject({
      kind: { slug: 'session-full' },
    });
    expect(await world.signUp(session, 'Bruno')).toMatchObject({ state: 'waiting', before: 0 });
    expect(await world.signUp(session, 'Carla')).toMatchObject({ state: 'waiting', before: 1 });
  });

  it.each([
    ['before it opens', '2027-02-28T23:59:59+01:00'],
    ['when it is over', '2027-03-09T09:00:00+01:00'],
  ])('is refused %s', async (_, now) => {
    services.setNow('2027-02-20T09:00:00+01:00');
    const session = await world.aSession();
    services.setNow(now);
    await expect(world.signUp(session, 'Anna')).rejects.toMatchObject({
      kind: { slug: 'registration-closed' },
    });
  });

  it('asks a signed-in jobseeker nothing', async () => {
    const session = await world.aSession();
    const personId = await aPerson(services);
    const own = callAs(services, { kind: 'jobseeker', personId });
    const made = await register(own, { sessionId: session.id, orQueue: false });
    expect(made.person.id).toBe(personId);
    const other = callAs(services, { kind: 'jobseeker', personId: await aPerson(services) });
    await expect(cancelRegistration(other, { id: made.id })).rejects.toMatchObject({ status: 404 });
    expect((await cancelRegistration(own, { id: made.id })).registration.state).toBe('cancelled');
  });
});

describe('a seat that comes free', () => {
  async function fullWithTwoWaiting() {
    const session = await world.aSession({ seats: 1 });
    return {
      session,
      anna: await world.signUp(session, 'Anna'),
      bruno: await world.signUp(session, 'Bruno'),
      carla: await world.signUp(session, 'Carla'),
    };
  }

  it('is kept for the next in the queue; nobody gets in between', async () => {
    const { session, anna, bruno } = await fullWithTwoWaiting();
    await cancelRegistration(world.desk, { id: anna.id });
    const offered = await registrationById(services.database, bruno.id);
    expect(offered).toMatchObject({ state: 'offered', seat: 1 });
    expect(await world.told(bruno.id)).toEqual(['session-queued', 'session-seat-offered']);
    await expect(world.signUp(session, 'Dario', false)).rejects.toMatchObject({
      kind: { slug: 'session-full' },
    });
    const pass = { code: bruno.code, contact: 'bruno@example.org' };
    const anyone = callAs(services, ANONYMOUS);
    for (const _ of [1, 2]) {
      const { registration } = await acceptSeat(anyone, { id: bruno.id, pass });
      expect(registration).toMatchObject({ state: 'registered', seat: 1 });
    }
  });

  it('goes to the one after when the first lets it pass, who hears of it', async () => {
    const { anna, bruno, carla } = await fullWithTwoWaiting();
    await cancelRegistration(world.desk, { id: anna.id });
    const { expiresAt } = (await registrationById(services.database, bruno.id))!;
    services.setNow(new Date(expiresAt!).toISOString());
    await expect(
      acceptSeat(callAs(services, ANONYMOUS), {
        id: bruno.id,
        pass: { code: bruno.code, contact: 'bruno@example.org' },
      }),
    ).rejects.toMatchObject({ kind: { slug: 'seat-offer-over' } });
    await settleSeats(world.system);
    await settleSeats(world.system);
    expect([await state(bruno.id), await state(carla.id)]).toEqual(['lapsed', 'offered']);
    expect(await world.told(bruno.id)).toContain('session-offer-lapsed');
  });

  it('goes to the one after when the first declines', async () => {
    const { anna, bruno, carla } = await fullWithTwoWaiting();
    await cancelRegistration(world.desk, { id: anna.id });
    await cancelRegistration(world.desk, { id: bruno.id });
    expect([await state(bruno.id), await state(carla.id)]).toEqual(['cancelled', 'offered']);
  });

  it('is offered to nobody when the session is about to begin', async () => {
    const { anna, bruno } = await fullWithTwoWaiting();
    services.setNow('2027-03-09T08:50:00+01:00');
    await cancelRegistration(world.desk, { id: anna.id });
    expect(await state(bruno.id)).toBe('waiting');
  });
});

describe('the attendance list', () => {
  it('ticks off who came, and can be corrected for a week', async () => {
    const session = await world.aSession();
    const anna = await world.signUp(session, 'Anna');
    const tick = (attendance: 'came' | 'absent' | undefined) =>
      recordAttendance(world.desk, { id: anna.id, attendance });
    await expect(tick('came')).rejects.toMatchObject({ status: 409 });
    services.setNow('2027-03-09T09:30:00+01:00');
    expect((await tick('came')).state).toBe('came');
    await expect(tick('absent')).rejects.toMatchObject({ status: 409 });
    services.setNow('2027-03-09T12:30:00+01:00');
    expect((await tick('absent')).state).toBe('absent');
    expect((await tick(undefined)).state).toBe('registered');
    services.setNow('2027-03-17T12:30:00+01:00');
    await expect(tick('came')).rejects.toMatchObject({ status: 409 });
  });
});

describe('a registration', () => {
  it('opens by code and e-mail together', async () => {
    const session = await world.aSession();
    const anna = await world.signUp(session, 'Anna');
    const anyone = callAs(services, ANONYMOUS);
    const opened = await lookUpRegistration(anyone, {
      code: `${anna.code.slice(0, 5)}-${anna.code.slice(5)}`.toLowerCase(),
      contact: 'Anna@Example.org ',
    });
    expect(opened.session.id).toBe(session.id);
    await expect(
      lookUpRegistration(anyone, { code: anna.code, contact: 'bruno@example.org' }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
