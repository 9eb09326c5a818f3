import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { forgetJustifications, forgetNotes } from '../store/justifications.ts';

/**
 * Forgets what is older than the administration keeps: documents and words of justifications that
 * were decided, notes that people wrote with their appointments. That somebody came or not, and on
 * which ground they were excused, stays: statistics lose nothing.
 */
export async function forgetOldPapers(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  const { justificationRetentionDays, noteRetentionDays } = call.config;
  const now = call.clock.now();
  await transactionWithRetry(call.database, async (transaction) => {
    const papers = await forgetJustifications(transaction, now - justificationRetentionDays * DAY);
    const notes = await forgetNotes(transaction, now - noteRetentionDays * DAY);
    if (papers.documents + papers.statements + notes === 0) return;
    await audit(transaction, call, {
      action: 'forget-old-papers',
      subjectKind: 'retention',
      subjectId: 'attendance',
      detail: { ...papers, notes },
    });
  });
}
