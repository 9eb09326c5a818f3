import type { Service } from '../../booking/service.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { inflowSeasons, type OfficePlan, type Wait } from '../rules/office-plan.ts';
import { type BookedMonth, bookedByMonth, thirdNextByOffice } from '../store.ts';
import { type Network, readNetwork } from './read-network.ts';

export interface OfficeDetail extends Network {
  readonly plan: OfficePlan;
  /** Quarterly indices of the region's inflow; null without figures. */
  readonly seasons: readonly number[] | null;
  /** The last twelve months and what is booked ahead. */
  readonly booked: readonly BookedMonth[];
  readonly waits: readonly { readonly service: Service; readonly wait: Wait }[];
}

/** One office by id or code, with all its plan is made of. @throws {Problem} 401, 403, 404, 409 */
export async function readOfficePlan(
  call: Call,
  which: { readonly id: string } | { readonly code: string },
): Promise<OfficeDetail> {
  authorise(call.actor, 'planner', 'administrator');
  const network = await readNetwork(call);
  const plan = network.plans.find(({ office }) =>
    'id' in which ? office.id === which.id : office.code === which.code,
  );
  if (!plan) throw notFound();
  const now = call.clock.now();
  const booked = await bookedByMonth(call.database, plan.office.id, {
    start: now - 365 * DAY,
    end: now + 365 * DAY,
  });
  const waits: { service: Service; wait: Wait }[] = [];
  for (const service of network.services) {
    const wait = (await thirdNextByOffice(call.database, service, now, plan.office.id)).get(
      plan.office.id,
    );
    waits.push({ service, wait: wait ?? { at: null, days: null } });
  }
  return {
    ...network,
    plan,
    seasons: inflowSeasons(network.figures, plan.office.region),
    booked,
    waits,
  };
}
