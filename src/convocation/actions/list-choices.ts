import type { Service } from '../../booking/service.ts';
import { listServices } from '../../booking/store/services.ts';
import { listOffices, type OfficeSummary } from '../../network/store.ts';
import type { Call } from '../../platform/call.ts';
import { officesInReach } from './reach.ts';

/** What a campaign can be about: every service, and the offices of the caller. */
export interface CampaignChoices {
  readonly services: readonly Service[];
  readonly offices: readonly OfficeSummary[];
}

/** @throws {Problem} 401, 403 */
export async function listChoices(call: Call): Promise<CampaignChoices> {
  const reach = officesInReach(call);
  const [services, offices] = await Promise.all([
    listServices(call.database),
    listOffices(call.database),
  ]);
  return {
    services,
    offices: reach ? offices.filter(({ id }) => reach.includes(id)) : offices,
  };
}
