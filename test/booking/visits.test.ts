import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { bookVisit } from '../../src/booking/actions/book-visit.ts';
import { findEarliest } from '../../src/booking/actions/find-earliest.ts';
import { listStarts } from '../../src/booking/actions/list-starts.ts';
import { listVisitStarts } from '../../src/booking/actions/list-visit-starts.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { occupiedTime, startsWithin } from '../../src/booking/rules/starts.ts';
import {
  LONGEST_WAIT_MINUTES,
  type VisitPart,
  visitStarts,
} from '../../src/booking/rules/visit.ts';
import { merge } from '../../src/network/rules/openings.ts';
import { resource } from '../../src/network/table.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { DAY, MINUTE } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

const NINE = Date.parse('2027-03-05T09:00:00+01:00');
const TEN = NINE + 60 * MINUTE;
const hour = { start: NINE, end: TEN };
const minutes = (starts: readonly number[]) => starts.map((start) => (start - NINE) / MINUTE);
const timing = (durationMinutes: number, gridMinutes = 5) => ({
  durationMinutes,
  bufferMinutes: 0,
  bufferBeforeMinutes: 0,
  gridMinutes,
  gridAnchor: 'clock' as const,
  minNoticeMinutes: 0,
  horizonDays: 90,
});

describe('a visit of several appointments', () => {
  it('of two people, five minutes each, fits from nine to ten to ten', () => {
    const part = { service: timing(5), free: new Map([['A', [hour]]]) };
    const found = visitStarts([part, part], hour);
    expect(minutes(found.map(([first]) => first!))).toEqual([
      0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50,
    ]);
    expect(minutes(found[0]!)).toEqual([0, 5]);
  });

  it('finds no pair where what is free lies too far apart', () => {
    const free = [0, 20, 40].map((from) => ({
      start: NINE + from * MINUTE,
      end: NINE + (from + 10) * MINUTE,
    }));
    const part = { service: timing(10, 10), free: new Map([['A', free]]) };
    expect(visitStarts([part, part], hour).map(minutes)).toEqual([
      [0, 20],
      [20, 40],
    ]);
    const far = { service: timing(10, 10), free: new Map([['A', [free[0]!, free[2]!]]]) };
    expect(visitStarts([far, far], hour)).toEqual([]);
  });

  it('of services of odd lengths leaves the few minutes that the grid asks for', () => {
    const own = (length: number, operator: string, until: number) => ({
      service: timing(length),
      free: new Map([[operator, [{ start: NINE, end: NINE + until * MINUTE }]]]),
    });
    const found = visitStarts([own(7, 'A', 21), own(3, 'B', 18)], hour);
    expect(found.map(minutes)).toEqual([
      [0, 10],
      [5, 15],
    ]);
  });

  it('is with one operator or several, never two people with one at a time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 })), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
        (stretches, lengths) => {
          const free = new Map(
            stretches.map(([from, length], index) => [
              `o${index}`,
              [{ start: NINE + from * 5 * MINUTE, end: NINE + (from + length) * 5 * MINUTE }],
            ]),
          );
          const parts = lengths.map((length) => ({ service: timing(length * 5), free }));
          for (const found of visitStarts(parts, { start: NINE, end: NINE + 300 * MINUTE })) {
            for (const [index, start] of found.entries()) {
              const end = start + lengths[index]! * 5 * MINUTE;
              const next = found[index + 1];
              expect([...free.values()].some(([s]) => s!.start <= start && end <= s!.end)).toBe(
                true,
              );
              if (next === undefined) continue;
              expect(next).toBeGreaterThanOrEqual(end);
              expect(next - end).toBeLessThanOrEqual(LONGEST_WAIT_MINUTES * MINUTE);
            }
          }
        },
      ),
    );
  });
});

describe('looking for a visit', () => {
  /** Whether the parts fit from `index` on, by trying everything. */
  function fits(parts: readonly VisitPart[], index: number, from: number, taken: Taken[]): boolean {
    const part = parts[index];
    if (!part) return true;
    const window = { start: from, end: from + (index === 0 ? 1 : 15 * MINUTE + 1) };
    return [...part.free].some(([operator, free]) =>
      startsWithin(part.service, free, window).some((start) => {
        const during = occupiedTime(part.service, start);
        const clash = taken.some(
          (one) => one.operator === operator && one.start < during.end && during.start < one.end,
        );
        const end = start + part.service.durationMinutes * MINUTE;
        return !clash && fits(parts, index + 1, end, [...taken, { operator, ...during }]);
      }),
    );
  }
  type Taken = { readonly operator: string; readonly start: number; readonly end: number };

  it('finds one from every start that has one, whatever the buffers and the gaps', () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 12 }));
    const free = fc.array(fc.array(stretch, { maxLength: 3 }), { minLength: 1, maxLength: 3 });
    const length = fc.record({
      durationMinutes: fc.constantFrom(5, 7, 10, 30),
      bufferMinutes: fc.constantFrom(0, 0, 5, 20),
      bufferBeforeMinutes: fc.constantFrom(0, 0, 10),
    });
    fc.assert(
      fc.property(free, fc.array(length, { minLength: 2, maxLength: 4 }), (operators, lengths) => {
        const calendar = new Map(
          operators.map((stretches, index) => [
            `o${index}`,
            merge(
              stretches.map(([from, fives]) => ({
                start: NINE + from * 5 * MINUTE,
                end: NINE + (from + fives) * 5 * MINUTE,
              })),
            ),
          ]),
        );
        const parts = lengths.map((one) => ({ service: { ...timing(5), ...one }, free: calendar }));
        const found = new Set(visitStarts(parts, hour).map(([first]) => first));
        for (let start = NINE; start < TEN; start += 5 * MINUTE)
          expect([start, found.has(start)]).toEqual([start, fits(parts, 0, start, [])]);
      }),
    );
  });

  it('says at once that six cannot follow each other, with many operators and a month to look through', () => {
    const month = Array.from({ length: 31 }, (_, day) => ({
      start: NINE + day * DAY,
      end: NINE + day * DAY + 480 * MINUTE,
    }));
    const many = new Map(
      Array.from({ length: 12 }, (_, n) => [
        `o${n}`,
        month.map(({ start, end }) => ({ start: start - n * MINUTE, end: end + n * MINUTE })),
      ]),
    );
    const window = { start: NINE, end: NINE + 31 * DAY };
    const part = { service: { ...timing(10), bufferMinutes: 40 }, free: many };
    const nobody = { ...part, free: new Map() };
    const few = { ...part, free: new Map([...many].slice(0, 3)) };
    const long = { ...few, service: { ...timing(5), bufferMinutes: 120 } };
    const began = performance.now();
    expect(visitStarts([part, part, part, part, part, nobody], window)).toEqual([]);
    expect(visitStarts([long, long, long, long, long, long], window)).toEqual([]);
    // The same by trying everything would take hours.
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe('at an office', () => {
  let services: TestServices;
  let officeId: string;
  let did: string;
  let orientation: string;
  const visitor = () => callAs(services, ANONYMOUS);
  const system = () => callAs(services, { kind: 'system', task: 'test' });
  const person = (givenName: string) => ({
    givenName,
    familyName: 'Rossi',
    email: 'famiglia@example.org',
    phone: undefined,
    taxCode: undefined,
    domicile: undefined,
  });
  const window = { start: NINE, end: NINE + 240 * MINUTE };

  beforeAll(async () => {
    services = await testServices();
    officeId = await anOffice(services);
    await anOperator(services, officeId);
    await weekdayMornings(services, officeId);
    did = await aService(services, { gridMinutes: 15 });
    orientation = await aService(services, { gridMinutes: 15, durationMinutes: 45 });
  });
  afterAll(() => services.close());
  beforeEach(async () => {
    services.setNow('2027-03-04T09:00:00+01:00');
    await services.database.execute(
      sql`truncate appointment, occupied, outbox, audit_event, free_time, person cascade`,
    );
    await rebuildFreeTime(system(), { days: 5 });
  });

  it('two services are had in one visit, and booked together', async () => {
    const [first] = await listVisitStarts(visitor(), {
      officeId,
      serviceIds: [did, orientation],
      window,
    });
    expect(minutes(first!)).toEqual([0, 30]);
    const booked = await bookVisit(visitor(), {
      officeId,
      parts: [did, orientation].map((serviceId, index) => ({
        serviceId,
        start: first![index]!,
        person: person('Rosa'),
      })),
    });
    expect(new Set(booked.map(({ visitId }) => visitId)).size).toBe(1);
    expect(booked[0]?.person?.id).toBe(booked[1]?.person?.id);
  });

  it('a family is booked all together or not at all', async () => {
    await bookAppointment(visitor(), {
      serviceId: did,
      officeId,
      start: NINE + 30 * MINUTE,
      person: person('Ugo'),
    });
    const refused = bookVisit(visitor(), {
      officeId,
      parts: ['Ada', 'Leo'].map((name, index) => ({
        serviceId: did,
        start: NINE + index * 30 * MINUTE,
        person: person(name),
      })),
    });
    await expect(refused).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
    const [kept] = await rows<{ count: number }>(
      services.database,
      sql`select count(*)::int as count from appointment`,
    );
    expect(kept?.count).toBe(1);
  });

  it('a service that needs a room is offered while one is free, and takes it', async () => {
    await services.database
      .insert(resource)
      .values({ id: services.ids(), officeId, kind: 'room', name: 'Saletta' });
    const talk = await aService(services, { resourceKind: 'room', gridMinutes: 30 });
    await anOperator(services, officeId);
    await rebuildFreeTime(system(), { days: 5 });
    const free = async () =>
      minutes(
        (await listStarts(visitor(), { serviceId: talk, officeId, window })).starts.map(
          (s) => s.start,
        ),
      );
    expect((await free())[0]).toBe(0);
    const wanted = { serviceId: talk, officeId, start: NINE };
    await bookAppointment(visitor(), { ...wanted, person: person('Ada') });
    expect((await free())[0]).toBe(30);
    await expect(
      bookAppointment(visitor(), { ...wanted, person: person('Leo') }),
    ).rejects.toMatchObject({ kind: { slug: 'slot-taken' } });
    const { offers } = await findEarliest(visitor(), { serviceId: talk, place: {}, limit: 1 });
    expect(offers).toHaveLength(1);
    const elsewhere = await aService(services, { resourceKind: 'video-room', gridMinutes: 30 });
    const none = await findEarliest(visitor(), { serviceId: elsewhere, place: {}, limit: 1 });
    expect(none.offers).toEqual([]);
  });
});
