import { audit } from '../../identity/audit.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import { officeById } from '../../network/store.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { type Instant, toRfc3339 } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { scopeRefused } from '../problems.ts';
import {
  type Disruption,
  disruptionById,
  insertDisruption,
  lockOffice,
  sameDisruption,
} from '../store/disruptions.ts';
import { hitsOf } from '../store/hits.ts';
import { WITHIN_REQUEST_MS } from './apply-disruption.ts';
import { carryOut } from './carry-out.ts';

/**
 * Announces that an office moves house: from that moment on it has the new address, and everybody
 * with an appointment at the desk after it is told now, once.
 * @throws {Problem} 401, 403, 404; 422 the moment is past
 */
export async function announceRelocation(
  call: Call,
  wanted: {
    readonly officeId: string;
    readonly from: Instant;
    readonly address: string;
    readonly reason: string;
  },
): Promise<Disruption> {
  authoriseOffice(call.actor, wanted.officeId);
  const now = call.clock.now();
  const office = await officeById(call.database, wanted.officeId);
  if (!office) throw notFound();
  if (wanted.from <= now) throw scopeRefused();
  const scope = {
    officeId: office.id,
    operatorId: undefined,
    during: { start: wanted.from, end: Number.POSITIVE_INFINITY },
  };
  const id = await transactionWithRetry(call.database, async (transaction) => {
    await lockOffice(transaction, office.id);
    const same = await sameDisruption(transaction, 'relocation', scope);
    if (same?.newAddress === wanted.address) return same.id;
    const fresh = call.ids();
    const found = await hitsOf(transaction, scope, now);
    const told = found.filter(
      ({ state, service }) => state === 'confirmed' && service.mode === 'desk',
    );
    await insertDisruption(transaction, {
      ...scope,
      id: fresh,
      kind: 'relocation',
      reason: wanted.reason,
      newAddress: wanted.address,
      closureId: undefined,
      madeBy: actorId(call.actor),
      now,
      items: told.map(({ id }) => ({ appointmentId: id, fate: 'tell' as const, seat: undefined })),
    });
    await audit(transaction, call, {
      action: 'announce-relocation',
      subjectKind: 'disruption',
      subjectId: fresh,
      detail: { office: office.code, from: toRfc3339(wanted.from), told: told.length },
    });
    return fresh;
  });
  await carryOut(call, id, now + WITHIN_REQUEST_MS);
  return (await disruptionById(call.database, id))!;
}
