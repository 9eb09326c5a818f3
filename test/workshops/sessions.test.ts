import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { listStarts } from '../../src/booking/actions/list-starts.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { DAY } from '../../src/platform/clock.ts';
import { cancelRegistration } from '../../src/workshops/actions/cancel-registration.ts';
import { cancelSession } from '../../src/workshops/actions/cancel-session.ts';
import { createSessions } from '../../src/workshops/actions/create-sessions.ts';
import { editSession } from '../../src/workshops/actions/edit-session.ts';
import { listSessions, readSession } from '../../src/workshops/actions/read-sessions.ts';
import { registrationsOf } from '../../src/workshops/store/registrations.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { aService } from '../support/fixtures.ts';
import { anOfficeWithSessions, DETAILS, TUESDAY_TEN } from './world.ts';

let services: TestServices;
let world: Awaited<ReturnType<typeof anOfficeWithSessions>>;
let serviceId: string;

beforeAll(async () => {
  services = await testServices();
  world = await anOfficeWithSessions(services);
  serviceId = await aService(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.execute(
    sql`truncate group_session, closure, appointment, occupied, outbox, audit_event, free_time cascade`,
  );
  await rebuildFreeTime(world.system, { days: 60 });
  services.setNow(TEST_NOW);
});

/** Starts that can be booked on the Tuesday of the session. */
async function bookable(): Promise<number> {
  const { starts } = await listStarts(callAs(services, ANONYMOUS), {
    serviceId,
    officeId: world.officeId,
    window: { start: TUESDAY_TEN - 10 * 3600_000, end: TUESDAY_TEN + 14 * 3600_000 },
  });
  return starts.length;
}

describe('a session', () => {
  it('takes the time of those who lead it, and gives it back when it is cancelled', async () => {
    const before = await bookable();
    const session = await world.aSession({ leaderIds: [world.operatorId] });
    expect(session.leaders).toMatchObject([{ id: world.operatorId }]);
    // From nine to ten and from twelve to one is left: three starts each on the quarter hour.
    expect(await bookable()).toBe(6);
    await cancelSession(world.desk, { id: session.id });
    expect(await bookable()).toBe(before);
  });

  it('is refused when its leader has an appointment then, and nothing is written', async () => {
    await bookAppointment(callAs(services, ANONYMOUS), {
      serviceId,
      officeId: world.officeId,
      start: TUESDAY_TEN + 3600_000,
      person: world.comer('Rosa'),
    });
    const before = await bookable();
    await expect(world.aSession({ leaderIds: [world.operatorId] })).rejects.toMatchObject({
      kind: { slug: 'leader-busy' },
    });
    expect(await bookable()).toBe(before);
    expect(await listSessions(world.desk, { window: window() })).toEqual([]);
  });

  it('cannot be led by somebody who leads another at that time', async () => {
    await world.aSession({ leaderIds: [world.operatorId] });
    await expect(
      world.aSession({ leaderIds: [world.operatorId], startsAt: TUESDAY_TEN + 1800_000 }),
    ).rejects.toMatchObject({ kind: { slug: 'leader-busy' } });
  });

  it('of a series is held at the same hour on the wall, holidays left out', async () => {
    const made = await createSessions(world.desk, {
      officeId: world.officeId,
      // 22 and 29 March 2027; the second is Easter Monday; 5 April follows the change of the clocks.
      details: {
        ...DETAILS,
        startsAt: Date.parse('2027-03-22T10:00:00+01:00'),
        endsAt: Date.parse('2027-03-22T12:00:00+01:00'),
        registrationClosesAt: Date.parse('2027-03-22T09:00:00+01:00'),
      },
      published: true,
      series: { weeks: 1, times: 3 },
    });
    expect(made.map((one) => new Date(one.startsAt).toISOString())).toEqual([
      '2027-03-22T09:00:00.000Z',
      '2027-04-05T08:00:00.000Z',
    ]);
    expect(new Set(made.map((one) => one.seriesId)).size).toBe(1);
    await cancelSession(world.desk, { id: made[0]!.id });
    expect((await readSession(world.desk, made[1]!.id)).state).toBe('published');
  });

  it('in draft is seen by its office only', async () => {
    const session = await world.aSession({}, { published: false });
    await expect(readSession(callAs(services, ANONYMOUS), session.id)).rejects.toMatchObject({
      status: 404,
    });
    expect((await readSession(world.desk, session.id)).state).toBe('draft');
    expect(await listSessions(world.desk, { window: window() })).toEqual([]);
  });
});

describe('changing a session', () => {
  const edit = (id: string, details: object) =>
    editSession(world.desk, { id, details: { ...DETAILS, ...details }, published: true });

  it('never leaves fewer seats than are taken, and says so', async () => {
    const session = await world.aSession({ seats: 3 });
    await world.signUp(session, 'Anna');
    await world.signUp(session, 'Bruno');
    await expect(edit(session.id, { seats: 1 })).rejects.toMatchObject({
      kind: { slug: 'seats-taken' },
    });
    expect((await edit(session.id, { seats: 2 })).seats).toBe(2);
  });

  it('moves those on higher seats to free lower ones', async () => {
    const session = await world.aSession({ seats: 3 });
    const [anna] = [await world.signUp(session, 'Anna'), await world.signUp(session, 'Bruno')];
    await world.signUp(session, 'Carla');
    await cancelRegistration(world.desk, { id: anna.id });
    await edit(session.id, { seats: 2 });
    const seats = (await registrationsOf(services.database, session.id)).flatMap(
      ({ seat }) => seat ?? [],
    );
    expect(seats).toEqual([1, 2]);
  });

  it('tells those registered of another time, once', async () => {
    const session = await world.aSession();
    const anna = await world.signUp(session, 'Anna');
    const later = {
      startsAt: TUESDAY_TEN + 3600_000,
      endsAt: TUESDAY_TEN + 2 * 3600_000,
    };
    await edit(session.id, later);
    await edit(session.id, later);
    expect(await world.told(anna.id)).toEqual(['session-changed', 'session-reminder']);
  });

  it('offers new seats to those who wait', async () => {
    const session = await world.aSession({ seats: 1 });
    await world.signUp(session, 'Anna');
    const bruno = await world.signUp(session, 'Bruno');
    expect(bruno).toMatchObject({ state: 'waiting', before: 0 });
    await edit(session.id, { seats: 2 });
    expect(await registrationsOf(services.database, session.id)).toMatchObject([
      { state: 'registered', seat: 1 },
      { state: 'offered', seat: 2 },
    ]);
  });
});

describe('cancelling a session', () => {
  it('tells everybody once, counts against nobody, and stays cancelled', async () => {
    const session = await world.aSession({ seats: 1 });
    const anna = await world.signUp(session, 'Anna');
    const bruno = await world.signUp(session, 'Bruno');
    for (const _ of [1, 2]) {
      const cancelled = await cancelSession(world.desk, { id: session.id, reason: 'Sciopero' });
      expect(cancelled.state).toBe('cancelled');
    }
    for (const { id } of [anna, bruno]) expect(await world.told(id)).toEqual(['session-cancelled']);
    expect(await registrationsOf(services.database, session.id)).toMatchObject([
      { state: 'revoked' },
      { state: 'revoked' },
    ]);
  });

  it('is refused once it has begun', async () => {
    const session = await world.aSession();
    services.setNow('2027-03-09T10:30:00+01:00');
    await expect(cancelSession(world.desk, { id: session.id })).rejects.toMatchObject({
      kind: { slug: 'session-closed' },
    });
  });
});

function window() {
  return { start: TUESDAY_TEN - DAY, end: TUESDAY_TEN + DAY };
}
