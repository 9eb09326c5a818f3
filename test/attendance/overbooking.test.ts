import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookOverbooked } from '../../src/attendance/actions/book-overbooked.ts';
import { fitAttendanceModel } from '../../src/attendance/actions/fit-attendance.ts';
import { forecastDay } from '../../src/attendance/actions/forecast-day.ts';
import { foreseeAppointment } from '../../src/attendance/actions/foresee.ts';
import { readRates } from '../../src/attendance/actions/read-rates.ts';
import { setOverbooking } from '../../src/attendance/actions/set-overbooking.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { rows } from '../../src/platform/database.ts';
import { callAs } from '../support/app.ts';
import { aService } from '../support/fixtures.ts';
import { aPerson, aWorld, rosa, type World } from './world.ts';

let world: World;
const DAY_FULL = '2027-03-08';

beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.services.close());
beforeEach(async () => {
  world.services.setNow('2027-03-04T09:00:00+01:00');
  await world.services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, person, overbooking_rule, attendance_model cascade`,
  );
  await rebuildFreeTime(world.system(), { days: 60 });
});

const admin = () => callAs(world.services, { kind: 'administrator', userId: world.services.ids() });
const rule = (given = {}) => ({
  officeId: world.officeId,
  serviceId: world.serviceId,
  active: true,
  tolerance: 0,
  risk: 0.2,
  public: false,
  reason: 'Un appuntamento su quattro va perso.',
  ...given,
});
const wanted = (given = {}) => ({
  serviceId: world.serviceId,
  officeId: world.officeId,
  day: DAY_FULL,
  half: 'morning' as const,
  ...given,
});

/** A year of appointments of which a share was not kept, each of another person. */
async function past(n: number, absent: number): Promise<void> {
  const { services, officeId, operatorId, serviceId } = world;
  await services.database.execute(sql`
    insert into appointment (id, code, service_id, office_id, operator_id, starts_at, ends_at, state,
      origin, created_at, updated_at)
    select gen_random_uuid(), translate(upper(lpad(to_hex(i), 10, '0')), 'ILOU', '0000'),
      ${serviceId}::uuid, ${officeId}::uuid, ${operatorId}::uuid, at, at + interval '30 minutes',
      case when (i * 37) % 100 < ${absent} then 'absent' else 'seen' end, 'web',
      at - make_interval(days => (i * 7) % 30), at
    from generate_series(1, ${n}) i,
      lateral (select timestamptz '2027-03-01 09:00+01' - make_interval(days => i % 200, hours => i % 3) as at) t`);
}

/** Takes every place of the morning. */
async function fill(): Promise<void> {
  for (let n = 0; n < 8; n++) {
    const at = Date.parse(`${DAY_FULL}T09:00:00+01:00`) + n * 1_800_000;
    await world.book(new Date(at).toISOString(), await aPerson(world.services));
  }
}

describe('booking beyond the places', () => {
  it('is off until an administrator switches it on, with a reason that stays', async () => {
    await past(400, 30);
    await fill();
    const personId = await aPerson(world.services);
    await expect(bookOverbooked(world.desk(), wanted({ personId }))).rejects.toMatchObject({
      kind: { slug: 'overbooking-off' },
    });
    await expect(setOverbooking(world.desk(), rule())).rejects.toMatchObject({ status: 403 });
    await setOverbooking(admin(), rule());
    const [audited] = await rows<{ reason: string }>(
      world.services.database,
      sql`select detail ->> 'reason' as reason from audit_event where action = 'set-overbooking'`,
    );
    expect(audited!.reason).toBe('Un appuntamento su quattro va perso.');
  });

  it('takes as many as will nearly certainly find a place, and nobody’s time', async () => {
    await past(400, 30);
    await fill();
    await setOverbooking(admin(), rule());
    const [morning] = await forecastDay(world.desk(), {
      officeId: world.officeId,
      day: DAY_FULL,
    });
    // Eight people at about 0.7: P(9 come of 9) = 0.04, P(more than 8 of 10) = 0.15, of 11 = 0.31.
    expect(morning).toMatchObject({ places: 8, beyond: 0, free: 0, room: 2 });
    for (const _ of [1, 2]) {
      const personId = await aPerson(world.services);
      const booked = await bookOverbooked(world.desk(), wanted({ personId }));
      const held = await rows(
        world.services.database,
        sql`select 1 from occupied where appointment_id = ${booked.id}::uuid`,
      );
      expect(held).toEqual([]);
    }
    const personId = await aPerson(world.services);
    await expect(bookOverbooked(world.desk(), wanted({ personId }))).rejects.toMatchObject({
      kind: { slug: 'no-room-expected' },
    });
    const [after] = await forecastDay(world.desk(), { officeId: world.officeId, day: DAY_FULL });
    expect(after).toMatchObject({ places: 8, beyond: 2, room: 0 });
    expect(after!.expected).toBeLessThanOrEqual(8);
    expect(after!.risk).toBeLessThanOrEqual(0.2);
    expect(new Set(after!.beyondThem.map(({ besideId }) => besideId)).size).toBe(2);
  });

  it('never while something real is free', async () => {
    await past(400, 30);
    await world.book(`${DAY_FULL}T09:00:00+01:00`, await aPerson(world.services));
    await setOverbooking(admin(), rule());
    const personId = await aPerson(world.services);
    await expect(bookOverbooked(world.desk(), wanted({ personId }))).rejects.toMatchObject({
      kind: { slug: 'no-room-expected' },
    });
  });

  it('never by telephone, by video, or with two operators', async () => {
    for (const given of [{ mode: 'phone' }, { mode: 'video' }, { operators: 2 }]) {
      const serviceId = await aService(world.services, given);
      await expect(setOverbooking(admin(), rule({ serviceId }))).rejects.toMatchObject({
        kind: { slug: 'overbooking-off' },
      });
    }
  });

  it('is for the desk alone, unless it was opened to jobseekers', async () => {
    await past(400, 30);
    await fill();
    await setOverbooking(admin(), rule());
    const visitor = callAs(world.services, ANONYMOUS);
    await expect(bookOverbooked(visitor, wanted({ person: rosa }))).rejects.toMatchObject({
      kind: { slug: 'overbooking-off' },
    });
    await setOverbooking(admin(), rule({ public: true }));
    const booked = await bookOverbooked(visitor, wanted({ person: rosa }));
    expect(booked).toMatchObject({ state: 'confirmed', contactEmail: rosa.email });
  });
});

describe('the model of who comes', () => {
  it('is fitted once a night, kept, and says why', async () => {
    await past(900, 30);
    expect(await fitAttendanceModel(world.system())).toBe(true);
    expect(await fitAttendanceModel(world.system())).toBe(false);
    world.services.setNow('2027-03-05T09:00:00+01:00');
    expect(await fitAttendanceModel(world.system())).toBe(true);
    const booked = await world.book(`${DAY_FULL}T09:00:00+01:00`);
    const foreseen = await foreseeAppointment(world.desk(), booked.id);
    expect(foreseen.chanceOfAbsence).toBeGreaterThan(0.1);
    expect(foreseen.chanceOfAbsence).toBeLessThan(0.6);
    expect(foreseen.reasons.map(({ code }) => code)).toContain('lead');
    expect(foreseen.model!.card).toMatchObject({ n: 900, notCome: 270 });
  });

  it('is no model where too little was seen: the share is told instead', async () => {
    await past(100, 30);
    expect(await fitAttendanceModel(world.system())).toBe(false);
    const booked = await world.book(`${DAY_FULL}T09:00:00+01:00`);
    const foreseen = await foreseeAppointment(world.desk(), booked.id);
    expect(foreseen).toMatchObject({ model: undefined, reasons: [] });
    expect(foreseen.chanceOfAbsence).toBeCloseTo(0.3, 1);
  });
});

it('rates carry their interval, and those of others stay theirs', async () => {
  await past(400, 30);
  const rates = await readRates(world.desk());
  expect(rates.all).toMatchObject({ n: 400, notCome: 120 });
  // Wilson's interval for 120 of 400.
  expect(rates.all.share!.low).toBeCloseTo(0.2571, 3);
  expect(rates.all.share!.high).toBeCloseTo(0.3466, 3);
  expect(rates.byLead.reduce((sum, { n }) => sum + n, 0)).toBe(400);
  expect(rates.rows.every(({ month }) => /^202[67]-\d\d$/.test(month))).toBe(true);
  const elsewhere = callAs(world.services, {
    kind: 'operator',
    operatorId: world.services.ids(),
    officeIds: [],
  });
  expect((await readRates(elsewhere)).all).toMatchObject({ n: 0, share: undefined });
});
