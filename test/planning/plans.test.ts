import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  listOfficePlans,
  orderOf,
  SORT_KEYS,
} from '../../src/planning/actions/list-office-plans.ts';
import { readOfficePlan } from '../../src/planning/actions/read-office-plan.ts';
import { listOwnScenarios } from '../../src/planning/actions/read-scenarios.ts';
import { saveScenario } from '../../src/planning/actions/save-scenario.ts';
import { tryScenario } from '../../src/planning/actions/try-scenario.ts';
import { placeFigure } from '../../src/planning/table.ts';
import { rows } from '../../src/platform/database.ts';
import { callAs } from '../support/app.ts';
import { type PlanningWorld, planningWorld } from './world.ts';

let world: PlanningWorld;
beforeAll(async () => {
  world = await planningWorld();
});
afterAll(async () => {
  await world.services.close();
});

const planner = () => callAs(world.services, { kind: 'planner', userId: 'p1' });
const byName = { key: 'name', descending: false } as const;
const plan = async (code: string) => {
  const { plans } = await listOfficePlans(planner(), { order: byName });
  return plans.find(({ office }) => office.code === code)!;
};

describe('the plan of an office', () => {
  test('counts who lives in its bacino and who works there, by category', async () => {
    const palermo = await plan('pa-palermo');
    expect(palermo.population).toBe(657_561);
    expect(palermo.office.organico).toEqual([
      { category: 'A', level: 1, count: 1 },
      { category: 'C', level: 3, count: 2 },
    ]);
  });

  test('hands the region’s flow down by the people without work, and loses none of it', async () => {
    const { facts } = await listOfficePlans(planner(), { order: byName });
    expect(facts.users).toBeCloseTo(223_476, 6);
    const palermo = await plan('pa-palermo');
    const messina = await plan('me-messina');
    expect(palermo.users / messina.users).toBeCloseTo(
      (657_561 * 0.1906) / (messina.population * 0.2594),
      9,
    );
    expect(palermo.demand.find(({ activity }) => activity === 'first-interview')!.nature).toBe(
      'computed',
    );
  });

  test('waits for the third free place on the calendar, not for the first', async () => {
    expect((await plan('pa-palermo')).wait.days).toBe(100);
    // The service leaves no notice, yet nobody is free before tomorrow.
    expect((await plan('me-messina')).wait.days).toBe(1);
  });

  test('says that a clerk cannot stand in for an interviewer', async () => {
    const palermo = await plan('pa-palermo');
    const interviews = palermo.workload.balance.levels.find(({ level }) => level === 3)!;
    expect(interviews.have).toBe(2);
    expect(palermo.workload.balance.shortage).toBeGreaterThanOrEqual(interviews.shortage);
  });

  test('an office’s own figure is taken before its share of the region’s', async () => {
    const { services, messina } = world;
    const id = services.ids();
    await services.database.insert(placeFigure).values({
      id,
      officeId: messina,
      measure: 'first-interview',
      periodStart: '2026-01-01',
      periodEnd: '2027-01-01',
      value: 1234,
      nature: 'sourced',
      source: 'the office',
    });
    expect((await plan('me-messina')).users).toBe(1234);
    await services.database.execute(sql`delete from place_figure where id = ${id}::uuid`);
  });

  test('one office alone tells its seasons and the wait of each service', async () => {
    const detail = await readOfficePlan(planner(), { code: 'pa-palermo' });
    expect(detail.seasons!.map((index) => index.toFixed(4))).toEqual([
      '0.5985',
      '0.9368',
      '1.0014',
      '1.4633',
    ]);
    expect(detail.waits).toHaveLength(1);
    expect(detail.waits[0]!.wait.days).toBe(100);
  });

  test('offices can be put in order by every column, either way', async () => {
    for (const key of SORT_KEYS) {
      const up = await listOfficePlans(planner(), { order: { key, descending: false } });
      expect(up.plans).toHaveLength(2);
    }
    const { plans } = await listOfficePlans(planner(), { order: orderOf('-wait', byName) });
    expect(plans.map(({ office }) => office.code)).toEqual(['pa-palermo', 'me-messina']);
    expect(orderOf('nonsense', byName)).toBe(byName);
  });
});

describe('what if', () => {
  const move = {
    staff: [
      { officeCode: 'me-messina', category: 'C', count: -2 },
      { officeCode: 'pa-palermo', category: 'C', count: 2 },
    ],
  };

  test('interviewers who move take their posts along and shorten the longer wait', async () => {
    const results = await tryScenario(planner(), move);
    const [messina, palermo] = results.offices;
    expect(palermo!.after.staff).toBe(palermo!.before.staff + 2);
    expect(messina!.after.staff).toBe(messina!.before.staff - 2);
    expect(palermo!.after.need).toBe(palermo!.before.need);
    expect(palermo!.after.qualifiedShortage).toBeCloseTo(palermo!.before.qualifiedShortage - 2, 9);
    expect(palermo!.after.waitDays.at(-1)!).toBeLessThan(palermo!.before.waitDays.at(-1)!);
  });

  test('clerks who come do not shorten the wait for an interview', async () => {
    const results = await tryScenario(planner(), {
      staff: [{ officeCode: 'pa-palermo', category: 'A', count: 20 }],
    });
    const [palermo] = results.offices;
    expect(palermo!.after.waitDays).toEqual(palermo!.before.waitDays);
    expect(palermo!.after.gap).toBeGreaterThan(palermo!.before.gap);
  });

  test('if nothing changes a full book stays full', async () => {
    const results = await tryScenario(planner(), move);
    const before = results.offices.find(({ officeCode }) => officeCode === 'pa-palermo')!.before;
    expect(before.waitDays[0]).toBeCloseTo(100, 3);
    expect(before.waitDays.at(-1)!).toBeCloseTo(100, 3);
  });

  test('more people cannot leave than are there, and nobody of an unknown category', async () => {
    await expect(
      tryScenario(planner(), {
        staff: [
          { officeCode: 'me-messina', category: 'C', count: -3 },
          { officeCode: 'me-messina', category: 'C', count: -2 },
          { officeCode: 'pa-palermo', category: 'Z', count: 1 },
          { officeCode: 'nowhere', category: 'C', count: 1 },
        ],
      }),
    ).rejects.toMatchObject({
      status: 422,
      extra: {
        errors: [
          { pointer: '/staff/0/count' },
          { pointer: '/staff/2/category' },
          { pointer: '/staff/3/office_code' },
        ],
      },
    });
  });

  test('a kept scenario is its owner’s alone, and leaves its trace', async () => {
    const saved = await saveScenario(planner(), { name: 'Due a Palermo', levers: move });
    const mine = await listOwnScenarios(planner(), { limit: 10 });
    expect(mine.items.map(({ name }) => name)).toEqual(['Due a Palermo']);
    const other = callAs(world.services, { kind: 'planner', userId: 'p2' });
    expect((await listOwnScenarios(other, { limit: 10 })).items).toEqual([]);
    const trace = await rows<{ action: string }>(
      world.services.database,
      sql`select action from audit_event where subject_id = ${saved.id}`,
    );
    expect(trace).toEqual([{ action: 'save-scenario' }]);
  });
});

test('nobody but planners and administrators may plan', async () => {
  const refused = [
    [{ kind: 'anonymous' }, 401],
    [{ kind: 'jobseeker', personId: 'x' }, 403],
    [{ kind: 'operator', operatorId: 'x', officeIds: [world.palermo] }, 403],
  ] as const;
  for (const [actor, status] of refused) {
    const call = callAs(world.services, actor);
    const levers = { staff: [{ officeCode: 'pa-palermo', category: 'C', count: 1 }] };
    for (const attempt of [
      () => listOfficePlans(call, { order: byName }),
      () => readOfficePlan(call, { code: 'pa-palermo' }),
      () => tryScenario(call, levers),
      () => saveScenario(call, { name: 'x', levers }),
      () => listOwnScenarios(call, { limit: 1 }),
    ])
      await expect(attempt()).rejects.toMatchObject({ status });
  }
});
