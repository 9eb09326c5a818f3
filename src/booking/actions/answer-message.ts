import { audit } from '../../identity/audit.ts';
import { passOf } from '../../identity/pass.ts';
import { authoriseReport } from '../../notices/actions/authorise-report.ts';
import { enqueue } from '../../notices/outbox.ts';
import type { SignedRequest } from '../../notices/signature.ts';
import { ANONYMOUS } from '../../platform/actor.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, type Instant } from '../../platform/clock.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { Problem } from '../../platform/problem.ts';
import { internationalNumber } from '../../reference/phone.ts';
import { answerText, smsAnswer } from '../reply-notices.ts';
import { judgeReply, readReply } from '../rules/reply.ts';
import type { AppointmentView } from '../store/appointments.ts';
import {
  appointmentsToldTo,
  messagesSince,
  noteMessage,
  settleMessage,
  wasWrittenTo,
} from '../store/inbound.ts';
import type { Answer } from '../table.ts';
import { cancelAppointment } from './cancel-appointment.ts';

export interface InboundMessage {
  /** The gateway's name for it: the same again changes nothing. */
  readonly messageId: string;
  readonly from: string;
  readonly text: string;
  readonly receivedAt: Instant;
}

/** Answers that one number gets in a day, so that two machines never talk to each other. Ours. */
const MOST_ANSWERS = 5;

/**
 * Does what a text message asks, and answers it through the outbox in the same transaction. The
 * number stands for the pass: only what it was written to about can be answered from it, and a number
 * that was never written to hears nothing.
 * @throws {Problem} 404 where no secret is configured; 401 when it is not signed with it
 */
export async function answerMessage(
  call: Call,
  request: SignedRequest,
  message: InboundMessage,
): Promise<void> {
  await authoriseReport(call, request);
  const number = internationalNumber(message.from);
  const reply = readReply(message.text);
  const { messageId, receivedAt } = message;
  const now = call.clock.now();
  await transactionWithRetry(call.database, async (transaction) => {
    const id = call.ids();
    if (!(await noteMessage(transaction, { id, messageId, receivedAt, recordedAt: now }))) return;
    if (number === undefined || !(await wasWrittenTo(transaction, number))) return;
    const told = await appointmentsToldTo(transaction, number);
    const { about, ...judged } = judgeReply(reply, told, now);
    const locale = about?.locale ?? told[0]?.locale ?? reply.locale;
    const inside: Call = { ...call, database: transaction, actor: ANONYMOUS, locale };
    const answer =
      about && judged.answer === 'cancelled' ? await cancelled(inside, about) : judged.answer;
    await settleMessage(transaction, id, { answer, appointmentId: about?.id });
    await tell(transaction, inside, number, { id, answer, about });
    await audit(transaction, inside, {
      action: 'answer-message',
      subjectKind: about ? 'appointment' : 'inbound-message',
      subjectId: about?.id ?? id,
      detail: { answer },
    });
  });
}

/** Cancels it as its holder would; what changed since it was read is answered as it is now. */
async function cancelled(call: Call, about: AppointmentView): Promise<Answer> {
  try {
    await cancelAppointment(call, { id: about.id, pass: passOf(about) });
    return 'cancelled';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.kind.slug === 'date-imposed' ? 'imposed' : 'closed';
  }
}

async function tell(
  transaction: Database,
  call: Call,
  number: string,
  said: {
    readonly id: string;
    readonly answer: Answer;
    readonly about: AppointmentView | undefined;
  },
): Promise<void> {
  const { answer, about } = said;
  const now = call.clock.now();
  // The message of the cancellation itself goes there already.
  if (answer === 'cancelled' && about && isTextedAt(about, number)) return;
  const asked = { kind: smsAnswer.name, number, since: now - DAY };
  if ((await messagesSince(transaction, asked)) >= MOST_ANSWERS) return;
  await enqueue(
    transaction,
    call,
    smsAnswer.to({
      facts: { answer: answerText(answer, about, call.locale, call.config) },
      channel: 'sms',
      recipient: number,
      locale: call.locale,
      subjectId: about?.id ?? said.id,
      serviceId: about?.service.id,
      officeId: about?.office.id,
      staleAt: now + DAY,
    }),
  );
}

function isTextedAt(
  { contactEmail, contactPhone, alsoBy }: AppointmentView,
  number: string,
): boolean {
  const texted = alsoBy === 'sms' || (alsoBy === undefined && contactEmail === undefined);
  return texted && contactPhone !== undefined && internationalNumber(contactPhone) === number;
}
