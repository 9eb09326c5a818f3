import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import type { Locale } from '../../platform/locale.ts';
import { type FieldFault, invalid } from '../../platform/problem.ts';
import { LEVER_FAULTS } from '../problems.ts';
import { followWait, noShowShare } from '../rules/backlog.ts';
import { gini } from '../rules/inequality.ts';
import type { OfficePlan } from '../rules/office-plan.ts';
import {
  type Agenda,
  asPosts,
  bookStates,
  type CategoryCount,
  changeStaff,
} from '../rules/what-if.ts';
import { type OfficeWorkload, officeWorkload } from '../rules/workload.ts';
import type {
  OfficeOutlook,
  ScenarioLevers,
  ScenarioOfficeResult,
  ScenarioResults,
} from '../scenario.ts';
import { agendas } from '../store.ts';
import { type Network, readNetwork } from './read-network.ts';

/** How far the wait is followed, and what counts as caught up. */
const WEEKS = 26;
const TARGET_DAYS = 14;

/**
 * What staff moved or added would do to need, gap, wait and inequality. Writes nothing. `known`: the
 * network, when the caller has just read it.
 * @throws {Problem} 422 naming each lever that cannot be pulled; 401, 403, 409
 */
export async function tryScenario(
  call: Call,
  levers: ScenarioLevers,
  known?: Network,
): Promise<ScenarioResults> {
  authorise(call.actor, 'planner', 'administrator');
  const network = known ?? (await readNetwork(call));
  const changed = changedOffices(network, levers, call.locale);
  const now = call.clock.now();
  const books = network.service
    ? await agendas(
        call.database,
        network.service,
        [...changed.keys()].map((plan) => plan.office.id),
        now,
      )
    : new Map<string, Agenda>();
  const average = hoursPerOperator([...books.values()]);

  const offices = [...changed].map(([plan, after]): ScenarioOfficeResult => {
    const volumes = new Map(plan.demand.map(({ activity, volume }) => [activity, volume]));
    const workload = officeWorkload(network.standards, volumes, asPosts(after));
    const waits = waitsOf(network, plan, after, books.get(plan.office.id), average);
    return {
      officeCode: plan.office.code,
      officeName: plan.office.name,
      before: outlook(plan.workload, plan.staff, waits?.before),
      after: outlook(workload, workload.existing, waits?.after),
      waitKnown: waits !== undefined,
    };
  });
  const users = network.plans.map((plan) => plan.users);
  const staffAfter = network.plans.map(
    (plan) => changed.get(plan)?.reduce((sum, { count }) => sum + count, 0) ?? plan.staff,
  );
  return {
    computedOn: dayOf(now),
    serviceCode: network.service?.code ?? null,
    weeks: WEEKS,
    targetDays: TARGET_DAYS,
    offices,
    inequality: {
      before: gini(
        network.plans.map((plan) => plan.staff),
        users,
      ),
      after: gini(staffAfter, users),
    },
  };
}

/** The organico after, of each office a lever names; all faults are told at once. */
function changedOffices(
  network: Network,
  levers: ScenarioLevers,
  locale: Locale,
): Map<OfficePlan, readonly CategoryCount[]> {
  const levels = new Map(network.categories.map(({ code, level }) => [code, level]));
  const errors: FieldFault[] = [];
  const refuse = (index: number, field: string, fault: keyof typeof LEVER_FAULTS) =>
    errors.push({ pointer: `/staff/${index}/${field}`, detail: LEVER_FAULTS[fault][locale] });
  const changed = new Map<OfficePlan, readonly CategoryCount[]>();
  const judged = new Set<string>();
  levers.staff.forEach(({ officeCode, count }, index) => {
    if (count === 0) refuse(index, 'count', 'no-change');
    const plan = network.plans.find(({ office }) => office.code === officeCode);
    if (!plan) refuse(index, 'office_code', 'unknown-office');
    if (!plan || judged.has(officeCode)) return;
    judged.add(officeCode);
    const own = levers.staff.filter((lever) => lever.officeCode === officeCode);
    const after = changeStaff(plan.office.organico, own, levels);
    if ('refused' in after) {
      const at = levers.staff.findIndex(
        (lever) => lever.officeCode === officeCode && lever.category === after.category,
      );
      const field = after.refused === 'unknown-category' ? 'category' : 'count';
      refuse(at, field, after.refused);
    } else changed.set(plan, after);
  });
  if (errors.length > 0) throw invalid({ errors });
  return changed;
}

function hoursPerOperator(books: readonly Agenda[]): number {
  const operators = books.reduce((sum, book) => sum + book.operators, 0);
  return operators > 0 ? books.reduce((sum, book) => sum + book.slots, 0) / operators : 0;
}

/**
 * Weeks of waiting with and without the change. Newcomers are taken to receive as many hours a week
 * as the colleagues they join; only people of the service's own level or above count.
 */
function waitsOf(
  network: Network,
  plan: OfficePlan,
  after: readonly CategoryCount[],
  book: Agenda | undefined,
  average: number,
) {
  const level = network.categories.find(({ code }) => code === network.service?.minCategory)?.level;
  const days = plan.wait.days;
  if (!book || book.slots <= 0 || level === undefined || days === null) return undefined;
  const qualified = (staff: readonly CategoryCount[]) =>
    staff.reduce((sum, each) => (each.level >= level ? sum + each.count : sum), 0);
  const there = qualified(plan.office.organico);
  // Not everybody qualified receives by appointment: who comes or goes is like those who are there.
  const receiving = there > 0 ? book.operators / there : 1;
  const added = (qualified(after) - there) * receiving;
  const hours = book.operators > 0 ? book.slots / book.operators : average;
  const states = bookStates(book, days, 1 - noShowShare(days), added, hours);
  const options = { weeks: WEEKS, targetDays: TARGET_DAYS };
  return {
    before: followWait(states.before, options),
    after: followWait(states.after, options),
  };
}

function outlook(
  workload: OfficeWorkload,
  staff: number,
  waits: ReturnType<typeof followWait> | undefined,
): OfficeOutlook {
  return {
    staff,
    need: workload.total,
    gap: workload.difference,
    qualifiedShortage: workload.balance.shortage,
    waitDays: waits?.waitDays.map((days) => (Number.isFinite(days) ? days : null)) ?? [],
    weeksToTarget: waits?.weeksToTarget ?? null,
  };
}
