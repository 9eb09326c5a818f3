import type { Call } from '../../platform/call.ts';
import type { Instant } from '../../platform/clock.ts';
import { notFound } from '../../platform/problem.ts';
import { sha256 } from '../../platform/secrets.ts';
import type { Channel } from '../channel.ts';
import { notAReceipt, signatureRefused } from '../problems.ts';
import type { DeliveryStatus } from '../rules/delivery.ts';
import { noticeIdOf, readPecReceipt } from '../rules/pec-receipt.ts';
import { isSigned, type SignedRequest } from '../signature.ts';
import { noticeByProviderId, recordTold, type Told } from '../store/deliveries.ts';

/** What a carrier reports of one message, known by our name for it or by the carrier's. */
export interface DeliveryReport {
  readonly channel: Channel;
  readonly noticeId?: string | undefined;
  readonly providerId?: string | undefined;
  readonly status: Exclude<DeliveryStatus, 'sent'>;
  readonly at: Instant;
  readonly reason?: string | undefined;
}

/**
 * Lets a carrier report, which is no actor of ours and is known by its signature alone.
 * @throws {Problem} 404 where no secret is configured; 401 when it is not signed with it
 */
async function authoriseReport(call: Call, request: SignedRequest): Promise<void> {
  const { deliveryKey } = call.config;
  if (deliveryKey === undefined) throw notFound();
  if (!(await isSigned(deliveryKey, request, call.clock.now()))) throw signatureRefused();
}

/** Writes a report down; the same one again changes nothing. @throws {Problem} 401, 404 */
export async function recordDelivery(
  call: Call,
  request: SignedRequest,
  report: DeliveryReport,
): Promise<void> {
  await authoriseReport(call, request);
  const { channel, providerId = '', status, at, reason } = report;
  const noticeId =
    report.noticeId ?? (await noticeByProviderId(call.database, channel, providerId));
  await keep(call, noticeId, channel, {
    status,
    at,
    providerId,
    evidence: {
      report: await sha256(request.body),
      ...(reason !== undefined && { reason }),
    },
  });
}

/**
 * Writes down a receipt of certified mail as it came into the mailbox; what happens between
 * providers is passed over. @throws {Problem} 401, 404; 422 when it is no receipt
 */
export async function recordPecReceipt(
  call: Call,
  request: SignedRequest,
  message: string,
): Promise<void> {
  await authoriseReport(call, request);
  const receipt = readPecReceipt(message);
  if (!receipt) throw notAReceipt();
  if (receipt.status === undefined) return;
  const noticeId =
    noticeIdOf(receipt.reference) ??
    (await noticeByProviderId(call.database, 'pec', receipt.reference));
  await keep(call, noticeId, 'pec', {
    status: receipt.status,
    at: receipt.at,
    providerId: receipt.id.slice(0, 200),
    evidence: {
      receipt: receipt.kind,
      reference: receipt.reference.slice(0, 200),
      digest: await sha256(message),
    },
  });
}

async function keep(
  call: Call,
  noticeId: string | undefined,
  channel: Channel,
  told: Told,
): Promise<void> {
  const row = { ...told, id: call.ids(), recordedAt: call.clock.now() };
  const known = noticeId !== undefined && (await recordTold(call.database, noticeId, channel, row));
  if (!known) throw notFound();
}
