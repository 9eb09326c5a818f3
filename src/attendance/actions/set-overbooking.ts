import { serviceById } from '../../booking/store/services.ts';
import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { overbookingOff } from '../problems.ts';
import { mayOverbook } from '../rules/overbooking.ts';
import { listRules, type NamedRule, saveRule } from '../store/overbooking.ts';

export interface OverbookingChange {
  readonly officeId: string;
  readonly serviceId: string;
  readonly active: boolean;
  readonly tolerance: number;
  readonly risk: number;
  readonly public: boolean;
  readonly reason: string;
}

/**
 * Switches overbooking on or off for one service of one office, with a reason. Off until then.
 * @throws {Problem} 401, 403; 404; 409 a service that is never overbooked
 */
export async function setOverbooking(call: Call, change: OverbookingChange): Promise<void> {
  authorise(call.actor, 'administrator');
  const [office, service] = await Promise.all([
    officeById(call.database, change.officeId),
    serviceById(call.database, change.serviceId),
  ]);
  if (!office || !service) throw notFound();
  if (change.active && !mayOverbook(service)) throw overbookingOff();
  await transactionWithRetry(call.database, async (transaction) => {
    await saveRule(transaction, {
      ...change,
      setBy: actorId(call.actor)!,
      setAt: call.clock.now(),
    });
    await audit(transaction, call, {
      action: 'set-overbooking',
      subjectKind: 'office',
      subjectId: office.id,
      detail: { ...change, officeId: undefined },
    });
  });
}

/** The rules of an office, or of all for administrators. @throws {Problem} 401, 403 another office */
export async function listOverbooking(call: Call, officeId?: string): Promise<NamedRule[]> {
  authorise(call.actor, 'operator', 'administrator');
  if (officeId !== undefined) authoriseOffice(call.actor, officeId);
  else authorise(call.actor, 'administrator');
  return listRules(call.database, officeId);
}
