import { audit } from '../../identity/audit.ts';
import { authoriseOffice } from '../../identity/authorise.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type IsoDate } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { proofDoesNotFit } from '../problems.ts';
import { PROOFS_OF } from '../rules/channels.ts';
import type { ProofKind } from '../rules/kinds.ts';
import { convocationById, insertProof } from '../store/convocations.ts';
import { type JudgedConvocation, readConvocation } from './read-convocation.ts';

/**
 * Records what shows that a convocation was delivered. The same proof again changes nothing; proofs
 * are never taken back, what was wrong is told by another.
 * @throws {Problem} 401, 403; 404; 422 not of this channel, or in the future
 */
export async function recordProof(
  call: Call,
  wanted: {
    readonly convocationId: string;
    readonly kind: ProofKind;
    readonly happenedOn: IsoDate;
    /** Number of the registered letter, identifier of the receipt, protocol number. */
    readonly reference: string;
  },
): Promise<JudgedConvocation> {
  const found = await convocationById(call.database, wanted.convocationId);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.officeId);
  const now = call.clock.now();
  if (!PROOFS_OF[found.channel].includes(wanted.kind) || wanted.happenedOn > dayOf(now)) {
    throw proofDoesNotFit();
  }
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const recorded = await insertProof(transaction, {
      ...wanted,
      id: call.ids(),
      recordedBy: actorId(call.actor) ?? call.actor.kind,
      recordedAt: now,
    });
    if (!recorded) return;
    await audit(transaction, call, {
      action: 'record-delivery-proof',
      subjectKind: 'convocation',
      subjectId: found.id,
      detail: { kind: wanted.kind, happened_on: wanted.happenedOn },
    });
  });
  return readConvocation(call, found.id);
}
