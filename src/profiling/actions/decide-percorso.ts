import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { forbidden, invalid, notFound } from '../../platform/problem.ts';
import { explanationUnread, interviewOpen, profileSuperseded } from '../problems.ts';
import { lacksReason, type PercorsoGol, REASON_MIN } from '../rules/percorso.ts';
import {
  decisionsOf,
  insertDecision,
  interviewById,
  latestProfile,
  type PercorsoDecision,
  readingOf,
} from '../store.ts';
import { readPerson } from './person.ts';
import { propose } from './read-proposal.ts';

export interface DecisionInput {
  readonly personId: string;
  /** The profile that was on the screen: it must still be the newest. */
  readonly profileId: string;
  readonly interviewId: string;
  readonly decided: PercorsoGol;
  readonly reason?: string;
}

/**
 * Records the operator's own decision on the proposed percorso. @throws {Problem} 404; 409
 * explanation not read, profile computed again, interview not complete; 422 departure without reason
 */
export async function decidePercorso(call: Call, input: DecisionInput): Promise<PercorsoDecision> {
  authorise(call.actor, 'operator');
  const { operatorId, officeIds } = call.actor;
  const { id: personId } = await readPerson(call, input.personId);
  const officeId = officeIds[0];
  if (!officeId) throw forbidden();

  await transactionWithRetry(call.database, async (transaction) => {
    const profile = await latestProfile(transaction, personId);
    const interview = await interviewById(transaction, input.interviewId);
    if (!profile || interview?.personId !== personId) throw notFound();
    if (profile.id !== input.profileId) throw profileSuperseded();
    if (interview.state !== 'complete') throw interviewOpen();
    const openedAt = await readingOf(transaction, profile.id, operatorId);
    if (openedAt === undefined) throw explanationUnread();

    const { rule } = propose(profile, interview);
    const reason = input.reason?.trim() || undefined;
    if (lacksReason({ proposed: rule.percorso, decided: input.decided, reason })) {
      throw invalid({
        errors: [
          {
            pointer: '/reason',
            detail:
              call.locale === 'it'
                ? `Il percorso scelto non è quello proposto: spiega perché, con almeno ${REASON_MIN} caratteri.`
                : `The percorso chosen is not the one proposed: say why, in at least ${REASON_MIN} characters.`,
          },
        ],
      });
    }
    const id = call.ids();
    await insertDecision(transaction, {
      id,
      personId,
      profileId: profile.id,
      interviewId: interview.id,
      ruleCode: rule.code,
      proposed: rule.percorso,
      decided: input.decided,
      reason,
      operatorId,
      officeId,
      explanationOpenedAt: openedAt,
      decidedAt: call.clock.now(),
    });
    await audit(transaction, call, {
      action: 'decide-percorso',
      subjectKind: 'percorso_decision',
      subjectId: id,
      detail: { rule: rule.code, proposed: rule.percorso, decided: input.decided },
    });
  });
  return (await decisionsOf(call.database, personId, 1))[0]!;
}
