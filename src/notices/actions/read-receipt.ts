import { audit } from '../../identity/audit.ts';
import type { Call } from '../../platform/call.ts';
import { notFound } from '../../platform/problem.ts';
import { sealedReceipt } from '../store/deliveries.ts';
import { readNotice } from './read-notices.ts';

/**
 * A receipt of certified mail as it came, to be shown to whoever asks for the proof; reading it leaves
 * a trace. @throws {Problem} 401, 403; 404 unknown, another office's, or no longer kept
 */
export async function readReceipt(call: Call, noticeId: string, eventId: string): Promise<string> {
  const { notice } = await readNotice(call, noticeId);
  const sealed = await sealedReceipt(call.database, notice.id, eventId);
  if (sealed === undefined) throw notFound();
  await call.database.transaction((transaction) =>
    audit(transaction, call, {
      action: 'read-pec-receipt',
      subjectKind: 'notice',
      subjectId: notice.id,
      detail: { event: eventId },
    }),
  );
  return call.secrets.open(sealed);
}
