import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { findEarliest } from '../../src/booking/actions/find-earliest.ts';
import { listStarts } from '../../src/booking/actions/list-starts.ts';
import { lookUpAppointment } from '../../src/booking/actions/look-up-appointment.ts';
import { moveAppointment } from '../../src/booking/actions/move-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { recordOutcome } from '../../src/booking/actions/record-outcome.ts';
import { appointmentById } from '../../src/booking/store/appointments.ts';
import { auditEvent } from '../../src/identity/table.ts';
import { closure } from '../../src/network/table.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { DAY } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, MESSINA, weekdayMornings } from '../support/fixtures.ts';

let services: TestServices;
let officeId: string;
let serviceId: string;

const rosa = {
  givenName: 'Rosa',
  familyName: 'Rossi',
  email: 'rosa@example.org',
  phone: undefined,
  taxCode: undefined,
  domicile: undefined,
};
const someone = (n: number) => ({ ...rosa, email: `person${n}@example.org` });
const visitor = () => callAs(services, ANONYMOUS);
const system = () => callAs(services, { kind: 'system', task: 'test' });
const at = (iso: string) => Date.parse(iso);
const NINE = '2027-03-05T09:00:00+01:00';

async function counts() {
  const [found] = await rows<Record<string, number>>(
    services.database,
    sql`select (select count(*)::int from appointment) as appointments,
      (select count(*)::int from occupied where active) as occupied,
      (select count(*)::int from outbox where state = 'waiting') as waiting,
      (select count(*)::int from audit_event) as audited,
      (select count(*)::int from person) as people`,
  );
  return found!;
}

beforeAll(async () => {
  services = await testServices();
  officeId = await anOffice(services);
  await anOperator(services, officeId);
  await weekdayMornings(services, officeId);
  serviceId = await aService(services, { gridMinutes: 15 });
});
afterAll(() => services.close());

beforeEach(async () => {
  services.setNow('2027-03-04T09:00:00+01:00');
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, person, closure cascade`,
  );
  await rebuildFreeTime(system(), { days: 100 });
});

describe('a jobseeker', () => {
  it('finds the earliest real start and books it', async () => {
    const { offers } = await findEarliest(visitor(), { serviceId, place: {}, limit: 10 });
    expect(offers).toHaveLength(1);
    expect(offers[0]?.start).toBe(at('2027-03-04T09:00:00+01:00'));

    const booked = await bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(NINE),
      person: rosa,
    });
    expect(booked).toEqual(await appointmentById(services.database, booked.id));
    expect(booked.state).toBe('confirmed');
    expect(booked.endsAt - booked.startsAt).toBe(30 * 60_000);
    expect(await counts()).toEqual({
      appointments: 1,
      occupied: 1,
      waiting: 1,
      audited: 1,
      people: 1,
    });
  });

  it('cannot take a slot that another took a moment before, and is told the nearest free ones', async () => {
    await bookAppointment(visitor(), { serviceId, officeId, start: at(NINE), person: rosa });
    const refused = bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(NINE),
      person: someone(2),
    });
    await expect(refused).rejects.toMatchObject({
      kind: { slug: 'slot-taken', status: 409 },
      extra: {
        members: {
          alternatives: [
            { starts_at: '2027-03-05T08:30:00.000Z' },
            { starts_at: '2027-03-05T08:45:00.000Z' },
            { starts_at: '2027-03-05T09:00:00.000Z' },
          ],
        },
      },
    });
    expect(await counts()).toMatchObject({ appointments: 1, people: 1 });
  });

  it('cannot take a time that overlaps another only in part', async () => {
    await bookAppointment(visitor(), { serviceId, officeId, start: at(NINE), person: rosa });
    const overlapping = bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(NINE) + 15 * 60_000,
      person: someone(2),
    });
    await expect(overlapping).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
  });

  it('has one open appointment for a service', async () => {
    await bookAppointment(visitor(), { serviceId, officeId, start: at(NINE), person: rosa });
    const again = bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(NINE) + DAY * 3,
      person: { ...rosa, givenName: ' rosa' },
    });
    await expect(again).rejects.toMatchObject({ kind: { slug: 'already-booked' } });
    expect(await counts()).toMatchObject({ appointments: 1, occupied: 1, waiting: 1 });
  });

  it('who repeats a booking with the same id gets the first one', async () => {
    const id = services.ids();
    const first = await bookAppointment(visitor(), {
      id,
      serviceId,
      officeId,
      start: at(NINE),
      person: rosa,
    });
    const second = await bookAppointment(visitor(), {
      id,
      serviceId,
      officeId,
      start: at(NINE),
      person: rosa,
    });
    expect(second).toEqual(first);
    expect(await counts()).toMatchObject({ appointments: 1 });
  });

  it.each([
    ['off the grid', '2027-03-05T09:07:00+01:00'],
    ['in the past', '2027-03-03T09:00:00+01:00'],
    ['beyond the horizon', '2027-07-05T09:00:00+01:00'],
  ])('cannot book a time %s', async (_, iso) => {
    const refused = bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(iso),
      person: rosa,
    });
    await expect(refused).rejects.toMatchObject({
      kind: { slug: 'slot-not-offered', status: 422 },
    });
  });

  it.each([
    ['on a Sunday', '2027-03-07T09:00:00+01:00'],
    ['at closing time', '2027-03-05T13:00:00+01:00'],
    ['on Easter Monday', '2027-03-29T09:00:00+02:00'],
  ])('finds nobody free %s', async (_, iso) => {
    const refused = bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(iso),
      person: rosa,
    });
    await expect(refused).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
  });

  it('opens the appointment with code and e-mail together, never with one alone', async () => {
    const booked = await bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(NINE),
      person: rosa,
    });
    const typed = `${booked.code.slice(0, 5)}-${booked.code.slice(5)}`.toLowerCase();
    expect(
      (await lookUpAppointment(visitor(), { code: typed, contact: ' ROSA@example.org' })).id,
    ).toBe(booked.id);
    await expect(
      lookUpAppointment(visitor(), { code: booked.code, contact: 'other@example.org' }),
    ).rejects.toMatchObject({ kind: { status: 404 } });
    await expect(
      lookUpAppointment(visitor(), { code: '0000000000', contact: 'rosa@example.org' }),
    ).rejects.toMatchObject({ kind: { status: 404 } });
  });

  it('cancels: the time is free again at once, the reminder is withdrawn, and only once told', async () => {
    const booked = await bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(NINE) + DAY * 10,
      person: rosa,
    });
    expect(await counts()).toMatchObject({ waiting: 2 });
    const pass = { code: booked.code, contact: 'rosa@example.org' };
    const cancelled = await cancelAppointment(visitor(), {
      id: booked.id,
      pass,
      reason: 'Ho trovato lavoro',
    });
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      late: false,
      cancelReason: 'Ho trovato lavoro',
    });
    expect(await counts()).toMatchObject({ occupied: 0, waiting: 1 });
    await cancelAppointment(visitor(), { id: booked.id, pass });
    expect(await counts()).toMatchObject({ waiting: 1, audited: 2 });
    const again = await bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: booked.startsAt,
      person: someone(2),
    });
    expect(again.state).toBe('confirmed');
  });

  it('cannot cancel what is not theirs', async () => {
    const booked = await bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(NINE),
      person: rosa,
    });
    await expect(cancelAppointment(visitor(), { id: booked.id })).rejects.toMatchObject({
      kind: { status: 404 },
    });
    const other = await bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(NINE) + DAY * 3,
      person: someone(2),
    });
    const pass = { code: other.code, contact: 'person2@example.org' };
    await expect(cancelAppointment(visitor(), { id: booked.id, pass })).rejects.toMatchObject({
      kind: { status: 404 },
    });
  });
});

describe('moving an appointment', () => {
  const free = () =>
    rows(
      services.database,
      sql`select operator_id, day::text, free::text from free_time order by 1, 2`,
    );
  const pass = (code: string) => ({ code, contact: 'rosa@example.org' });
  const booked = () =>
    bookAppointment(visitor(), { serviceId, officeId, start: at(NINE) + DAY * 10, person: rosa });

  it('takes the new time and gives the old one back, with the same code', async () => {
    const before = await free();
    const first = await booked();
    const start = at('2027-03-16T11:00:00+01:00');
    const moved = await moveAppointment(visitor(), { id: first.id, start, pass: pass(first.code) });
    expect(moved).toMatchObject({
      code: first.code,
      startsAt: start,
      state: 'confirmed',
      version: 2,
    });
    expect(await counts()).toMatchObject({ appointments: 1, occupied: 1, waiting: 2, audited: 2 });
    await cancelAppointment(visitor(), { id: moved.id, pass: pass(first.code) });
    expect(await free()).toEqual(before);
  });

  it('may overlap its own old time', async () => {
    const first = await booked();
    const start = first.startsAt + 15 * 60_000;
    const moved = await moveAppointment(visitor(), { id: first.id, start, pass: pass(first.code) });
    expect(moved.startsAt).toBe(start);
    expect(moved.operatorId).toBe(first.operatorId);
  });

  it('leaves the old time untouched when the new one is gone', async () => {
    const first = await booked();
    const other = await bookAppointment(visitor(), {
      serviceId,
      officeId,
      start: at(NINE),
      person: someone(2),
    });
    const before = [await free(), await counts()];
    const refused = moveAppointment(visitor(), {
      id: first.id,
      start: other.startsAt,
      pass: pass(first.code),
    });
    await expect(refused).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
    expect([await free(), await counts()]).toEqual(before);
  });

  it('is refused to others, to stale versions, and once it is cancelled', async () => {
    const first = await booked();
    const start = at(NINE);
    await expect(moveAppointment(visitor(), { id: first.id, start })).rejects.toMatchObject({
      kind: { status: 404 },
    });
    const stale = moveAppointment(visitor(), {
      id: first.id,
      start,
      pass: pass(first.code),
      version: 7,
    });
    await expect(stale).rejects.toMatchObject({ kind: { status: 412 } });
    await cancelAppointment(visitor(), { id: first.id, pass: pass(first.code) });
    const closed = moveAppointment(visitor(), { id: first.id, start, pass: pass(first.code) });
    await expect(closed).rejects.toMatchObject({ kind: { slug: 'appointment-closed' } });
  });

  it('keeps a length of its own', async () => {
    const first = await booked();
    await services.database.execute(
      sql`update appointment set ends_at = ends_at + interval '30 minutes' where id = ${first.id}`,
    );
    const moved = await moveAppointment(visitor(), {
      id: first.id,
      start: at(NINE),
      pass: pass(first.code),
    });
    expect(moved.endsAt - moved.startsAt).toBe(60 * 60_000);
  });
});

describe('the outcome of an appointment', () => {
  const desk = () =>
    callAs(services, { kind: 'operator', operatorId: services.ids(), officeIds: [officeId] });
  const booked = () =>
    bookAppointment(visitor(), { serviceId, officeId, start: at(NINE), person: rosa });

  it('is recorded by the desk, gives unused time back, and can be taken back', async () => {
    const { id } = await booked();
    services.setNow('2027-03-05T09:20:00+01:00');
    expect(await recordOutcome(desk(), { id, outcome: 'seen' })).toMatchObject({ state: 'seen' });
    expect(await counts()).toMatchObject({ occupied: 1 });
    expect(await recordOutcome(desk(), { id, outcome: 'absent' })).toMatchObject({
      state: 'absent',
    });
    expect(await counts()).toMatchObject({ occupied: 0 });
    expect(await recordOutcome(desk(), { id, outcome: undefined })).toMatchObject({
      state: 'confirmed',
    });
    expect(await counts()).toMatchObject({ occupied: 1, audited: 4 });
    await recordOutcome(desk(), { id, outcome: undefined });
    expect(await counts()).toMatchObject({ audited: 4 });
  });

  it.each([
    ['nobody is late before the time', '2027-03-05T08:59:00+01:00', 'late', 'outcome-too-early'],
    [
      'nobody is absent before the time',
      '2027-03-05T08:59:00+01:00',
      'absent',
      'outcome-too-early',
    ],
    ['nobody is seen the day before', '2027-03-04T09:00:00+01:00', 'seen', 'outcome-too-early'],
    ['after a week it stands', '2027-03-13T09:00:00+01:00', 'seen', 'outcome-stands'],
  ] as const)('%s', async (_, now, outcome, slug) => {
    const { id } = await booked();
    services.setNow(now);
    await expect(recordOutcome(desk(), { id, outcome })).rejects.toMatchObject({ kind: { slug } });
  });

  it('tells who came late, and keeps their time', async () => {
    const { id } = await booked();
    services.setNow('2027-03-05T09:20:00+01:00');
    const late = await recordOutcome(desk(), { id, outcome: 'late', minutesLate: 20 });
    expect(late).toMatchObject({ state: 'late' });
    expect(await counts()).toMatchObject({ occupied: 1 });
    const [audited] = await services.database
      .select()
      .from(auditEvent)
      .where(sql`action = 'record-outcome'`);
    expect(audited!.detail).toMatchObject({ to: 'late', minutes_late: 20 });
  });

  it('is no absence where the office was closed or the operator away', async () => {
    const { id, operatorId } = await booked();
    await services.database.insert(closure).values({
      id: services.ids(),
      officeId,
      operatorId,
      during: '[2027-03-05 09:00+01, 2027-03-05 10:00+01)',
      reason: 'malattia',
    });
    services.setNow('2027-03-05T09:20:00+01:00');
    await expect(recordOutcome(desk(), { id, outcome: 'absent' })).rejects.toMatchObject({
      kind: { slug: 'office-not-receiving' },
    });
  });

  it('is not for another office, nor for the person', async () => {
    const { id, person } = await booked();
    const elsewhere = callAs(services, {
      kind: 'operator',
      operatorId: services.ids(),
      officeIds: [],
    });
    await expect(recordOutcome(elsewhere, { id, outcome: 'excused' })).rejects.toMatchObject({
      kind: { status: 403 },
    });
    const self = callAs(services, { kind: 'jobseeker', personId: person!.id });
    await expect(recordOutcome(self, { id, outcome: 'excused' })).rejects.toMatchObject({
      kind: { status: 403 },
    });
  });
});

describe('availability', () => {
  it('steps over full days and says what comes after the window', async () => {
    for (let n = 0; n < 8; n++) {
      await bookAppointment(visitor(), {
        serviceId,
        officeId,
        start: at(NINE) + n * 30 * 60_000,
        person: someone(n),
      });
    }
    const friday = { start: at('2027-03-05T00:00:00+01:00'), end: at('2027-03-06T00:00:00+01:00') };
    const listed = await listStarts(visitor(), { serviceId, officeId, window: friday });
    expect(listed.starts).toEqual([]);
    expect(listed.next).toBe(at('2027-03-08T09:00:00+01:00'));
  });

  it('never lists an office without an able operator', async () => {
    const elsewhere = await anOffice(services, {
      seat: MESSINA,
      latitude: 38.19,
      longitude: 15.55,
    });
    await anOperator(services, elsewhere, { skills: ['imprese'] });
    await weekdayMornings(services, elsewhere);
    await rebuildFreeTime(system(), { days: 30 });
    const { offers } = await findEarliest(visitor(), {
      serviceId,
      place: { comune: MESSINA, withinKm: 50 },
      limit: 10,
    });
    expect(offers).toEqual([]);
  });

  it('loses nothing when it is derived anew', async () => {
    await bookAppointment(visitor(), { serviceId, officeId, start: at(NINE), person: rosa });
    const before = await rows(
      services.database,
      sql`select operator_id, day::text, free::text from free_time order by 1, 2`,
    );
    await rebuildFreeTime(system(), { days: 100 });
    expect(
      await rows(
        services.database,
        sql`select operator_id, day::text, free::text from free_time order by 1, 2`,
      ),
    ).toEqual(before);
  });
});
