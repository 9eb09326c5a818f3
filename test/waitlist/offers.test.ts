import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { releaseLapsed } from '../../src/booking/actions/release-lapsed.ts';
import { appointmentById, appointmentsOfPerson } from '../../src/booking/store/appointments.ts';
import { applyDisruption } from '../../src/disruption/actions/apply-disruption.ts';
import { previewDisruption } from '../../src/disruption/actions/preview-disruption.ts';
import { DAY, MINUTE } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { acceptOffer, declineOffer } from '../../src/waitlist/actions/answer-offer.ts';
import { changeWish } from '../../src/waitlist/actions/change-wish.ts';
import { joinList } from '../../src/waitlist/actions/join-list.ts';
import { leaveList } from '../../src/waitlist/actions/leave-list.ts';
import { lookUpEntry } from '../../src/waitlist/actions/look-up-entry.ts';
import { settleWaiting } from '../../src/waitlist/actions/settle-waiting.ts';
import { TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { aService } from '../support/fixtures.ts';
import { ANY_TIME, anOfficeWithAList, FRIDAY_NINE } from './world.ts';

let services: TestServices;
let world: Awaited<ReturnType<typeof anOfficeWithAList>>;

beforeAll(async () => {
  services = await testServices();
  world = await anOfficeWithAList(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await world.clear();
});

const tick = async () => {
  await releaseLapsed(world.system);
  await settleWaiting(world.system);
};

/** Time moves on to the moment at which the newest offer of an entry runs out. */
async function letLapse(entryId: string) {
  const { expiresAt } = await world.offer(entryId);
  services.setNow(new Date(expiresAt).toISOString());
  await tick();
}

/** Somebody had Friday at nine and cancels; Anna, Bruno and Carla wait, in this order. */
async function freedWithThreeWaiting() {
  const booked = await world.book('Rosa');
  const anna = await world.wait('Anna');
  services.setNow('2027-03-04T09:01:00+01:00');
  const bruno = await world.wait('Bruno');
  services.setNow('2027-03-04T09:02:00+01:00');
  const carla = await world.wait('Carla');
  await world.cancel(booked.id);
  return { anna, bruno, carla };
}

describe('time that comes free while three wait', () => {
  it('is never the public’s before those who wait were asked', async () => {
    await freedWithThreeWaiting();
    expect(await world.isPublic()).toBe(false);
    await tick();
    expect(await world.isPublic()).toBe(false);
  });

  it('is kept for the first, then the second, then the third, then is everybody’s', async () => {
    const { anna, bruno, carla } = await freedWithThreeWaiting();
    await tick();
    await tick();
    expect(await world.state(anna.id)).toEqual({ entry: 'waiting', offer: 'open' });
    expect(await world.state(bruno.id)).toMatchObject({ offer: undefined });
    expect(await world.told(anna.id)).toEqual(['waiting-joined', 'waiting-offer']);
    const { expiresAt, madeAt } = await world.offer(anna.id);
    expect(expiresAt - madeAt).toBe(120 * MINUTE);

    await letLapse(anna.id);
    expect(await world.state(anna.id)).toEqual({ entry: 'waiting', offer: 'lapsed' });
    expect(await world.told(anna.id)).toContain('waiting-offer-lapsed');
    expect(await world.state(bruno.id)).toMatchObject({ offer: 'open' });
    expect(await world.isPublic()).toBe(false);

    const { pass } = bruno;
    await declineOffer(world.anyone, {
      entryId: bruno.id,
      offerId: (await world.offer(bruno.id)).id,
      pass,
    });
    expect(await world.state(carla.id)).toMatchObject({ offer: 'open' });
    expect(await world.isPublic()).toBe(false);

    await letLapse(carla.id);
    expect(await world.isPublic()).toBe(true);
    await world.book('Dario');
  });

  it('is the appointment of whoever takes it, with code, message and reminder', async () => {
    const { anna, bruno } = await freedWithThreeWaiting();
    await tick();
    const answer = { entryId: anna.id, offerId: (await world.offer(anna.id)).id, pass: anna.pass };
    for (const _ of [1, 2]) {
      expect((await acceptOffer(world.anyone, answer)).entry.state).toBe('served');
    }
    const [appointment] = await appointmentsOfPerson(services.database, anna.person.id);
    expect(appointment).toMatchObject({ state: 'confirmed', startsAt: FRIDAY_NINE });
    expect(appointment?.contactEmail).toBe('anna@example.org');
    expect(await world.told(appointment!.id)).toContain('appointment-confirmed');
    await tick();
    services.setNow('2027-03-05T08:00:00+01:00');
    await tick();
    expect(await world.state(bruno.id)).toMatchObject({ entry: 'waiting', offer: undefined });
    expect((await appointmentById(services.database, appointment!.id))?.state).toBe('confirmed');
  });

  it('cannot be taken when the time to answer is over', async () => {
    const { anna } = await freedWithThreeWaiting();
    await tick();
    const offer = await world.offer(anna.id);
    services.setNow(new Date(offer.expiresAt).toISOString());
    await expect(
      acceptOffer(world.anyone, { entryId: anna.id, offerId: offer.id, pass: anna.pass }),
    ).rejects.toMatchObject({ kind: { slug: 'offer-over' }, status: 410 });
  });

  it('goes on to the next when the first leaves the list', async () => {
    const { anna, bruno } = await freedWithThreeWaiting();
    await tick();
    await leaveList(world.anyone, { id: anna.id, pass: anna.pass });
    expect(await world.state(anna.id)).toEqual({ entry: 'left', offer: 'withdrawn' });
    expect(await world.state(bruno.id)).toMatchObject({ offer: 'open' });
  });

  it('is taken back, and they are told, when the office closes', async () => {
    const { anna, bruno } = await freedWithThreeWaiting();
    await tick();
    const closure = {
      kind: 'closure' as const,
      officeId: world.officeId,
      operatorId: undefined,
      during: { start: FRIDAY_NINE, end: FRIDAY_NINE + 4 * 60 * MINUTE },
    };
    const { token } = await previewDisruption(world.desk, closure);
    await applyDisruption(world.desk, { ...closure, reason: 'guasto', token });
    expect(await world.state(anna.id)).toEqual({ entry: 'waiting', offer: 'withdrawn' });
    expect(await world.told(anna.id)).toEqual(['waiting-offer-withdrawn']);
    await tick();
    expect(await world.state(bruno.id)).toEqual({ entry: 'waiting', offer: undefined });
    await services.database.execute(sql`truncate disruption, closure cascade`);
  });

  it('is asked of somebody whose meeting is due first', async () => {
    const { anna } = await freedWithThreeWaiting();
    const dario = await world.wait('Dario', {
      deadline: { day: '2027-03-10', kind: 'first-contact' },
    });
    await tick();
    expect(await world.state(dario.id)).toMatchObject({ offer: 'open' });
    expect(await world.state(anna.id)).toMatchObject({ offer: undefined });
    expect((await lookUpEntry(world.anyone, anna.pass)).before).toBe(1);
  });
});

describe('time that suits nobody who waits', () => {
  it('is everybody’s at the next half minute', async () => {
    const booked = await world.book('Rosa');
    await world.wait('Anna', { when: { ...ANY_TIME, weekdays: [1] } });
    await world.cancel(booked.id);
    expect(await world.isPublic()).toBe(false);
    await tick();
    expect(await world.isPublic()).toBe(true);
  });

  it('is everybody’s when it is too near for an answer', async () => {
    const booked = await world.book('Rosa');
    await world.wait('Anna');
    services.setNow('2027-03-05T08:50:00+01:00');
    await world.cancel(booked.id);
    await tick();
    expect(await world.isPublic()).toBe(true);
  });

  it('stays closed for the release delay of its service, then opens', async () => {
    const slow = await aService(services, { waitingList: true, releaseDelayMinutes: 60 });
    const booked = await bookAppointment(world.anyone, {
      serviceId: slow,
      officeId: world.officeId,
      start: FRIDAY_NINE,
      person: world.person('Rosa'),
    });
    await world.cancel(booked.id);
    await tick();
    expect(await world.isPublic()).toBe(false);
    services.setNow('2027-03-04T09:59:00+01:00');
    await tick();
    expect(await world.isPublic()).toBe(false);
    services.setNow('2027-03-04T10:00:00+01:00');
    await tick();
    expect(await world.isPublic()).toBe(true);
  });
});

describe('somebody who has an appointment', () => {
  it('is offered only earlier time, is moved there in one step, and their old time is offered on', async () => {
    const early = await world.book('Rosa');
    const later = FRIDAY_NINE + 7 * DAY;
    const own = await world.book('Anna', later);
    const anna = await world.wait('Anna');
    const bruno = await world.wait('Bruno', {
      when: { ...ANY_TIME, fromDay: '2027-03-08' },
    });
    await world.cancel(early.id);
    await tick();
    await acceptOffer(world.anyone, {
      entryId: anna.id,
      offerId: (await world.offer(anna.id)).id,
      pass: anna.pass,
    });
    const moved = await appointmentById(services.database, own.id);
    expect(moved).toMatchObject({ startsAt: FRIDAY_NINE, code: own.code, state: 'confirmed' });
    expect(await world.told(own.id)).toContain('appointment-moved');
    const open = await rows<{ n: number }>(
      services.database,
      sql`select count(*)::int as n from appointment where state in ('confirmed', 'held')`,
    );
    expect(open[0]?.n).toBe(1);
    await tick();
    expect(await world.offer(bruno.id)).toMatchObject({ state: 'open', startsAt: later });
  });

  it('is not offered later time', async () => {
    const later = await world.book('Rosa', FRIDAY_NINE + 7 * DAY);
    await world.book('Anna');
    const anna = await world.wait('Anna');
    await world.cancel(later.id);
    await tick();
    expect(await world.state(anna.id)).toMatchObject({ offer: undefined });
    expect(await world.isPublic(FRIDAY_NINE + 7 * DAY)).toBe(true);
  });

  it.each([
    ['that the office took away: any time suits, and it is moved there', 'displaced'],
    ['whose hour passed and nobody said how it went: it counts no more', 'past'],
  ])('%s', async (_, what) => {
    const own = await world.book('Anna');
    const later = await world.book('Rosa', FRIDAY_NINE + 7 * DAY);
    if (what === 'displaced') {
      await services.database.execute(
        sql`with gone as (delete from occupied where appointment_id = ${own.id}::uuid)
          update appointment set state = 'displaced' where id = ${own.id}::uuid`,
      );
    } else services.setNow('2027-03-05T12:00:00+01:00');
    const anna = await world.wait('Anna');
    await world.cancel(later.id);
    await tick();
    const offer = await world.offer(anna.id);
    expect(offer).toMatchObject({ state: 'open', startsAt: FRIDAY_NINE + 7 * DAY });
    await acceptOffer(world.anyone, { entryId: anna.id, offerId: offer.id, pass: anna.pass });
    const taken = await rows<{ id: string }>(
      services.database,
      sql`select id from appointment where state = 'confirmed' and starts_at > ${'2027-03-06'}::timestamptz`,
    );
    expect(taken).toHaveLength(1);
    expect(taken[0]!.id === own.id).toBe(what === 'displaced');
  });
});

describe('the list', () => {
  it('has a person once for a service', async () => {
    await world.wait('Anna');
    await expect(world.wait('Anna')).rejects.toMatchObject({ kind: { slug: 'already-waiting' } });
  });

  it('asks nobody two things at once', async () => {
    const first = await world.book('Rosa');
    const second = await world.book('Sara', FRIDAY_NINE + 30 * MINUTE);
    const anna = await world.wait('Anna');
    services.setNow('2027-03-04T09:01:00+01:00');
    const bruno = await world.wait('Bruno');
    await world.cancel(first.id);
    await world.cancel(second.id);
    await tick();
    expect((await world.offer(anna.id)).startsAt).toBe(FRIDAY_NINE);
    expect((await world.offer(bruno.id)).startsAt).toBe(FRIDAY_NINE + 30 * MINUTE);
  });

  it('ends for whoever let three offers pass, who hears of it', async () => {
    const anna = await world.wait('Anna');
    for (const minutes of [0, 30, 60]) {
      const booked = await world.book('Rosa', FRIDAY_NINE + minutes * MINUTE);
      await world.cancel(booked.id);
      await tick();
      await declineOffer(world.anyone, {
        entryId: anna.id,
        offerId: (await world.offer(anna.id)).id,
        pass: anna.pass,
      });
    }
    expect(await world.state(anna.id)).toMatchObject({ entry: 'ended' });
    expect(await world.told(anna.id)).toContain('waiting-ended');
    await world.wait('Anna');
  });

  it('ends when the days that suit have passed', async () => {
    const anna = await world.wait('Anna', { when: { ...ANY_TIME, toDay: '2027-03-05' } });
    services.setNow('2027-03-05T23:59:00+01:00');
    await tick();
    expect(await world.state(anna.id)).toMatchObject({ entry: 'waiting' });
    services.setNow('2027-03-06T00:01:00+01:00');
    await tick();
    expect(await world.state(anna.id)).toMatchObject({ entry: 'ended' });
  });

  it('lets wishes change without losing one’s place', async () => {
    const anna = await world.wait('Anna');
    const changed = await changeWish(world.anyone, {
      id: anna.id,
      pass: anna.pass,
      when: { ...ANY_TIME, parts: ['afternoon'] },
    });
    expect(changed.entry.wish.parts).toEqual(['afternoon']);
    expect(changed.entry.joinedAt).toBe(anna.joinedAt);
    expect(changed.before).toBe(0);
  });

  it('is not kept for a service without one', async () => {
    const without = await aService(services);
    await expect(world.wait('Anna', { serviceId: without })).rejects.toMatchObject({
      kind: { slug: 'no-waiting-list' },
    });
  });

  it('leaves a deadline to the staff', async () => {
    await expect(
      joinList(world.anyone, {
        serviceId: world.serviceId,
        where: { officeIds: [world.officeId] },
        when: ANY_TIME,
        person: world.person('Anna'),
        deadline: { day: '2027-03-10', kind: 'other' },
      }),
    ).rejects.toMatchObject({ status: 403 });
  });
});
