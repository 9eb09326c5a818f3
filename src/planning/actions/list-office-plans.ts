import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import {
  type NetworkFacts,
  networkFacts,
  type OfficePlan,
  waitForSorting,
} from '../rules/office-plan.ts';
import { type Network, readNetwork } from './read-network.ts';

/** What plans can be ordered by; a leading minus on the wire turns it round. */
export const SORT_KEYS = [
  'name',
  'province',
  'population',
  'staff',
  'users',
  'users_per_operator',
  'need',
  'gap',
  'qualified_shortage',
  'wait',
] as const;
type SortKey = (typeof SORT_KEYS)[number];

export interface PlanOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** `-need` as the key and the direction; what is no key counts as not asked. */
export function orderOf(sort: string | undefined, initial: PlanOrder): PlanOrder {
  const key = SORT_KEYS.find((each) => each === sort?.replace(/^-/, ''));
  return key ? { key, descending: sort?.startsWith('-') ?? false } : initial;
}

const VALUE: Record<SortKey, (plan: OfficePlan) => number | string> = {
  name: (plan) => plan.office.name,
  province: (plan) => plan.office.province,
  population: (plan) => plan.population,
  staff: (plan) => plan.staff,
  users: (plan) => plan.users,
  users_per_operator: (plan) => plan.usersPerOperator ?? Number.POSITIVE_INFINITY,
  need: (plan) => plan.workload.total,
  gap: (plan) => plan.workload.difference,
  qualified_shortage: (plan) => plan.workload.balance.shortage,
  wait: waitForSorting,
};

const alphabetical = new Intl.Collator('it');

/** A sorted copy; equals keep the order of their names. */
function sortPlans(plans: readonly OfficePlan[], order: PlanOrder): OfficePlan[] {
  const value = VALUE[order.key];
  const sign = order.descending ? -1 : 1;
  return plans.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    const compared =
      typeof x === 'string' || typeof y === 'string'
        ? alphabetical.compare(String(x), String(y))
        : // Two infinite waits are equal, though their difference is no number.
          x === y
          ? 0
          : x - y;
    return sign * compared || alphabetical.compare(a.office.name, b.office.name);
  });
}

export interface OfficePlanList extends Network {
  /** Of the offices listed, not of the page. */
  readonly facts: NetworkFacts;
  readonly provinces: readonly { readonly code: string; readonly name: string }[];
}

/** Every office of the network, or of one province, in order. Planners and administrators. */
export async function listOfficePlans(
  call: Call,
  input: {
    readonly province?: string | undefined;
    readonly order: PlanOrder;
    readonly serviceCode?: string | undefined;
  },
): Promise<OfficePlanList> {
  authorise(call.actor, 'planner', 'administrator');
  const network = await readNetwork(call, input.serviceCode);
  const listed = network.plans.filter(
    ({ office }) => input.province === undefined || office.province === input.province,
  );
  const provinces = new Map(
    network.plans.map(({ office }) => [office.province, office.provinceName]),
  );
  return {
    ...network,
    plans: sortPlans(listed, input.order),
    facts: networkFacts(listed),
    provinces: [...provinces]
      .map(([code, name]) => ({ code, name }))
      .sort((a, b) => alphabetical.compare(a.name, b.name)),
  };
}
