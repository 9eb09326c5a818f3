import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { fitAttendance } from '../rules/fit-model.ts';
import { insertModel, newestModels } from '../store/models.ts';
import { observationsIn } from '../store/visits.ts';

/** Days back that observations are taken from. Ours. */
const WINDOW_DAYS = 540;
/** Newest observations that a fit reads: its figures settle well before, and it stays short. Ours. */
const MOST_OBSERVATIONS = 8000;
/** Hours a fit is good for: the tasks of the day run more often. */
const FRESH_HOURS = 20;

/**
 * Fits anew who comes, once a night, and keeps the fit beside the earlier ones. Nothing is kept where
 * observations are too few. @returns whether a fit was kept
 */
export async function fitAttendanceModel(call: Call): Promise<boolean> {
  authorise(call.actor, 'system');
  const now = call.clock.now();
  const [newest] = await newestModels(call.database, 1);
  if (newest && now - newest.fittedAt < (FRESH_HOURS * DAY) / 24) return false;
  const window = { start: now - WINDOW_DAYS * DAY, end: now };
  const observations = await observationsIn(call.database, window, MOST_OBSERVATIONS);
  const card = fitAttendance(observations, window);
  if (!card) return false;
  const id = call.ids();
  await transactionWithRetry(call.database, async (transaction) => {
    await insertModel(transaction, { id, fittedAt: now, card });
    await audit(transaction, call, {
      action: 'fit-attendance-model',
      subjectKind: 'attendance-model',
      subjectId: id,
      detail: { observations: card.n, auc: card.check.auc, brier: card.check.brier },
    });
  });
  return true;
}
