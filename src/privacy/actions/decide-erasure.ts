import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import { enqueue } from '../../notices/outbox.ts';
import { actorId } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import type { Locale } from '../../platform/locale.ts';
import { invalid, notFound } from '../../platform/problem.ts';
import { erasureAnswered } from '../notices.ts';
import { erasureBarred, erasureDecided } from '../problems.ts';
import { type KeepingReason, standsAgainstErasure } from '../rules/keeping.ts';
import { forgetAnswersAbout, forgetWhoTheyAre } from '../store/forgetting.ts';
import { reasonsToKeep } from '../store/keeping.ts';
import {
  type ErasureRequest,
  openRequests,
  requestById,
  settleRequest,
} from '../store/requests.ts';
import { isInSight, personInSight } from './person-in-sight.ts';

export interface ErasureDecision {
  readonly id: string;
  readonly erase: boolean;
  /** Told to the person; needed when it is refused. */
  readonly answer?: string | undefined;
}

/**
 * Grants a request at once, or refuses it with an answer. What is open or an act of law stands
 * against it; that something is recent does not. The person is told where they are reached, before
 * the address is forgotten.
 * @throws {Problem} 401, 403, 404; 409 decided already, or barred (with the reasons); 422 no answer
 */
export async function decideErasure(
  call: Call,
  decision: ErasureDecision,
): Promise<ErasureRequest> {
  authorise(call.actor, 'operator', 'administrator');
  const { erase, answer } = decision;
  if (!erase && !answer) throw invalid({ errors: [{ pointer: '/answer', detail: 'required' }] });
  const request = await requestById(call.database, decision.id);
  if (!request) throw notFound();
  if (request.state !== 'asked') throw erasureDecided();
  await personInSight(call, request.personId);
  const now = call.clock.now();
  await transactionWithRetry(call.database, async (transaction) => {
    if (erase) {
      const barring = await barringErasure({ ...call, database: transaction }, request.personId);
      if (barring.length > 0) throw erasureBarred({ members: { reasons: barring } });
      await forgetWhoTheyAre(transaction, [request.personId], now);
      await forgetAnswersAbout(transaction, request.personId);
    }
    const settled = await settleRequest(transaction, request.id, {
      state: erase ? 'erased' : 'refused',
      decidedBy: actorId(call.actor)!,
      decidedAt: now,
      answer: answer ?? null,
    });
    if (!settled) throw erasureDecided();
    if (request.email !== null) {
      await enqueue(
        transaction,
        call,
        erasureAnswered.to({
          facts: { erased: erase, answer: answer ?? null },
          recipient: request.email,
          locale: request.locale as Locale,
          subjectId: request.id,
        }),
      );
    }
    await audit(
      transaction,
      call,
      ...(erase
        ? [{ action: 'erase-person', subjectKind: 'person', subjectId: request.personId }]
        : []),
      {
        action: erase ? 'grant-erasure' : 'refuse-erasure',
        subjectKind: 'erasure-request',
        subjectId: request.id,
      },
    );
  });
  return (await requestById(call.database, request.id))!;
}

/** What stands against erasing a person now, each reason once. */
async function barringErasure(call: Call, personId: string): Promise<KeepingReason[]> {
  const now = call.clock.now();
  const kept = await reasonsToKeep(call.database, [personId], { before: now, now });
  return [...new Set(kept.map(({ reason }) => reason))].filter(standsAgainstErasure).sort();
}

/** Requests shown at once. */
const LISTED = 200;

/** A request not decided yet, and what stands against it. */
export interface OpenErasure {
  readonly request: ErasureRequest;
  readonly barring: readonly KeepingReason[];
}

/**
 * Requests that await a decision, of the people in the caller's care, the oldest first.
 * @throws {Problem} 401, 403
 */
export async function listErasureRequests(call: Call): Promise<OpenErasure[]> {
  authorise(call.actor, 'operator', 'administrator');
  const seen: OpenErasure[] = [];
  for (const request of await openRequests(call.database, LISTED)) {
    if (await isInSight(call, request.personId))
      seen.push({ request, barring: await barringErasure(call, request.personId) });
  }
  return seen;
}
