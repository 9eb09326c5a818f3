import type { Actor } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import type { Service } from '../service.ts';
import { listServices } from '../store/services.ts';

/** The services that the actor may book: staff see those that only staff may book too. Public. */
export async function listBookableServices(call: Call): Promise<Service[]> {
  const services = await listServices(call.database);
  return services.filter((service) => isBookableBy(call.actor, service));
}

/** Whether the actor may book a service in use, as far as its audience goes. */
export function isBookableBy({ kind }: Actor, { audience }: Service): boolean {
  const staff = ['operator', 'administrator', 'system'].includes(kind);
  return staff || audience === 'anyone' || audience === 'own_cpi';
}

/** Those of them that can be put together in one visit. Public. */
export async function listVisitServices(call: Call): Promise<Service[]> {
  const services = await listBookableServices(call);
  return services.filter(
    (service) => !service.ownOperator && service.operators === 1 && !service.resourceKind,
  );
}
