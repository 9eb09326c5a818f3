import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import type { ServiceSettings } from '../service.ts';
import { listSettings, receivingBySkill, settingsById } from '../store/services.ts';
import { isBookableBy } from './list-services.ts';

/** A service and how many could do it now. */
export interface OfferedService extends ServiceSettings {
  readonly ableOperators: number;
  readonly ableOffices: number;
}

/** Every service with who could do it, those out of use too. @throws {Problem} 401, 403 */
export async function listServiceSettings(call: Call): Promise<OfferedService[]> {
  authorise(call.actor, 'operator', 'administrator', 'system');
  const able = await receivingBySkill(call.database);
  return (await listSettings(call.database)).map((one) => ({
    ...one,
    ableOperators: able.get(one.skill)?.operators ?? 0,
    ableOffices: able.get(one.skill)?.offices ?? 0,
  }));
}

/** One service: in use for everybody, out of use for the staff. @throws {Problem} 404 */
export async function readServiceSettings(call: Call, id: string): Promise<ServiceSettings> {
  const found = await settingsById(call.database, id);
  const staff = ['operator', 'administrator', 'system'].includes(call.actor.kind);
  if (!found || !(staff || (found.active && isBookableBy(call.actor, found)))) throw notFound();
  return found;
}
