import { z } from '@hono/zod-openapi';
import { toRfc3339 } from '../platform/clock.ts';
import { PERCORSI } from '../profiling/rules/percorso.ts';
import { instant, isoDate, uuid } from '../reference/fields.ts';
import { BENEFITS } from './rules/benefits.ts';
import { LEGAL_LETTERS, type PactContent } from './rules/content.ts';
import type { Did, Pact } from './store.ts';
import { PACT_STATES } from './table.ts';

const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/u);
const code = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9_.-]+$/);
const counter = z.int().min(1).max(1_000_000);

export const didInputSchema = z
  .strictObject({
    person_id: uuid,
    declared_on: isoDate,
    benefit: z.enum(BENEFITS),
    benefit_claimed_on: isoDate.optional(),
    contacted_on: isoDate.optional(),
  })
  .openapi('DidInput');

export const didSchema = z
  .strictObject({
    id: uuid,
    person_id: uuid,
    declared_on: isoDate,
    benefit: z.enum(BENEFITS),
    benefit_claimed_on: isoDate.optional(),
    contacted_on: isoDate.optional(),
  })
  .openapi('Did');

export function toDidWire(found: Did): z.infer<typeof didSchema> {
  return {
    id: found.id,
    person_id: found.personId,
    declared_on: found.declaredOn,
    benefit: found.benefit,
    ...(found.benefitClaimedOn && { benefit_claimed_on: found.benefitClaimedOn }),
    ...(found.contactedOn && { contacted_on: found.contactedOn }),
  };
}

const contentSchema = z
  .strictObject({
    target_job: text(300),
    search_acts: text(2000),
    contact_every_days: z.int().min(1).max(180),
    search_proof: text(2000),
    availability: z.strictObject({
      search_skills: z.boolean(),
      training: z.boolean(),
      suitable_offers: z.boolean(),
    }),
  })
  .openapi('PactContent', { description: 'Art. 20 c. 2 letters c–e and c. 3.' });

export function toContent(wire: z.infer<typeof contentSchema>): PactContent {
  return {
    targetJob: wire.target_job,
    searchActs: wire.search_acts,
    contactEveryDays: wire.contact_every_days,
    searchProof: wire.search_proof,
    availability: {
      searchSkills: wire.availability.search_skills,
      training: wire.availability.training,
      suitableOffers: wire.availability.suitable_offers,
    },
  };
}

function fromContent(content: PactContent): z.infer<typeof contentSchema> {
  return {
    target_job: content.targetJob,
    search_acts: content.searchActs,
    contact_every_days: content.contactEveryDays,
    search_proof: content.searchProof,
    availability: {
      search_skills: content.availability.searchSkills,
      training: content.availability.training,
      suitable_offers: content.availability.suitableOffers,
    },
  };
}

const actionSchema = z
  .strictObject({
    who: z.enum(['person', 'cpi', 'provider']),
    what: text(500),
    due_on: isoDate,
    proof: text(500),
    legal_letter: z.enum(LEGAL_LETTERS).optional(),
    measure: code.optional(),
    lep: z
      .string()
      .max(4)
      .regex(/^[A-S][0-9]?$/)
      .optional(),
  })
  .openapi('PactAction');

export const pactInputSchema = z.strictObject({ person_id: uuid }).openapi('PactInput');

export const pactPatchSchema = z
  .strictObject({
    starts_on: isoDate,
    ends_on: isoDate,
    content: contentSchema,
    actions: z.array(actionSchema).max(40),
  })
  .openapi('PactPatch');

export const signatureInputSchema = z
  .strictObject({ signature: z.enum(['operator', 'person_desk', 'person_online']) })
  .openapi('PactSignature');

export const pactSchema = z
  .strictObject({
    id: uuid,
    person_id: uuid,
    version: counter,
    revision: counter,
    state: z.enum(PACT_STATES),
    percorso: z.enum(PERCORSI),
    profile_id: uuid,
    office_id: uuid,
    responsible_operator_id: uuid,
    starts_on: isoDate,
    ends_on: isoDate,
    content: contentSchema,
    actions: z.array(actionSchema).max(40),
    operator_signed_at: instant.optional(),
    person_signed_at: instant.optional(),
    person_signed_how: z.enum(['desk', 'online']).optional(),
  })
  .openapi('PattoDiServizio');
export const pactsSchema = z
  .strictObject({ items: z.array(pactSchema).max(50) })
  .openapi('PattiDiServizio');

export function toPactWire(pact: Pact): z.infer<typeof pactSchema> {
  return {
    id: pact.id,
    person_id: pact.personId,
    version: pact.version,
    revision: pact.revision,
    state: pact.state,
    percorso: pact.percorso,
    profile_id: pact.profileId,
    office_id: pact.officeId,
    responsible_operator_id: pact.responsabileId,
    starts_on: pact.startsOn,
    ends_on: pact.endsOn,
    content: fromContent(pact.content),
    actions: pact.actions.map((action) => ({
      who: action.who,
      what: action.what,
      due_on: action.dueOn,
      proof: action.proof,
      ...(action.legalLetter && { legal_letter: action.legalLetter }),
      ...(action.measure && { measure: action.measure }),
      ...(action.lep && { lep: action.lep }),
    })),
    ...(pact.operatorSignedAt && { operator_signed_at: toRfc3339(pact.operatorSignedAt) }),
    ...(pact.personSignedAt && { person_signed_at: toRfc3339(pact.personSignedAt) }),
    ...(pact.personSignedHow && { person_signed_how: pact.personSignedHow }),
  };
}
