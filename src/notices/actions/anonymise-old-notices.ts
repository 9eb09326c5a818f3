import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import { anonymiseNotices } from '../store/deliveries.ts';

/** Forgets whom messages went to and what they said, once they are older than the retention. */
export async function anonymiseOldNotices(call: Call): Promise<number> {
  authorise(call.actor, 'system');
  const before = call.clock.now() - call.config.noticeRetentionDays * DAY;
  return anonymiseNotices(call.database, before);
}
