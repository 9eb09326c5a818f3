import { z } from '@hono/zod-openapi';
import { toRfc3339 } from '../platform/clock.ts';
import { instant, isoDate, uuid } from '../reference/fields.ts';
import type { Explanation } from './actions/explain-profile.ts';
import type { InterviewAnswers } from './rules/interview.ts';
import type { Contribution, ProfilingModel, Words } from './rules/model.ts';
import { PERCORSI } from './rules/percorso.ts';
import * as form from './rules/person-data.ts';
import type { DataForm, Interview, PercorsoDecision, Profile } from './store.ts';
import { PROFILE_TRIGGERS } from './table.ts';

const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/u);
const code = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9_.-]+$/);
const words = z.strictObject({ it: text(1000), en: text(1000) });
const share = z.number().min(0).max(1);
const logOdds = z.number().min(-1000).max(1000);

export const personDataSchema = z
  .strictObject({
    birth_date: isoDate,
    sex: z.enum(form.SEXES),
    citizenship: z.enum(form.CITIZENSHIPS),
    presence_in_italy: z.enum(form.PRESENCE_IN_ITALY),
    education: z.enum(form.EDUCATION_CODES).openapi({ description: 'Ministerial title of study.' }),
    unemployed_since: isoDate,
    status_year_before: z.enum(form.STATUS_YEAR_BEFORE),
    months_worked_last_2_years: z.int().min(0).max(24),
    household_size: z.int().min(1).max(20),
    dependent_children: z.boolean(),
    driving_licence: z.boolean(),
    transport: z.enum(form.TRANSPORT),
    digital_skills: z.enum(form.DIGITAL_SKILLS),
    italian_level: z.enum(form.ITALIAN_LEVELS),
    foreign_languages: z.enum(form.FOREIGN_LANGUAGES),
    recent_training: z.boolean(),
  })
  .openapi('PersonData');
export type PersonDataWire = z.infer<typeof personDataSchema>;

export function toPersonData(wire: PersonDataWire): form.PersonData {
  return {
    birthDate: wire.birth_date,
    sex: wire.sex,
    citizenship: wire.citizenship,
    presenceInItaly: wire.presence_in_italy,
    education: wire.education,
    unemployedSince: wire.unemployed_since,
    statusYearBefore: wire.status_year_before,
    monthsWorkedLast2Years: wire.months_worked_last_2_years,
    householdSize: wire.household_size,
    dependentChildren: wire.dependent_children,
    drivingLicence: wire.driving_licence,
    transport: wire.transport,
    digitalSkills: wire.digital_skills,
    italianLevel: wire.italian_level,
    foreignLanguages: wire.foreign_languages,
    recentTraining: wire.recent_training,
  };
}

export function fromPersonData(data: form.PersonData): PersonDataWire {
  return {
    birth_date: data.birthDate,
    sex: data.sex,
    citizenship: data.citizenship,
    presence_in_italy: data.presenceInItaly,
    education: data.education,
    unemployed_since: data.unemployedSince,
    status_year_before: data.statusYearBefore,
    months_worked_last_2_years: data.monthsWorkedLast2Years,
    household_size: data.householdSize,
    dependent_children: data.dependentChildren,
    driving_licence: data.drivingLicence,
    transport: data.transport,
    digital_skills: data.digitalSkills,
    italian_level: data.italianLevel,
    foreign_languages: data.foreignLanguages,
    recent_training: data.recentTraining,
  };
}

export const dataFormInputSchema = z
  .strictObject({ person_id: uuid, data: personDataSchema })
  .openapi('DataFormInput');

export const dataFormSchema = z
  .strictObject({
    id: uuid,
    person_id: uuid,
    version: z.int().min(1).max(1_000_000),
    data: personDataSchema,
    saved_at: instant,
  })
  .openapi('DataForm');

export function toDataFormWire(found: DataForm): z.infer<typeof dataFormSchema> {
  return {
    id: found.id,
    person_id: found.personId,
    version: found.version,
    data: fromPersonData(found.data),
    saved_at: toRfc3339(found.savedAt),
  };
}

const nationalSchema = z
  .strictObject({
    class: z.int().min(1).max(3),
    code,
    computed_on: isoDate,
  })
  .openapi('NationalProfile', {
    description: 'What the national service answered; stored as received, never recomputed.',
  });

export const profileInputSchema = z
  .strictObject({
    person_id: uuid,
    trigger: z.enum(PROFILE_TRIGGERS),
    national: nationalSchema.optional(),
  })
  .openapi('ProfileInput');

const contributionSchema = z
  .strictObject({
    variable: code,
    value: code,
    reference: code,
    log_odds: logOdds.openapi({ description: 'Own term minus the reference person’s term.' }),
    odds_factor: z.number().min(0).max(1e12),
    delta_probability: z.number().min(-1).max(1).openapi({
      description:
        'Probability minus what it would be with this one term set to the reference. Does not add up across terms.',
    }),
  })
  .openapi('Contribution');

function toContributionWire(part: Contribution): z.infer<typeof contributionSchema> {
  return {
    variable: part.variable,
    value: String(part.value),
    reference: String(part.reference),
    log_odds: part.logOdds,
    odds_factor: part.oddsFactor,
    delta_probability: part.deltaP,
  };
}

export const profileSchema = z
  .strictObject({
    id: uuid,
    person_id: uuid,
    version: z.int().min(1).max(1_000_000),
    model: z.strictObject({
      id: code,
      version: code,
      hash: z
        .string()
        .min(64)
        .max(64)
        .regex(/^[0-9a-f]{64}$/),
    }),
    linear_predictor: logOdds,
    probability: share.openapi({ description: 'Of the outcome that the model is about.' }),
    risk_class: z.int().min(1).max(3),
    contributions: z.array(contributionSchema).max(100),
    trigger: z.enum(PROFILE_TRIGGERS),
    computed_at: instant,
    next_update_due_on: isoDate,
    national: nationalSchema.optional(),
  })
  .openapi('Profile');
export const profilesSchema = z
  .strictObject({ items: z.array(profileSchema).max(50) })
  .openapi('Profiles');

export function toProfileWire(profile: Profile): z.infer<typeof profileSchema> {
  const { nationalClass, nationalCode, nationalComputedOn } = profile;
  return {
    id: profile.id,
    person_id: profile.personId,
    version: profile.version,
    model: { id: profile.modelId, version: profile.modelVersion, hash: profile.modelHash },
    linear_predictor: profile.linearPredictor,
    probability: profile.score,
    risk_class: profile.riskClass,
    contributions: profile.contributions.map(toContributionWire),
    trigger: profile.trigger,
    computed_at: toRfc3339(profile.computedAt),
    next_update_due_on: profile.nextUpdateDueOn,
    ...(nationalClass && nationalCode && nationalComputedOn
      ? { national: { class: nationalClass, code: nationalCode, computed_on: nationalComputedOn } }
      : {}),
  };
}

const changeSchema = z
  .strictObject({
    flips: z.array(z.strictObject({ variable: code, from: code, to: code })).max(20),
    probability: share,
    risk_class: z.int().min(1).max(3),
  })
  .openapi('Change');

export const explanationSchema = z
  .strictObject({
    profile: profileSchema,
    demonstration: z.boolean().openapi({
      description: 'True while the model is fitted on synthetic histories: not for deciding.',
    }),
    outcome: words,
    reference_probability: share,
    counterfactual: z.strictObject({
      kind: z.enum(['best_band', 'found', 'none']),
      changes: z.array(changeSchema).max(500),
    }),
  })
  .openapi('Explanation');

export function toExplanationWire(found: Explanation): z.infer<typeof explanationSchema> {
  const { counterfactual } = found;
  const changes = counterfactual.kind === 'found' ? counterfactual.changes : [];
  return {
    profile: toProfileWire(found.profile),
    demonstration: found.model.provenance === 'demonstration',
    outcome: found.model.outcome.definition,
    reference_probability: found.referenceProbability,
    counterfactual: {
      kind: counterfactual.kind,
      changes: changes.map(({ flips, probability, band }) => ({
        flips: flips.map((flip) => ({ ...flip })),
        probability,
        risk_class: Number(band.code),
      })),
    },
  };
}

const answerSchema = z
  .strictObject({
    question: code,
    choices: z.array(code).max(20).optional(),
    text: text(1000).optional(),
  })
  .openapi('Answer', { description: 'Either choices (one or more codes) or text.' });

export const interviewInputSchema = z
  .strictObject({
    person_id: uuid,
    answers: z.array(answerSchema).max(60),
    complete: z.boolean(),
  })
  .openapi('InterviewInput');

export const interviewPatchSchema = z
  .strictObject({ answers: z.array(answerSchema).max(60), complete: z.boolean() })
  .openapi('InterviewPatch');

export const interviewSchema = z
  .strictObject({
    id: uuid,
    person_id: uuid,
    questionnaire: code,
    state: z.enum(['draft', 'complete']),
    answers: z.array(answerSchema).max(60),
    version: z.int().min(1).max(1_000_000),
    saved_at: instant,
  })
  .openapi('Interview');

type AnswerWire = z.infer<typeof answerSchema>;

export function toAnswers(wire: readonly AnswerWire[]): InterviewAnswers {
  return Object.fromEntries(
    wire.map(({ question, choices, text: typed }) => [
      question,
      typed ?? (choices?.length === 1 ? choices[0]! : (choices ?? '')),
    ]),
  );
}

export function toInterviewWire(found: Interview): z.infer<typeof interviewSchema> {
  return {
    id: found.id,
    person_id: found.personId,
    questionnaire: found.questionnaire,
    state: found.state,
    answers: Object.entries(found.answers).map(([question, answer]) =>
      typeof answer === 'string' ? { question, text: answer } : { question, choices: [...answer] },
    ),
    version: found.version,
    saved_at: toRfc3339(found.savedAt),
  };
}

export const decisionInputSchema = z
  .strictObject({
    person_id: uuid,
    profile_id: uuid,
    interview_id: uuid,
    decided: z.enum(PERCORSI),
    reason: text(2000).optional(),
  })
  .openapi('PercorsoDecisionInput');

export const decisionSchema = z
  .strictObject({
    id: uuid,
    person_id: uuid,
    profile_id: uuid,
    interview_id: uuid,
    rule: code,
    proposed: z.enum(PERCORSI),
    decided: z.enum(PERCORSI),
    reason: text(2000).optional(),
    decided_at: instant,
  })
  .openapi('PercorsoDecision');
export const decisionsSchema = z
  .strictObject({ items: z.array(decisionSchema).max(50) })
  .openapi('PercorsoDecisions');

export function toDecisionWire(found: PercorsoDecision): z.infer<typeof decisionSchema> {
  return {
    id: found.id,
    person_id: found.personId,
    profile_id: found.profileId,
    interview_id: found.interviewId,
    rule: found.ruleCode,
    proposed: found.proposed,
    decided: found.decided,
    ...(found.reason ? { reason: found.reason } : {}),
    decided_at: toRfc3339(found.decidedAt),
  };
}

const levelSchema = z.strictObject({
  code,
  label: words,
  coefficient: logOdds,
  standard_error: z.number().min(0).max(1000).optional(),
});

export const modelSchema = z
  .strictObject({
    id: code,
    version: code,
    hash: z
      .string()
      .max(64)
      .regex(/^[0-9a-f]{64}$/),
    provenance: z.enum(['demonstration', 'published', 'local']),
    title: words,
    purpose: words,
    outcome: words,
    population: words,
    intercept: logOdds,
    variables: z
      .array(
        z.strictObject({
          code,
          label: words,
          reference: code,
          levels: z.array(levelSchema).max(50),
        }),
      )
      .max(100),
    bands: z.array(z.strictObject({ code, label: words, from: share, to: share })).max(10),
    people: z.int().min(0).max(100_000_000),
    events: z.int().min(0).max(100_000_000),
    limits: z.array(words).max(20),
  })
  .openapi('ProfilingModel');
export const modelsSchema = z
  .strictObject({ items: z.array(modelSchema).max(20) })
  .openapi('ProfilingModels');

const inBoth = ({ it, en }: Words) => ({ it, en });

export function toModelWire(model: ProfilingModel): z.infer<typeof modelSchema> {
  return {
    id: model.id,
    version: model.version,
    hash: model.hash,
    provenance: model.provenance,
    title: inBoth(model.title),
    purpose: inBoth(model.purpose),
    outcome: inBoth(model.outcome.definition),
    population: inBoth(model.population),
    intercept: model.intercept,
    variables: model.variables.map((variable) => ({
      code: variable.code,
      label: inBoth(variable.label),
      reference: String(model.reference[variable.code]),
      levels:
        variable.kind === 'categorical'
          ? variable.levels.map((level) => ({
              code: level.code,
              label: inBoth(level.label),
              coefficient: level.coefficient,
              ...(level.standardError === null ? {} : { standard_error: level.standardError }),
            }))
          : [],
    })),
    bands: model.scale.bands.map((band) => ({ ...band, label: inBoth(band.label) })),
    people: model.card.n,
    events: model.card.events,
    limits: model.card.limits.map(inBoth),
  };
}
