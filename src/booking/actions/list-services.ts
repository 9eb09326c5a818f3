import type { Call } from '../../platform/call.ts';
import type { Service } from '../service.ts';
import { listServices } from '../store/services.ts';

/** The services that the actor may book: staff see those that only staff may book too. Public. */
export async function listBookableServices(call: Call): Promise<Service[]> {
  const staff = ['operator', 'administrator', 'system'].includes(call.actor.kind);
  const services = await listServices(call.database);
  return services.filter(
    (service) => staff || service.audience === 'anyone' || service.audience === 'own_cpi',
  );
}

/** Those of them that can be put together in one visit. Public. */
export async function listVisitServices(call: Call): Promise<Service[]> {
  const services = await listBookableServices(call);
  return services.filter(
    (service) => !service.ownOperator && service.operators === 1 && !service.resourceKind,
  );
}
