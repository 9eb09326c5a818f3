import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { assessmentOf, complexNeeds } from '../rules/interview.ts';
import { type Assessment, type PercorsoRule, proposePercorso } from '../rules/percorso.ts';
import { type Interview, latestInterview, latestProfile, type Profile } from '../store.ts';
import { readPerson } from './person.ts';

/** What stands ready for a decision: a profile, a completed interview, and the rule that fires. */
export interface Proposal {
  readonly profile: Profile;
  readonly interview: Interview;
  readonly assessment: Assessment;
  readonly complexNeeds: number;
  readonly rule: PercorsoRule;
}

/** The present proposal; undefined while profile or completed interview is missing. */
export async function readProposal(call: Call, personId: string): Promise<Proposal | undefined> {
  authorise(call.actor, 'operator');
  await readPerson(call, personId);
  const profile = await latestProfile(call.database, personId);
  const interview = await latestInterview(call.database, personId);
  if (!profile || interview?.state !== 'complete') return undefined;
  return propose(profile, interview);
}

export function propose(profile: Profile, interview: Interview): Proposal {
  const assessment = assessmentOf(profile.riskClass, interview.answers);
  return {
    profile,
    interview,
    assessment,
    complexNeeds: complexNeeds(interview.answers),
    rule: proposePercorso(assessment),
  };
}
