import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { confirmHold } from '../../src/booking/actions/confirm-hold.ts';
import { findEarliest } from '../../src/booking/actions/find-earliest.ts';
import { holdStart, releaseHold } from '../../src/booking/actions/hold-start.ts';
import { listStarts } from '../../src/booking/actions/list-starts.ts';
import { moveAppointment } from '../../src/booking/actions/move-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { freedTime } from '../../src/booking/table.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { MINUTE } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { anOffice, anOperator, aPerson, aService, weekdayMornings } from '../support/fixtures.ts';

let services: TestServices;
let officeId: string;
let serviceId: string;
let operatorId: string;

const NINE = Date.parse('2027-03-05T09:00:00+01:00');
const DAY = { start: NINE, end: NINE + 4 * 60 * MINUTE };
const visitor = () => callAs(services, ANONYMOUS);
const system = () => callAs(services, { kind: 'system', task: 'test' });
const person = (n: number) => ({
  givenName: 'Rosa',
  familyName: 'Rossi',
  email: `person${n}@example.org`,
  phone: undefined,
  taxCode: undefined,
  domicile: undefined,
});
const hold = (start = NINE, more: { token?: string; minutes?: number; network?: string } = {}) =>
  holdStart(visitor(), { serviceId, officeId, start, ...more });
const book = (n: number, start = NINE, more = {}) =>
  bookAppointment(visitor(), { serviceId, officeId, start, person: person(n), ...more });
const later = (minutes: number) =>
  services.setNow(new Date(services.clock.now() + minutes * MINUTE).toISOString());
const starts = async (more = {}) =>
  (await listStarts(visitor(), { serviceId, officeId, window: DAY, ...more })).starts.map(
    ({ start }) => (start - NINE) / MINUTE,
  );

beforeAll(async () => {
  services = await testServices({ environment: { MAX_HELD_PER_ADDRESS: '2' } });
  officeId = await anOffice(services);
  operatorId = await anOperator(services, officeId, { languages: ['it', 'fr'] });
  await weekdayMornings(services, officeId);
  serviceId = await aService(services, { gridMinutes: 30, otherDurations: [90] });
});
afterAll(() => services.close());

beforeEach(async () => {
  services.setNow('2027-03-04T09:00:00+01:00');
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, person, freed_time cascade`,
  );
  await rebuildFreeTime(system(), { days: 10 });
});

describe('a start kept while the form is filled in', () => {
  it('is hidden from others and cannot be booked by them', async () => {
    await hold();
    expect(await starts()).not.toContain(0);
    await expect(book(1)).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
  });

  it('becomes the appointment, told once, with the time still occupied', async () => {
    const kept = await hold();
    const booked = await confirmHold(visitor(), { ...kept, person: person(1) });
    expect(booked).toMatchObject({ id: kept.id, state: 'confirmed', startsAt: NINE });
    later(60);
    expect(await starts()).not.toContain(0);
    const [told] = await rows<{ count: number }>(
      services.database,
      sql`select count(*)::int as count from outbox where kind = 'appointment-confirmed'`,
    );
    expect(told?.count).toBe(1);
  });

  it('goes back to everybody when its ten minutes are over', async () => {
    const kept = await hold();
    later(10);
    expect(await starts()).toContain(0);
    await expect(confirmHold(visitor(), { ...kept, person: person(1) })).rejects.toMatchObject({
      kind: { slug: 'hold-expired', status: 410 },
    });
  });

  it('that lapsed does not stand in the way of a booking, even when nothing swept it away', async () => {
    await hold();
    later(11);
    expect(await book(2)).toMatchObject({ state: 'confirmed' });
  });

  it('cannot be confirmed twice, nor by a stranger', async () => {
    const kept = await hold();
    const stranger = { ...kept, token: '0'.repeat(32) };
    await expect(confirmHold(visitor(), { ...stranger, person: person(1) })).rejects.toMatchObject({
      status: 404,
    });
    await confirmHold(visitor(), { ...kept, person: person(1) });
    await expect(confirmHold(visitor(), { ...kept, person: person(1) })).rejects.toMatchObject({
      kind: { slug: 'hold-already-confirmed', status: 412 },
    });
  });

  it('is one for each holder: five quick clicks keep one, another start replaces it', async () => {
    const first = await hold();
    const again = await Promise.all([1, 2, 3, 4].map(() => hold(NINE, { token: first.token })));
    expect(new Set(again.map(({ id }) => id))).toEqual(new Set([first.id]));
    await hold(NINE + 30 * MINUTE, { token: first.token });
    expect((await starts()).slice(0, 3)).toEqual([0, 60, 90]);
  });

  it('can be given back, twice too', async () => {
    const kept = await hold();
    await releaseHold(visitor(), kept);
    await releaseHold(visitor(), kept);
    expect(await starts()).toContain(0);
  });

  it('of a person who has that appointment already is refused when confirmed, and stays', async () => {
    await book(1);
    const kept = await hold(NINE + 60 * MINUTE);
    await expect(confirmHold(visitor(), { ...kept, person: person(1) })).rejects.toMatchObject({
      kind: { slug: 'already-booked' },
    });
    expect(await starts()).not.toContain(60);
  });
});

describe('cancelled time', () => {
  it('of a service with a release delay comes back only after it', async () => {
    const delayed = await aService(services, { releaseDelayMinutes: 30, gridMinutes: 30 });
    const booked = await bookAppointment(visitor(), {
      serviceId: delayed,
      officeId,
      start: NINE,
      person: person(1),
    });
    await cancelAppointment(visitor(), {
      id: booked.id,
      pass: { code: booked.code, contact: 'person1@example.org' },
    });
    expect(await starts()).not.toContain(0);
    await expect(book(2)).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
    later(30);
    expect(await starts()).toContain(0);
    expect(await book(2)).toMatchObject({ state: 'confirmed' });
  });

  it('of a service with a waiting list stays closed until those who wait were looked at', async () => {
    const awaited = await aService(services, { waitingList: true, gridMinutes: 30 });
    const booked = await bookAppointment(visitor(), {
      serviceId: awaited,
      officeId,
      start: NINE,
      person: person(1),
    });
    await cancelAppointment(system(), { id: booked.id });
    expect(await starts()).not.toContain(0);
    const freed = await services.database.select().from(freedTime);
    expect(freed).toMatchObject([{ operatorId, serviceId: awaited, withheldBy: booked.id }]);
    later(6);
    expect(await starts()).toContain(0);
  });
});

describe('an appointment', () => {
  it('of another length that the service offers takes that long, and keeps it when moved', async () => {
    expect(await starts({ minutes: 90 })).toEqual([0, 30, 60, 90, 120, 150]);
    const long = await book(1, NINE, { minutes: 90 });
    expect(long.endsAt - long.startsAt).toBe(90 * MINUTE);
    await expect(book(2, NINE, { minutes: 45 })).rejects.toMatchObject({ status: 422 });
    const moved = await moveAppointment(system(), { id: long.id, start: NINE + 30 * MINUTE });
    expect(moved.endsAt - moved.startsAt).toBe(90 * MINUTE);
  });

  it('with two operators together is offered only while both are free, and takes both', async () => {
    const colleague = await anOperator(services, officeId);
    await rebuildFreeTime(system(), { days: 10 });
    const together = await aService(services, { operators: 2, gridMinutes: 30 });
    const wanted = { serviceId: together, officeId };
    const free = async () =>
      (await listStarts(visitor(), { ...wanted, window: DAY })).starts.map(
        ({ start }) => (start - NINE) / MINUTE,
      );
    await book(1);
    expect((await free())[0]).toBe(30);
    const { offers } = await findEarliest(visitor(), {
      serviceId: together,
      place: { officeIds: [officeId] },
      limit: 5,
    });
    expect(offers[0]?.start).toBeDefined();
    await bookAppointment(visitor(), { ...wanted, start: NINE + 30 * MINUTE, person: person(2) });
    expect(await starts()).not.toContain(30);
    await expect(
      bookAppointment(visitor(), { ...wanted, start: NINE, person: person(3) }),
    ).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
    await services.database.execute(
      sql`update operator set active = false where id = ${colleague}::uuid`,
    );
  });

  it('in French is only with somebody who speaks it', async () => {
    expect(await starts({ language: 'fr' })).toContain(0);
    expect(await starts({ language: 'uk' })).toEqual([]);
    await expect(book(1, NINE, { language: 'uk' })).rejects.toMatchObject({
      kind: { slug: 'slot-taken' },
    });
  });

  it('with time kept free before it starts no earlier than that', async () => {
    const prepared = await aService(services, { bufferBeforeMinutes: 30, gridMinutes: 30 });
    const found = await listStarts(visitor(), { serviceId: prepared, officeId, window: DAY });
    expect((found.starts[0]!.start - NINE) / MINUTE).toBe(30);
    await bookAppointment(visitor(), {
      serviceId: prepared,
      officeId,
      start: NINE + 60 * MINUTE,
      person: person(1),
    });
    expect((await starts()).slice(0, 3)).toEqual([0, 90, 120]);
  });

  it('to follow up is with one’s own operator, for whoever has one', async () => {
    const followUp = await aService(services, { ownOperator: true, gridMinutes: 30 });
    const wanted = { serviceId: followUp, officeId, start: NINE };
    await expect(
      bookAppointment(visitor(), { ...wanted, person: person(1) }),
    ).rejects.toMatchObject({ status: 401 });
    const personId = await aPerson(services);
    const rosa = callAs(services, { kind: 'jobseeker', personId });
    await expect(bookAppointment(rosa, wanted)).rejects.toMatchObject({
      kind: { slug: 'no-own-operator' },
    });
    const stranger = await anOperator(services, officeId);
    await rebuildFreeTime(system(), { days: 10 });
    const first = await bookAppointment(system(), {
      serviceId,
      officeId,
      start: NINE,
      personId,
      operatorId,
    });
    expect(first.operatorId).toBe(operatorId);
    const next = await bookAppointment(rosa, { ...wanted, start: NINE + 60 * MINUTE });
    expect(next.operatorId).toBe(operatorId);
    await services.database.execute(
      sql`update operator set active = false where id = ${stranger}::uuid`,
    );
  });

  it('finds room by re-seating one that nobody was promised', async () => {
    const specialist = await aService(services, { skill: 'collocamento-mirato', gridMinutes: 30 });
    await services.database.execute(
      sql`update operator set skills = '{accoglienza,collocamento-mirato}' where id = ${operatorId}::uuid`,
    );
    const first = await book(1);
    const generalist = await anOperator(services, officeId);
    await rebuildFreeTime(system(), { days: 10 });
    const second = await bookAppointment(visitor(), {
      serviceId: specialist,
      officeId,
      start: NINE,
      person: person(2),
    });
    expect(second.operatorId).toBe(operatorId);
    const [moved] = await rows<{ operator_id: string }>(
      services.database,
      sql`select operator_id from appointment where id = ${first.id}::uuid`,
    );
    expect(moved?.operator_id).toBe(generalist);
    await services.database.execute(
      sql`update operator set active = false where id = ${generalist}::uuid`,
    );
  });

  it('is refused to an address that has as many open ones as it may', async () => {
    for (let n = 0; n < 8; n++) {
      const one = await aService(services, { gridMinutes: 30 });
      await bookAppointment(visitor(), {
        serviceId: one,
        officeId,
        start: NINE + n * 30 * MINUTE,
        person: person(1),
      });
    }
    await expect(hold(NINE + 3 * 24 * 60 * MINUTE)).resolves.toBeDefined();
    await expect(book(1, NINE + 3 * 24 * 60 * MINUTE)).rejects.toMatchObject({
      kind: { slug: 'too-many-open-appointments' },
    });
  });
});

describe('a network from which start after start is kept', () => {
  const network = '203.0.113.7';
  const half = 30 * MINUTE;

  it('does not keep more by coming back with the token of a start that lapsed', async () => {
    const lapsed = await hold(NINE, { network });
    later(11);
    await hold(NINE + half, { network });
    await hold(NINE + 2 * half, { network });
    await expect(hold(NINE + 3 * half, { network, token: lapsed.token })).rejects.toMatchObject({
      kind: { slug: 'too-many-kept' },
    });
  });

  it('keeps so many at once; another goes on, and it does too once one lapsed or is booked', async () => {
    const first = await hold(NINE, { network });
    await hold(NINE + half, { network });
    await expect(hold(NINE + 2 * half, { network })).rejects.toMatchObject({
      kind: { slug: 'too-many-kept', status: 429 },
      extra: { retryAfter: 600 },
    });
    await hold(NINE + 2 * half, { network: '203.0.113.8' });
    // Who changes their mind keeps one all the same.
    await hold(NINE + 3 * half, { network, token: first.token });
    await confirmHold(visitor(), {
      id: (await hold(NINE + 3 * half, { network, token: first.token })).id,
      token: first.token,
      person: person(1),
    });
    await hold(NINE + 4 * half, { network });
    later(11);
    await hold(NINE + half, { network });
    const kept = await rows<{ state: string }>(
      services.database,
      sql`select state from appointment where held_from is not null and state <> 'held'`,
    );
    expect(kept).toEqual([]);
  });

  it('does not bind the staff', async () => {
    const desk = callAs(services, {
      kind: 'operator',
      operatorId: services.ids(),
      officeIds: [officeId],
    });
    for (let n = 0; n < 3; n++)
      await holdStart(desk, { serviceId, officeId, start: NINE + n * half, network });
  });
});
