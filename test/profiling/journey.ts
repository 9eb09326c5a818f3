import { bacinoComune } from '../../src/network/table.ts';
import type { ActorOf } from '../../src/platform/actor.ts';
import type { InterviewAnswers } from '../../src/profiling/rules/interview.ts';
import type { PersonData } from '../../src/profiling/rules/person-data.ts';
import type { TestServices } from '../support/app.ts';
import { anOffice, anOperator, aPerson, PALERMO } from '../support/fixtures.ts';

export interface World {
  readonly officeId: string;
  readonly personId: string;
  readonly operator: ActorOf<'operator'> & { officeIds: string[] };
  /** Of another office, which does not serve the person. */
  readonly stranger: ActorOf<'operator'> & { officeIds: string[] };
  readonly jobseeker: ActorOf<'jobseeker'>;
}

/** A Cpi that serves Palermo, its operator, a person who lives there, and a Cpi elsewhere. */
export async function aWorld(services: TestServices): Promise<World> {
  const officeId = await anOffice(services);
  const elsewhere = await anOffice(services);
  await services.database.insert(bacinoComune).values({
    comune: PALERMO,
    officeId,
    provenance: { kind: 'declared', source: 'test' },
  });
  const operatorId = await anOperator(services, officeId);
  const strangerId = await anOperator(services, elsewhere);
  const personId = await aPerson(services);
  return {
    officeId,
    personId,
    operator: { kind: 'operator', operatorId, officeIds: [officeId] },
    stranger: { kind: 'operator', operatorId: strangerId, officeIds: [elsewhere] },
    jobseeker: { kind: 'jobseeker', personId },
  };
}

/** Somebody of 57, out of work for more than a year. */
export const SOMEBODY: PersonData = {
  birthDate: '1970-01-31',
  sex: 'F',
  citizenship: 'it',
  presenceInItaly: 'birth',
  education: '20000000',
  unemployedSince: '2025-09-01',
  statusYearBefore: 'unemployed',
  monthsWorkedLast2Years: 5,
  householdSize: 3,
  dependentChildren: true,
  drivingLicence: false,
  transport: 'public',
  digitalSkills: 'none',
  italianLevel: 'c1_or_native',
  foreignLanguages: 'none',
  recentTraining: false,
};

/** A whole interview: usable skills, one doubt on the check-list, one complex need. */
export const ANSWERS: InterviewAnswers = {
  a_target_job: 'Cuoca in una mensa',
  a_collective_crisis: 'no',
  a_channels: ['cpi', 'network'],
  c_mobility: 'thirty_km',
  c_consent: 'yes',
  c_care: 'yes',
  c_health: 'no',
  k_coherence: 'yes',
  k_training: 'yes',
  k_mobility: 'partly',
  k_activation: 'yes',
  k_market: 'yes',
  k_internship: 'no',
  k_skills: 'spendable',
};
