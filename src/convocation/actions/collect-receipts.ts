import { type AuditEntry, audit } from '../../identity/audit.ts';
import { enqueue } from '../../notices/outbox.ts';
import { troubleOf } from '../../notices/rules/trouble.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, dayOf } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { convocationUndelivered } from '../notices.ts';
import { insertProof } from '../store/convocations.ts';
import { type ToldReceipt, toldReceipts, undelivered } from '../store/receipts.ts';

/** How far back the task of the minute looks for what a request did not finish. Ours. */
const LOOKED_BACK = DAY;
const BATCH = 200;

/**
 * Turns what certified mail told of convocations into proofs of delivery, each once, and tells the
 * office of those that did not arrive. Called as a report comes in, and every minute for what was
 * interrupted; safe to repeat and to run in several processes.
 * @param convocationId all when undefined
 */
export async function collectReceipts(call: Call, convocationId?: string): Promise<void> {
  // Whoever reports is a carrier, known by its signature: what follows is the system's own doing.
  const own: Call = { ...call, actor: { kind: 'system', task: 'collect-receipts' } };
  const since = call.clock.now() - LOOKED_BACK;
  for (const receipt of await toldReceipts(call.database, { convocationId, since }, BATCH)) {
    await call.database.transaction((opened) => recordReceipt(opened as Database, own, receipt));
  }
  await tellUndelivered(own, convocationId);
}

/** As the minute's task. */
export async function collectAllReceipts(call: Call): Promise<void> {
  await collectReceipts(call);
}

async function recordReceipt(
  transaction: Database,
  call: Call,
  receipt: ToldReceipt,
): Promise<void> {
  const kind = receipt.status === 'delivered' ? 'pec_delivered' : 'pec_accepted';
  const happenedOn = dayOf(receipt.at);
  const recorded = await insertProof(transaction, {
    id: call.ids(),
    convocationId: receipt.convocationId,
    kind,
    happenedOn,
    reference: (receipt.reference || receipt.eventId).slice(0, 120),
    noticeId: receipt.noticeId,
    eventId: receipt.eventId,
    recordedBy: 'system',
    recordedAt: call.clock.now(),
  });
  if (!recorded) return;
  await audit(transaction, call, {
    action: 'record-delivery-proof',
    subjectKind: 'convocation',
    subjectId: receipt.convocationId,
    detail: { kind, happened_on: happenedOn, notice: receipt.noticeId, event: receipt.eventId },
  });
}

async function tellUndelivered(call: Call, convocationId: string | undefined): Promise<void> {
  await call.database.transaction(async (opened) => {
    const transaction = opened as Database;
    const entries: AuditEntry[] = [];
    for (const one of await undelivered(transaction, convocationId, BATCH)) {
      const trouble = troubleOf(one.message, one.message.told);
      if (!trouble || trouble.cause === 'late') continue;
      if (one.officeEmail !== null) {
        const notice = convocationUndelivered.to({
          recipient: one.officeEmail,
          locale: 'it',
          subjectId: one.id,
          serviceId: one.serviceId,
          officeId: one.officeId,
          facts: {
            convocation: one.id,
            message: one.message.id,
            office: one.officeName,
            startsAt: one.startsAt,
          },
        });
        await enqueue(transaction, call, notice);
      }
      entries.push({
        action: 'note-undelivered-convocation',
        subjectKind: 'convocation',
        subjectId: one.id,
        detail: { message: one.message.id, cause: trouble.cause },
      });
    }
    if (entries.length > 0) await audit(transaction, call, ...entries);
  });
}
