import type { Service } from '../../booking/service.ts';
import { listServices } from '../../booking/store/services.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf } from '../../platform/clock.ts';
import { standardsMissing } from '../problems.ts';
import type { Figure } from '../rules/figures.ts';
import { type OfficePlan, officePlans, USERS_ACTIVITY } from '../rules/office-plan.ts';
import {
  type Category,
  listCategories,
  listFigures,
  listPlannedOffices,
  type NamedStandards,
  standardsOn,
  thirdNextByOffice,
} from '../store.ts';

export interface Network {
  /** One plan an office, by name. */
  readonly plans: readonly OfficePlan[];
  readonly categories: readonly Category[];
  readonly standards: NamedStandards;
  readonly figures: readonly Figure[];
  readonly services: readonly Service[];
  /** The service whose wait is measured; undefined when none is on offer. */
  readonly service: Service | undefined;
}

/**
 * Bacino, organico, demand, need and wait of every office, now. The wait is that of `serviceCode`,
 * or of the service that first interviews are booked by. @throws {Problem} 401, 403, 409
 */
export async function readNetwork(call: Call, serviceCode?: string): Promise<Network> {
  authorise(call.actor, 'planner', 'administrator');
  const { database } = call;
  const now = call.clock.now();
  const [standards, services, figures, categories, offices] = await Promise.all([
    standardsOn(database, dayOf(now)),
    listServices(database),
    listFigures(database),
    listCategories(database),
    listPlannedOffices(database),
  ]);
  if (!standards) throw standardsMissing();
  const service = waitService(services, standards, serviceCode);
  const waits = service ? await thirdNextByOffice(database, service, now) : new Map();
  return {
    plans: officePlans(offices, standards, figures, waits),
    categories,
    standards,
    figures,
    services,
    service,
  };
}

function waitService(
  services: readonly Service[],
  standards: NamedStandards,
  asked: string | undefined,
): Service | undefined {
  const byCode = (code: string | undefined) => services.find((service) => service.code === code);
  return (
    byCode(asked) ??
    byCode(standards.serviceCodes.get(USERS_ACTIVITY)) ??
    services.find(({ audience }) => audience !== 'staff')
  );
}
