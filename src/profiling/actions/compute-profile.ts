import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type IsoDate } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { modelInUse } from '../models.ts';
import { numbered } from '../numbered.ts';
import { dataFormMissing } from '../problems.ts';
import { bandOf } from '../rules/bands.ts';
import { predictorsOf } from '../rules/predictors.ts';
import { contributions, score } from '../rules/score.ts';
import { nextUpdateDueOn } from '../rules/update-due.ts';
import { insertProfile, latestDataForm, latestProfile, type Profile } from '../store.ts';
import type { ProfileTrigger } from '../table.ts';
import { readPerson } from './person.ts';

/** What the national service answered, kept beside ours: its table is not public. */
export interface NationalProfile {
  readonly class: number;
  readonly code: string;
  readonly computedOn: IsoDate;
}

/**
 * Computes the profile of a person with the model in use, on the data confirmed last, and keeps it
 * whole as a new version. @throws {Problem} 404 not in care; 409 no data form yet
 */
export async function computeProfile(
  call: Call,
  input: {
    readonly personId: string;
    readonly trigger: ProfileTrigger;
    readonly national?: NationalProfile;
  },
): Promise<Profile> {
  authorise(call.actor, 'operator', 'system');
  const computedBy = call.actor.kind === 'operator' ? call.actor.operatorId : null;
  const { id: personId } = await readPerson(call, input.personId);
  const form = await latestDataForm(call.database, personId);
  if (!form) throw dataFormMissing();

  const model = modelInUse();
  const now = call.clock.now();
  const today = dayOf(now);
  const inputs = predictorsOf(form.data, today);
  const { linearPredictor, probability } = score(model, inputs);
  const id = call.ids();
  await numbered(() =>
    transactionWithRetry(call.database, async (transaction) => {
      const before = await latestProfile(transaction, personId);
      const national = input.national ?? nationalOf(before);
      await insertProfile(transaction, {
        id,
        personId,
        version: (before?.version ?? 0) + 1,
        personDataId: form.id,
        modelId: model.id,
        modelVersion: model.version,
        modelHash: model.hash,
        inputs,
        linearPredictor,
        score: probability,
        riskClass: Number(bandOf(model.scale, probability).code),
        contributions: contributions(model, inputs),
        trigger: input.trigger,
        computedBy,
        computedAt: now,
        nextUpdateDueOn: nextUpdateDueOn(today),
        nationalClass: national?.class,
        nationalCode: national?.code,
        nationalComputedOn: national?.computedOn,
      });
      await audit(transaction, call, {
        action: 'compute-profile',
        subjectKind: 'profile',
        subjectId: id,
        detail: { trigger: input.trigger, model: model.id, hash: model.hash },
      });
    }),
  );
  return (await latestProfile(call.database, personId))!;
}

function nationalOf(profile: Profile | undefined): NationalProfile | undefined {
  if (!profile?.nationalClass || !profile.nationalCode || !profile.nationalComputedOn) return;
  return {
    class: profile.nationalClass,
    code: profile.nationalCode,
    computedOn: profile.nationalComputedOn,
  };
}
