import { z } from '@hono/zod-openapi';
import { APPOINTMENT_STATES } from '../booking/table.ts';
import { toRfc3339 } from '../platform/clock.ts';
import type { Locale } from '../platform/locale.ts';
import { instant, isoDate, uuid } from '../reference/fields.ts';
import type { AbsenceFile } from './actions/read-absence.ts';
import { absenceStrings } from './desk-strings.ts';
import { type Evidence, STANDINGS } from './rules/evidence.ts';
import { LADDER_SOURCE, OWN_REGIME_SOURCE } from './rules/ladder.ts';
import type { AbsenceRow, Measure } from './store/absences.ts';

const name = z
  .string()
  .max(300)
  .regex(/^[^\0]*$/u);
const prose = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .regex(/^[^\0]*$/u);
const step = z.enum(['quarter_month', 'month', 'benefit_and_status']).openapi({
  description:
    'A quarter of the month’s benefit, the month, or benefit and status: D.Lgs. 150/2015 art. 21 c. 7; unverified against the official text.',
});
const ordinal = z.int().min(1).max(1000).openapi({ description: 'Which absence it is, from 1.' });

export const absencesQuerySchema = z.strictObject({ office_id: uuid });

const absenceShape = {
  appointment_id: uuid,
  office_id: uuid,
  service: name,
  starts_at: instant,
  state: z.enum(APPOINTMENT_STATES),
  office_fault: z
    .boolean()
    .openapi({ description: 'The office was closed, or the operator away: it does not count.' }),
  justification_open: z.boolean(),
  measure_state: z.enum(['adopted', 'declined', 'withdrawn']).optional(),
};

export const absencesSchema = z
  .strictObject({ items: z.array(z.strictObject(absenceShape).openapi('Absence')).max(100) })
  .openapi('Absences');

const proofSchema = z
  .strictObject({ kind: name, happened_on: isoDate, reference: name })
  .openapi('AbsenceProof');

export const absenceFileSchema = z
  .strictObject({
    ...absenceShape,
    standing: z
      .enum(STANDINGS)
      .openapi({ description: '`ready`, or why no measure can rest on it now.' }),
    justify_until: instant.openapi({ description: 'Until when a justification is in time.' }),
    convoked_at: instant.optional(),
    channel: name.optional(),
    benefit: z
      .strictObject({
        kind: z.enum(['naspi', 'dis_coll', 'adi', 'sfl', 'none']),
        since: isoDate.optional(),
      })
      .optional()
      .openapi('AbsenceBenefit'),
    evidence: z
      .strictObject({
        reading: name.max(1000).openapi({
          description: 'Why a convocation by that channel counts, as the region reads the law.',
        }),
        reading_verified: z
          .boolean()
          .openapi({ description: 'Whether a jurist checked the reading of the channel.' }),
        proofs: z.array(proofSchema).max(100),
        earlier: z
          .array(uuid)
          .max(200)
          .openapi({ description: 'Earlier absences of the same benefit that count.' }),
      })
      .optional()
      .openapi('AbsenceEvidence', {
        description:
          'The facts a decision rests on: when it stands `ready`, or the benefit has its own regime.',
      }),
    law: name
      .max(1000)
      .optional()
      .openapi({ description: 'What rules the consequence; unverified where it says so.' }),
    appeal: name
      .max(1000)
      .optional()
      .openapi({ description: 'Words on the appeal, for the act that an official adopts.' }),
    proposal: z
      .strictObject({
        ordinal,
        step,
        reading_verified: z
          .boolean()
          .openapi({ description: 'Whether a jurist checked the reading of the channel.' }),
        proofs: z.array(proofSchema).max(100),
        earlier: z.array(uuid).max(200).openapi({ description: 'Earlier absences that count.' }),
      })
      .optional()
      .openapi('MeasureProposal'),
    measure: z
      .strictObject({
        state: z.enum(['adopted', 'declined', 'withdrawn']),
        ordinal,
        step,
        reason: name.max(2000),
        decided_at: instant,
        withdrawn_at: instant.optional(),
      })
      .optional()
      .openapi('AbsenceMeasure'),
  })
  .openapi('AbsenceFile');

export const measureDecisionSchema = z
  .strictObject({ decision: z.enum(['adopt', 'decline', 'withdraw']), reason: prose })
  .openapi('MeasureDecision');

export const toAbsenceWire = (one: AbsenceRow) => ({
  appointment_id: one.id,
  office_id: one.officeId,
  service: one.serviceName.it,
  starts_at: toRfc3339(one.startsAt),
  state: one.state,
  office_fault: one.officeFault,
  justification_open: one.justifying,
  ...(one.measureState !== null && { measure_state: one.measureState }),
});

/** @param locale of the words on law and appeal */
export function toAbsenceFileWire(
  file: AbsenceFile,
  locale: Locale,
): z.infer<typeof absenceFileSchema> {
  const { absence, standing, deadline, convocation, benefit, evidence, proposal, measure } = file;
  const t = absenceStrings(locale);
  const source = standing === 'own-regime' ? OWN_REGIME_SOURCE : LADDER_SOURCE;
  return {
    ...toAbsenceWire(absence),
    standing,
    justify_until: toRfc3339(deadline),
    ...(convocation && {
      convoked_at: toRfc3339(convocation.sentAt ?? convocation.createdAt),
      channel: convocation.channel,
    }),
    ...(benefit && {
      benefit: { kind: benefit.benefit, ...(benefit.since && { since: benefit.since }) },
    }),
    ...(evidence && {
      evidence: {
        reading: evidence.reading.source,
        reading_verified: evidence.reading.verified,
        proofs: evidence.proofs.map(toProofWire),
        earlier: evidence.earlier.map(({ appointmentId }) => appointmentId),
      },
      law: `${source}. ${t('lawUnverified')}`,
    }),
    ...(proposal && {
      appeal: t('appeal'),
      proposal: {
        ordinal: proposal.ordinal,
        step: proposal.step,
        reading_verified: proposal.evidence.reading.verified,
        proofs: proposal.evidence.proofs.map(toProofWire),
        earlier: proposal.evidence.earlier.map(({ appointmentId }) => appointmentId),
      },
    }),
    ...(measure && { measure: toMeasureWire(measure) }),
  };
}

const toMeasureWire = (measure: Measure) => ({
  state: measure.state,
  ordinal: measure.ordinal,
  step: measure.step,
  reason: measure.reason,
  decided_at: toRfc3339(measure.decidedAt),
  ...(measure.withdrawnAt !== null && { withdrawn_at: toRfc3339(measure.withdrawnAt) }),
});

const toProofWire = ({ kind, happenedOn, reference }: Evidence['proofs'][number]) => ({
  kind,
  happened_on: happenedOn,
  reference,
});
