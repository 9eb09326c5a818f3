import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fewestHires, qualifiedBalance } from '../../src/planning/rules/qualification.ts';
import { officeWorkload } from '../../src/planning/rules/workload.ts';

const A = 1;
const B = 2;
const C = 3;
const D = 4;

test('a surplus of people who may not hold interviews hides no shortage of those who may', () => {
  const balance = qualifiedBalance(
    [
      { level: A, posts: 25 },
      { level: C, posts: 55 },
    ],
    [
      { level: B, posts: 62 },
      { level: C, posts: 38 },
    ],
  );
  expect(balance.feasible).toBe(false);
  expect(balance.shortage).toBe(17);
  const interviews = balance.levels.find(({ level }) => level === C)!;
  expect(interviews.ratio).toBeCloseTo(0.691, 3);
  expect(balance.levels[0]).toMatchObject({ need: 80, have: 100, shortage: 0, ratio: 1.25 });
});

test('people of a higher category make good what is missing below', () => {
  const balance = qualifiedBalance([{ level: A, posts: 10 }], [{ level: D, posts: 10 }]);
  expect(balance.feasible).toBe(true);
});

test('an administration may have other levels than four', () => {
  const balance = qualifiedBalance(
    [
      { level: 2, posts: 1 },
      { level: 7, posts: 3 },
    ],
    [{ level: 7, posts: 2.5 }],
  );
  expect(balance.levels.map(({ level }) => level)).toEqual([2, 7]);
  expect(balance.levels[1]).toMatchObject({ need: 3, have: 2.5, shortage: 0.5 });
  expect(balance.shortage).toBe(1.5);
});

const posts = fc.integer({ min: 0, max: 40 });
const people = fc
  .uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 6 })
  .chain((levels) =>
    fc.tuple(...levels.map((level) => posts.map((count) => ({ level, posts: count })))),
  );

/** Fills the highest need first, always with the lowest staff that may do it: exact on nested levels. */
function servedByHand(
  needs: readonly { level: number; posts: number }[],
  staff: readonly { level: number; posts: number }[],
): number {
  const free = staff.map((each) => ({ ...each })).sort((a, b) => a.level - b.level);
  let unserved = 0;
  for (const need of [...needs].sort((a, b) => b.level - a.level)) {
    let left = need.posts;
    for (const each of free) {
      if (each.level < need.level) continue;
      const used = Math.min(each.posts, left);
      each.posts -= used;
      left -= used;
    }
    unserved += left;
  }
  return unserved;
}

test('the shortage is what an assignment by hand cannot serve', () => {
  fc.assert(
    fc.property(people, people, (needs, staff) => {
      const balance = qualifiedBalance(needs, staff);
      expect(balance.shortage).toBe(servedByHand(needs, staff));
      expect(balance.feasible).toBe(balance.shortage === 0);
    }),
  );
});

test('the fewest hires are exactly enough', () => {
  fc.assert(
    fc.property(people, people, (needs, staff) => {
      const balance = qualifiedBalance(needs, staff);
      const hires = fewestHires(balance);
      expect(hires.reduce((sum, hire) => sum + hire.posts, 0)).toBe(balance.shortage);
      expect(qualifiedBalance(needs, [...staff, ...hires]).feasible).toBe(true);
    }),
  );
});

const standards = {
  workingTime: {
    possibleDays: 260,
    leaveDays: 32,
    holidayDays: 10,
    sickDays: 8,
    otherDays: 5,
    hoursPerDay: 7.2,
  },
  activities: [
    { code: 'reception', minutes: 10, minLevel: A },
    { code: 'interview', minutes: 60, minLevel: C },
  ],
  allowances: [
    { code: 'meetings', share: 0.2, hoursPerYear: null, minLevel: A },
    { code: 'head', share: null, hoursPerYear: 1476, minLevel: D },
  ],
};

test('an office is told its need by level, with its head and its meetings', () => {
  const workload = officeWorkload(
    standards,
    new Map([
      ['reception', 14_760],
      ['interview', 7_380],
    ]),
    [
      { level: A, posts: 8 },
      { level: C, posts: 5 },
    ],
  );
  expect(workload.activities.map((each) => each.posts)).toEqual([
    expect.closeTo(10 / 6, 9),
    expect.closeTo(5, 9),
  ]);
  expect(workload.categoryFactor).toBe(1.25);
  expect(workload.individualFactor).toBeCloseTo(1, 12);
  expect(workload.total).toBeCloseTo((5 / 3 + 5) * 1.25 + 1, 9);
  expect(workload.needs.reduce((sum, need) => sum + need.posts, 0)).toBeCloseTo(workload.total, 9);
  expect(workload.ratio).toBeGreaterThan(1);
  expect(workload.balance.shortage).toBeCloseTo(2.25, 9);
});

test('an office nobody comes to still needs its head', () => {
  const workload = officeWorkload(standards, new Map(), []);
  expect(workload.total).toBeCloseTo(1, 12);
});
