import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY, MINUTE } from '../../platform/clock.ts';
import { appIoStatus } from '../carriers/app-io.ts';
import { appIoAccount } from '../carriers/carriers.ts';
import { askAgain, type Question, recordTold, takeQuestions } from '../store/deliveries.ts';

const BATCH = 20;
/** How long nobody else asks about a message that was taken up. */
const LEASE_MS = 5 * MINUTE;
/** App IO is asked for so long after a message left. Ours. */
const FOLLOWED = 14 * DAY;

/** Asks App IO what became of the messages it took over, and writes down what it says. */
export async function followAppIo(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  const account = appIoAccount(call);
  if (!account) return;
  const now = call.clock.now();
  const questions = await call.database.transaction((transaction) =>
    takeQuestions(transaction, now, now + LEASE_MS, BATCH),
  );
  await Promise.all(
    questions.map(async ({ notice, providerId }) => {
      try {
        const status = await appIoStatus(account, { personId: notice.recipient, providerId });
        if (status !== undefined) {
          await recordTold(call.database, notice.id, 'app_io', {
            id: call.ids(),
            status,
            at: now,
            providerId,
            evidence: {},
            recordedAt: now,
          });
        }
        const settled = status === 'read' || status === 'bounced' || status === 'failed';
        await askAgain(call.database, notice.id, settled ? null : nextQuestion(notice, now));
      } catch (error) {
        // Its address carries a codice fiscale, so not even the message of the error is logged.
        call.log.warning('App IO did not say what became of a message', {
          notice: notice.id,
          fault: error instanceof Error ? error.name : 'unknown',
        });
        await askAgain(call.database, notice.id, nextQuestion(notice, now));
      }
    }),
  );
}

/** After as long again as the message has been out, up to a day; never after a fortnight. */
function nextQuestion({ sentAt }: Question['notice'], now: number): number | null {
  const out = now - (sentAt ?? now);
  return out > FOLLOWED ? null : now + Math.min(DAY, Math.max(2 * MINUTE, out));
}
