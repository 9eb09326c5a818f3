import { appointmentToChange } from '../../booking/actions/look-up-appointment.ts';
import { type Convocation, convocationsOf } from '../../convocation/store/convocations.ts';
import { audit } from '../../identity/audit.ts';
import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Pass } from '../../identity/pass.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import type { MediaType } from '../rules/document.ts';
import {
  documentById,
  type Justification,
  justificationById,
  justificationOf,
  justificationsOf,
} from '../store/justifications.ts';

/** Justifications that a list shows at most. */
const LISTED = 200;

/**
 * The justifications of the caller's offices: open ones by their deadline, or the latest decided.
 * @throws {Problem} 401, 403
 */
export async function listJustifications(
  call: Call,
  which: 'open' | 'decided',
): Promise<Justification[]> {
  const { actor } = call;
  authorise(actor, 'operator', 'administrator');
  const officeIds = actor.kind === 'operator' ? actor.officeIds : undefined;
  return justificationsOf(call.database, officeIds, which, LISTED);
}

/** @throws {Problem} 401, 403; 404 unknown or of another office */
export async function readJustification(call: Call, id: string): Promise<Justification> {
  const { actor } = call;
  authorise(actor, 'operator', 'administrator');
  const found = await justificationById(call.database, id);
  if (!found || (actor.kind === 'operator' && !actor.officeIds.includes(found.officeId))) {
    throw notFound();
  }
  return found;
}

/** A justification with the convocation behind its appointment, if there was one. */
export interface JustificationFile {
  readonly justification: Justification;
  readonly convocation: Convocation | undefined;
}

/** @throws {Problem} 401, 403; 404 unknown or of another office */
export async function readJustificationFile(call: Call, id: string): Promise<JustificationFile> {
  const justification = await readJustification(call, id);
  const { personId, appointmentId } = justification;
  const convocations =
    personId === null ? [] : await convocationsOf(call.database, { personId }, 500);
  const convocation = convocations.find((one) => one.appointmentId === appointmentId);
  return { justification, convocation };
}

/** The latest justification of an appointment, for whom it belongs to. @throws {Problem} 404 */
export async function ownJustification(
  call: Call,
  wanted: { readonly id: string; readonly pass?: Pass },
): Promise<Justification | undefined> {
  const found = await appointmentToChange(call, wanted);
  return justificationOf(call.database, found.id);
}

export interface ReadDocument {
  readonly name: string;
  readonly mediaType: MediaType;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * A document, decrypted for the staff of the office; who read it stays in the audit trail.
 * @throws {Problem} 401, 403 another office; 404
 */
export async function readDocument(call: Call, id: string): Promise<ReadDocument> {
  authorise(call.actor, 'operator', 'administrator');
  const found = await documentById(call.database, id);
  if (!found) throw notFound();
  authoriseOffice(call.actor, found.officeId);
  await audit(call.database, call, {
    action: 'read-document',
    subjectKind: 'justification',
    subjectId: found.justificationId,
    detail: { document: id },
  });
  const content = await call.secrets.openBytes(new Uint8Array(found.sealed));
  return { name: found.name, mediaType: found.mediaType, content };
}
