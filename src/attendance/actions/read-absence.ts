import {
  type Evidence as ConvocationEvidence,
  evidenceOf,
  readingOf,
} from '../../convocation/rules/channels.ts';
import { type Convocation, convocationsOf } from '../../convocation/store/convocations.ts';
import { readingsOf } from '../../convocation/store/readings.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, dayOf } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { notFound } from '../../platform/problem.ts';
import { justificationDeadline } from '../rules/deadline.ts';
import {
  type Absence,
  type BenefitSpell,
  countedBefore,
  type Evidence,
  type Standing,
  standingOf,
} from '../rules/evidence.ts';
import { type Step, stepOf } from '../rules/ladder.ts';
import {
  type AbsenceRow,
  absenceById,
  absencesOf,
  convokedAbsences,
  type Measure,
  measureOf,
} from '../store/absences.ts';

/** What a person receives: known to rooms that come after this one. */
export type ReadBenefit = (
  database: Database,
  personId: string,
) => Promise<BenefitSpell | undefined>;

/** An absence with everything that an official decides on. */
export interface AbsenceFile {
  readonly absence: AbsenceRow;
  readonly standing: Standing;
  readonly deadline: number;
  readonly benefit: BenefitSpell | undefined;
  readonly convocation: Convocation | undefined;
  /** The facts a decision rests on: when it stands `ready`, or the benefit has its own regime. */
  readonly evidence: Evidence | undefined;
  /** There only when it stands `ready`: which place in the ladder, and the facts. */
  readonly proposal:
    | { readonly ordinal: number; readonly step: Step; readonly evidence: Evidence }
    | undefined;
  readonly measure: Measure | undefined;
}

/**
 * The evidence of one absence, and the measure the law names for it, were an official to adopt one.
 * @throws {Problem} 401, 403 another office; 404
 */
export async function readAbsence(
  call: Call,
  appointmentId: string,
  readBenefit: ReadBenefit,
): Promise<AbsenceFile> {
  authorise(call.actor, 'operator', 'administrator');
  const absence = await absenceById(call.database, appointmentId);
  if (!absence?.personId) throw notFound();
  authoriseOffice(call.actor, absence.officeId);
  return absenceFile(call, call.database, absence, readBenefit);
}

/** The same, of an absence already authorised, inside a transaction or not. */
export async function absenceFile(
  call: Call,
  database: Database,
  absence: AbsenceRow,
  readBenefit: ReadBenefit,
): Promise<AbsenceFile> {
  const personId = absence.personId!;
  const benefit = await readBenefit(database, personId);
  const convocations = await convocationsOf(database, { personId }, 500);
  const judged: (Absence & { day: string })[] = [];
  for (const row of await absencesOf(database, personId)) {
    judged.push(await toAbsence(database, row, convocations));
  }
  const now = call.clock.now();
  const own = await toAbsence(database, absence, convocations);
  const standing = standingOf(own, benefit, own.day, now);
  const convocation = convocations.find((one) => one.appointmentId === absence.id);
  const measure = await measureOf(database, absence.id);
  const file = { absence, standing, deadline: own.deadline, benefit, convocation, measure };
  const complete = standing === 'ready' || standing === 'own-regime';
  if (!complete || !benefit || !convocation) {
    return { ...file, evidence: undefined, proposal: undefined };
  }

  const earlier = countedBefore(own, judged, benefit, now, standing);
  const ordinal = earlier.length + 1;
  const reading = await readingAt(database, convocation);
  const evidence: Evidence = {
    appointmentId: absence.id,
    startsAt: absence.startsAt,
    serviceName: absence.serviceName.it,
    officeName: absence.officeName,
    convokedAt: convocation.sentAt ?? convocation.createdAt,
    channel: convocation.channel,
    reading: { source: reading.source, verified: reading.verified },
    proofs: convocation.proofs.map(({ kind, happenedOn, reference }) => ({
      kind,
      happenedOn,
      reference,
    })),
    earlier: earlier.map((one) => ({ appointmentId: one.appointmentId, startsAt: one.startsAt })),
    benefitSince: benefit.since ?? null,
  };
  // Which measure a regime of its own provides, the official knows and the software does not.
  if (standing === 'own-regime') return { ...file, evidence, proposal: undefined };
  return { ...file, evidence, proposal: { ordinal, step: stepOf(ordinal), evidence } };
}

/** As it was read where and when the convocation was sent. */
async function readingAt(database: Database, convocation: Convocation) {
  const { channel, region, sentAt, createdAt } = convocation;
  return readingOf(channel, await readingsOf(database, region), dayOf(sentAt ?? createdAt));
}

async function toAbsence(
  database: Database,
  row: AbsenceRow,
  convocations: readonly Convocation[],
): Promise<Absence & { day: string }> {
  const convocation = convocations.find((one) => one.appointmentId === row.id);
  let evidence: ConvocationEvidence | undefined;
  if (convocation) {
    const reading = await readingAt(database, convocation);
    evidence = evidenceOf(reading, convocation.proofs, row.startsAt);
  }
  return {
    appointmentId: row.id,
    startsAt: row.startsAt,
    day: dayOf(row.startsAt),
    absent: row.state === 'absent',
    officeFault: row.officeFault,
    justificationOpen: row.justifying,
    deadline: row.deadline ?? justificationDeadline(row.startsAt, undefined),
    convocation: evidence,
    setAside: row.measureState === 'declined' || row.measureState === 'withdrawn',
  };
}

/** Days back that the list of absences to look at reaches. Ours. */
const DAYS_BACK = 180;
const LISTED = 100;

/**
 * The latest absences of an office that follow a convocation, and which of them await a decision.
 * @throws {Problem} 401, 403 another office
 */
export async function listAbsences(call: Call, officeId: string): Promise<AbsenceRow[]> {
  authorise(call.actor, 'operator', 'administrator');
  authoriseOffice(call.actor, officeId);
  const from = call.clock.now() - DAYS_BACK * DAY;
  return convokedAbsences(call.database, officeId, from, LISTED);
}
