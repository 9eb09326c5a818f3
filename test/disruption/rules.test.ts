import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { occupiedTime } from '../../src/booking/rules/starts.ts';
import { assign } from '../../src/disruption/rules/assignment.ts';
import { type Bench, propose, type Unseated } from '../../src/disruption/rules/propose.ts';
import { judgeScope, wallInterval } from '../../src/disruption/rules/scope.ts';
import { type Interval, MINUTE } from '../../src/platform/clock.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** Every way to seat people, one by one, by trying them all. */
function best(costs: readonly (readonly number[])[]): { seated: number[]; cost: number } {
  let found: { seated: number[]; cost: number } = { seated: [], cost: 0 };
  const better = (a: { seated: number[]; cost: number }, b: typeof a) => {
    if (a.seated.length !== b.seated.length) return a.seated.length > b.seated.length;
    for (const [index, person] of a.seated.entries())
      if (person !== b.seated[index]) return person < b.seated[index]!;
    return a.cost < b.cost - 1e-9;
  };
  const go = (person: number, taken: ReadonlySet<number>, seated: number[], cost: number) => {
    if (person === costs.length) {
      if (better({ seated, cost }, found)) found = { seated, cost };
      return;
    }
    go(person + 1, taken, seated, cost);
    for (const [seat, price] of costs[person]!.entries()) {
      if (price !== NEVER && !taken.has(seat))
        go(person + 1, new Set([...taken, seat]), [...seated, person], cost + price);
    }
  };
  go(0, new Set(), [], 0);
  return found;
}

const matrix = fc
  .record({ people: fc.integer({ min: 0, max: 5 }), seats: fc.integer({ min: 1, max: 5 }) })
  .chain(({ people, seats }) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(NEVER)), {
        minLength: seats,
        maxLength: seats,
      }),
      { minLength: people, maxLength: people },
    ),
  );

describe('who gets which seat', () => {
  it('is never worse than the best of all ways there are', () => {
    fc.assert(
      fc.property(matrix, (costs) => {
        const given = assign(costs);
        const seats = given.filter((seat) => seat !== undefined);
        expect(new Set(seats).size).toBe(seats.length);
        const seated = given.flatMap((seat, person) => (seat === undefined ? [] : person));
        const cost = given.reduce<number>(
          (sum, seat, person) => sum + (seat === undefined ? 0 : costs[person]![seat]!),
          0,
        );
        expect({ seated, cost }).toEqual(best(costs));
      }),
      { numRuns: 1000 },
    );
  });

  it('goes to the earliest when there are fewer seats than people', () => {
    expect(assign([[5], [1], [0]])).toEqual([0, undefined, undefined]);
  });

  it('moves somebody along so that one more can sit', () => {
    expect(
      assign([
        [0, 1],
        [0, NEVER],
      ]),
    ).toEqual([1, 0]);
  });
});

const NINE = Date.parse('2027-03-08T08:00:00Z');
const quarter = (n: number) => NINE + n * 15 * MINUTE;
const service = {
  durationMinutes: 30,
  bufferMinutes: 0,
  bufferBeforeMinutes: 0,
  gridMinutes: 15,
  gridAnchor: 'clock',
  minNoticeMinutes: 0,
  horizonDays: 90,
  skill: 'a',
  operators: 1,
  resourceKind: undefined,
  audience: 'anyone',
} as const;

const person = (id: string, given: Partial<Unseated> = {}): Unseated => ({
  id,
  start: NINE,
  operatorId: 'away',
  officeId: 'here',
  service,
  language: undefined,
  promised: false,
  ...given,
});
const bench = (operatorId: string, free: Interval[], given: Partial<Bench> = {}): Bench => ({
  operatorId,
  officeId: 'here',
  skills: ['a'],
  languages: ['it'],
  free,
  km: 0,
  ...given,
});
const hours = (from: number, to: number): Interval => ({ start: quarter(from), end: quarter(to) });
const DAY_LONG = hours(0, 32);

describe('another time for those whose time is taken away', () => {
  it('is the same hour with somebody else, where there is one', () => {
    const seats = propose([person('p')], [bench('b', [hours(0, 4)])], DAY_LONG);
    expect(seats.get('p')).toEqual({ officeId: 'here', operatorId: 'b', start: NINE });
  });

  it('is else the nearest hour, with their own operator rather than another', () => {
    const seats = propose(
      [person('p', { operatorId: 'own' })],
      [bench('own', [hours(8, 12)]), bench('other', [hours(8, 12)])],
      DAY_LONG,
    );
    expect(seats.get('p')).toMatchObject({ operatorId: 'own', start: quarter(8) });
  });

  it('is else at an office near, unless the service is of one’s own office', () => {
    const away = [bench('b', [hours(0, 4)], { officeId: 'near', km: 5 })];
    expect(propose([person('p')], away, DAY_LONG).get('p')).toMatchObject({ officeId: 'near' });
    const own = person('p', { service: { ...service, audience: 'own_cpi' } });
    expect(propose([own], away, DAY_LONG).size).toBe(0);
  });

  it('respects skill, language and a promise', () => {
    const free = [hours(0, 4)];
    const speaks = person('p', { language: 'ar' });
    expect(propose([speaks], [bench('b', free)], DAY_LONG).size).toBe(0);
    expect(propose([speaks], [bench('b', free, { languages: ['ar'] })], DAY_LONG).size).toBe(1);
    expect(propose([person('p')], [bench('b', free, { skills: ['z'] })], DAY_LONG).size).toBe(0);
    expect(propose([person('p', { promised: true })], [bench('b', free)], DAY_LONG).size).toBe(0);
  });

  it('never seats two at once, nor anybody where nobody is free', () => {
    const someone = fc.record({
      start: fc.integer({ min: 0, max: 12 }),
      minutes: fc.constantFrom(30, 45, 60),
      skill: fc.constantFrom('a', 'b'),
      buffer: fc.constantFrom(0, 5),
    });
    const someBench = fc.record({
      from: fc.integer({ min: 0, max: 10 }),
      length: fc.integer({ min: 1, max: 12 }),
      skills: fc.subarray(['a', 'b'], { minLength: 1 }),
      km: fc.constantFrom(0, 0, 7),
    });
    fc.assert(
      fc.property(
        fc.array(someone, { maxLength: 8 }),
        fc.array(someBench, { maxLength: 4 }),
        (some, benchesGiven) => {
          const people = some.map((one, index) =>
            person(String(index), {
              start: quarter(one.start),
              service: {
                ...service,
                durationMinutes: one.minutes,
                skill: one.skill,
                bufferMinutes: one.buffer,
              },
            }),
          );
          const benches = benchesGiven.map(({ from, length, skills, km }, index) =>
            bench(`b${index}`, [hours(from, from + length)], { skills, km }),
          );
          const seats = propose(people, benches, DAY_LONG);
          const taken = [...seats].map(([id, seat]) => {
            const who = people[Number(id)]!;
            return { ...seat, who, during: occupiedTime(who.service, seat.start) };
          });
          for (const one of taken) {
            const given = benches.find(({ operatorId }) => operatorId === one.operatorId)!;
            expect(given.skills).toContain(one.who.service.skill);
            expect(given.free[0]!.start).toBeLessThanOrEqual(one.during.start);
            expect(given.free[0]!.end).toBeGreaterThanOrEqual(one.during.end);
            for (const other of taken) {
              if (other === one || other.operatorId !== one.operatorId) continue;
              expect(
                one.during.end <= other.during.start || other.during.end <= one.during.start,
              ).toBe(true);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('lets as many keep their hour as there are able operators free', () => {
    const skillsOf = fc.subarray(['a', 'b', 'c'], { minLength: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 }),
        fc.array(skillsOf, { maxLength: 4 }),
        (wanted, operators) => {
          const people = wanted.map((skill, index) =>
            person(String(index), { service: { ...service, skill } }),
          );
          const benches = operators.map((skills, index) =>
            bench(`b${index}`, [hours(0, 2)], { skills }),
          );
          const seats = propose(people, benches, DAY_LONG);
          const costs = wanted.map((skill) =>
            operators.map((skills) => (skills.includes(skill) ? 0 : NEVER)),
          );
          const possible = operators.length === 0 ? [] : best(costs).seated;
          expect([...seats.keys()].map(Number).sort()).toEqual(possible);
        },
      ),
    );
  });
});

describe('when an office may close', () => {
  const now = Date.parse('2027-03-04T08:00:00Z');
  const period = (start: string, end: string) => ({
    start: Date.parse(start),
    end: Date.parse(end),
  });

  it.each([
    ['2027-05-01T00:00:00Z', '2027-05-05T00:00:00Z', undefined],
    ['2027-05-05T00:00:00Z', '2027-05-01T00:00:00Z', 'backwards'],
    ['2027-05-01T00:00:00Z', '2027-05-01T00:00:00Z', 'backwards'],
    ['2027-03-01T00:00:00Z', '2027-03-02T00:00:00Z', 'past'],
    ['2027-05-01T00:00:00Z', '2027-08-01T00:00:00Z', undefined],
    ['2027-05-01T00:00:00Z', '2027-08-01T00:00:01Z', 'too-long'],
  ])('from %s to %s: %s', (start, end, fault) => {
    expect(judgeScope(period(start, end), now)).toBe(fault);
  });

  it('the hour that is skipped does not exist, the one lived twice is closed both times', () => {
    const on = (day: string, from: string, to: string) =>
      wallInterval({ day, time: from }, { day, time: to });
    expect(on('2027-03-28', '02:30', '09:00')).toBeUndefined();
    expect(on('2027-03-28', '01:30', '02:30')).toBeUndefined();
    expect(on('2027-10-31', '02:30', '02:30')).toEqual(
      period('2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z'),
    );
    expect(on('2027-03-30', '09:00', '13:00')).toEqual(
      period('2027-03-30T07:00:00Z', '2027-03-30T11:00:00Z'),
    );
  });
});
