import { appointmentToChange } from '../../booking/actions/look-up-appointment.ts';
import { type AppointmentView, lockAppointment } from '../../booking/store/appointments.ts';
import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Pass } from '../../identity/pass.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { Call } from '../../platform/call.ts';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import { type Database, postgresFault, transactionWithRetry } from '../../platform/database.ts';
import { editedMeanwhile, notFound } from '../../platform/problem.ts';
import { justificationNotices, justificationReceived } from '../notices.ts';
import { documentRefused, justificationSent, nothingToJustify } from '../problems.ts';
import { justificationDeadline } from '../rules/deadline.ts';
import { judgeSending } from '../rules/decide.ts';
import { MAX_DOCUMENT, MAX_DOCUMENTS, mediaTypeOf, safeName } from '../rules/document.ts';
import type { Ground } from '../rules/grounds.ts';
import {
  changeJustification,
  insertDocument,
  insertJustification,
  type Justification,
  justificationById,
  justificationOf,
} from '../store/justifications.ts';

export interface Sending {
  readonly appointmentId: string;
  /** Needed of those who are not signed in. */
  readonly pass?: Pass;
  readonly ground: Ground;
  readonly statement: string;
  /** Last day of what kept the person away. */
  readonly impedimentEndsOn?: IsoDate;
  readonly document?: { readonly name: string; readonly content: Uint8Array<ArrayBuffer> };
}

/**
 * Sends the reason of an absence, with a document where there is one, or answers what the office
 * asked. What comes after the deadline is taken, and marked late: whether it still counts is decided
 * by people. The document is kept encrypted.
 * @throws {Problem} 404 unknown or not theirs; 409 nothing to justify or sent already; 422 document
 */
export async function sendJustification(call: Call, sending: Sending): Promise<Justification> {
  authorise(call.actor, 'anonymous', 'jobseeker', 'operator', 'administrator');
  const found = await appointmentToChange(call, {
    id: sending.appointmentId,
    pass: sending.pass,
  });
  const document = await sealed(call, sending);
  const now = call.clock.now();
  try {
    const id = await transactionWithRetry(call.database, async (transaction) => {
      const locked = await lockAppointment(transaction, found.id);
      if (!locked) throw notFound();
      const latest = await justificationOf(transaction, found.id);
      const verdict = judgeSending(locked, latest?.state, now);
      if (verdict === 'nothing-to-justify') throw nothingToJustify();
      if (verdict === 'sent-already') throw justificationSent();
      const id =
        verdict === 'answers' && latest
          ? await answer(transaction, latest, sending)
          : await write(transaction, call, found, sending, now);
      if (document) {
        if ((latest?.id === id ? latest.documents.length : 0) >= MAX_DOCUMENTS)
          throw documentRefused();
        await insertDocument(transaction, { ...document, justificationId: id });
      }
      const written = (await justificationById(transaction, id))!;
      await enqueue(transaction, call, ...justificationNotices(justificationReceived, written));
      await audit(transaction, call, {
        action: 'send-justification',
        subjectKind: 'justification',
        subjectId: id,
        detail: {
          appointment: found.id,
          late: written.late,
          document: document?.mediaType,
          by_code: sending.pass !== undefined,
        },
      });
      return id;
    });
    return (await justificationById(call.database, id))!;
  } catch (error) {
    if (postgresFault(error)?.constraint === 'justification_one_standing')
      throw justificationSent();
    throw error;
  }
}

async function sealed(call: Call, { document }: Sending) {
  if (!document) return undefined;
  const { content, name } = document;
  const mediaType = mediaTypeOf(content);
  if (!mediaType || content.length > MAX_DOCUMENT) throw documentRefused();
  return {
    id: call.ids(),
    name: safeName(name, mediaType),
    mediaType,
    size: content.length,
    sealed: await call.secrets.sealBytes(content),
    addedAt: call.clock.now(),
  };
}

async function write(
  transaction: Database,
  call: Call,
  about: AppointmentView,
  sending: Sending,
  now: Instant,
): Promise<string> {
  const id = call.ids();
  const deadline = justificationDeadline(about.startsAt, sending.impedimentEndsOn);
  await insertJustification(transaction, {
    id,
    appointmentId: about.id,
    ground: sending.ground,
    statement: sending.statement,
    impedimentEndsOn: sending.impedimentEndsOn ?? null,
    sentAt: now,
    deadline,
    late: now >= deadline,
  });
  return id;
}

/** Adds to what was sent; when it first came in, and so whether it was late, stays. */
async function answer(
  transaction: Database,
  asked: Justification,
  sending: Sending,
): Promise<string> {
  const impedimentEndsOn = sending.impedimentEndsOn ?? asked.impedimentEndsOn ?? undefined;
  const deadline = justificationDeadline(asked.startsAt, impedimentEndsOn);
  const changed = await changeJustification(transaction, asked, {
    state: 'sent',
    ground: sending.ground,
    statement: [asked.statement, sending.statement].filter(Boolean).join('\n\n'),
    impedimentEndsOn: impedimentEndsOn ?? null,
    deadline,
    late: asked.sentAt >= deadline,
  });
  if (!changed) throw editedMeanwhile();
  return asked.id;
}
