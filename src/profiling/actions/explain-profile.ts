import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { findModel } from '../models.ts';
import { type Counterfactual, counterfactual } from '../rules/counterfactual.ts';
import type { ProfilingModel } from '../rules/model.ts';
import { score } from '../rules/score.ts';
import { type Profile, profileById, readingOf } from '../store.ts';
import { readPerson } from './person.ts';

/** A profile and all that is needed to understand it. */
export interface Explanation {
  readonly profile: Profile;
  /** The very version of the model that computed it. */
  readonly model: ProfilingModel;
  readonly referenceProbability: number;
  readonly counterfactual: Counterfactual;
  /** When the asking operator confirmed to have read it. */
  readonly readAt: Instant | undefined;
}

/** @throws {Problem} 404 unknown, or not in sight of the caller */
export async function explainProfile(call: Call, profileId: string): Promise<Explanation> {
  authorise(call.actor, 'operator', 'jobseeker');
  const profile = await profileById(call.database, profileId);
  if (!profile) throw notFound();
  await readPerson(call, profile.personId);
  const model = findModel(profile.modelId, profile.modelVersion);
  if (!model) throw notFound();
  return {
    profile,
    model,
    referenceProbability: score(model, model.reference).probability,
    counterfactual: counterfactual(model, profile.inputs),
    readAt:
      call.actor.kind === 'operator'
        ? await readingOf(call.database, profile.id, call.actor.operatorId)
        : undefined,
  };
}
