import type { Call } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { sha256 } from '../../platform/secrets.ts';
import type { Channel } from '../channel.ts';
import { notABounce, notAReceipt, receiptOfAnother } from '../problems.ts';
import { readBounce } from '../rules/bounce.ts';
import type { DeliveryStatus } from '../rules/delivery.ts';
import { noticeIdOf, readPecReceipt } from '../rules/pec-receipt.ts';
import type { SignedRequest } from '../signature.ts';
import { noticeByProviderId, recordTold, type Told } from '../store/deliveries.ts';
import { findNotice } from '../store/outbox.ts';
import { authoriseReport } from './authorise-report.ts';

/** What a carrier reports of one message, known by our name for it or by the carrier's. */
export interface DeliveryReport {
  readonly channel: Channel;
  readonly noticeId?: string | undefined;
  readonly providerId?: string | undefined;
  readonly status: Exclude<DeliveryStatus, 'sent'>;
  readonly at: Instant;
  readonly reason?: string | undefined;
  /** Enhanced status code (RFC 3463), such as `5.1.1`. */
  readonly code?: string | undefined;
}

/** What a later room does when something was told of a message about one of its own. */
export type DeliveryListener = (call: Call, subjectId: string) => Promise<void>;

/** Evidence of a message that is late, not lost. */
const DELAYED = { delayed: 'true' } as const;

/**
 * Writes a report down; the same one again changes nothing.
 * @returns what the message is about @throws {Problem} 401, 404
 */
export async function recordDelivery(
  call: Call,
  request: SignedRequest,
  report: DeliveryReport,
): Promise<string> {
  await authoriseReport(call, request);
  const { channel, providerId = '', status, at, reason, code } = report;
  const noticeId =
    report.noticeId ?? (await noticeByProviderId(call.database, channel, providerId));
  return keep(call, noticeId, channel, {
    status,
    at,
    providerId,
    evidence: {
      report: await sha256(request.body),
      ...(reason !== undefined && { reason }),
      ...(code !== undefined && { code }),
    },
  });
}

/**
 * Writes down a receipt of certified mail as it came into the mailbox, and keeps it sealed; what
 * happens between providers is passed over, a warning of lateness is kept as such.
 * @returns what the message is about; undefined when it was passed over
 * @throws {Problem} 401, 404; 422 when it is no receipt, or says delivered to somebody else
 */
export async function recordPecReceipt(
  call: Call,
  request: SignedRequest,
  message: string,
): Promise<string | undefined> {
  await authoriseReport(call, request);
  const receipt = readPecReceipt(message);
  if (!receipt) throw notAReceipt();
  const status = receipt.warns ? 'accepted' : receipt.status;
  if (status === undefined) return undefined;
  const noticeId =
    noticeIdOf(receipt.reference) ??
    (await noticeByProviderId(call.database, 'pec', receipt.reference));
  const notice = noticeId && (await findNotice(call.database, noticeId));
  if (!notice) throw notFound();
  const { certified } = receipt;
  const readers = [certified?.deliveredTo, notice.recipient.toLowerCase()].filter(Boolean);
  if (status === 'delivered' && new Set(readers).size > 1) throw receiptOfAnother();
  return keep(call, noticeId, 'pec', {
    status,
    at: receipt.at,
    providerId: receipt.id.slice(0, 200),
    evidence: {
      receipt: receipt.kind,
      reference: receipt.reference.slice(0, 200),
      digest: await sha256(message),
      ...(receipt.warns && DELAYED),
      ...(certified && certified.error !== 'nessuno' && { error: certified.error }),
      ...(certified?.errorDetail && { detail: certified.errorDetail }),
      ...(certified?.identifier && { identifier: certified.identifier }),
    },
    receipt: await call.secrets.seal(message),
  });
}

/**
 * Writes down what a mail server sent back to the sender's mailbox (RFC 3464).
 * @returns what the message is about
 * @throws {Problem} 401; 404 when it speaks of none of ours; 422 when it is no such report
 */
export async function recordBounce(
  call: Call,
  request: SignedRequest,
  message: string,
): Promise<string> {
  await authoriseReport(call, request);
  const bounce = readBounce(message);
  if (!bounce) throw notABounce();
  const noticeId = bounce.references.map(noticeNamed).find((id) => id !== undefined);
  return keep(call, noticeId, 'email', {
    status: bounce.status,
    at: bounce.at,
    providerId: bounce.id.slice(0, 200),
    evidence: {
      report: await sha256(message),
      ...(bounce.code && { code: bounce.code }),
      ...(bounce.reason && { reason: bounce.reason }),
      ...(bounce.delayed && DELAYED),
    },
  });
}

/** The id in a Message-ID of ours, or in the envelope's name, which is the id alone. */
const noticeNamed = (reference: string) => noticeIdOf(reference) ?? noticeIdOf(`${reference}@own`);

async function keep(
  call: Call,
  noticeId: string | undefined,
  channel: Channel,
  told: Omit<Told, 'id' | 'kept'> & { readonly receipt?: string },
): Promise<string> {
  const row = { ...told, id: call.ids(), recordedAt: call.clock.now() };
  const subjectId = noticeId && (await recordTold(call.database, noticeId, channel, row));
  if (!subjectId) throw notFound();
  return subjectId;
}
