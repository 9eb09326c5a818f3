import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import type { Service } from '../service.ts';
import { listBookableServices } from './list-services.ts';

/** A service the actor may book, by its code. @throws {Problem} 404 */
export async function findService(call: Call, code: string | undefined): Promise<Service> {
  const found = (await listBookableServices(call)).find((service) => service.code === code);
  if (!found) throw notFound();
  return found;
}
