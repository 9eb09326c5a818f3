import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import { forgetDeliveriesBefore } from '../store/deliveries.ts';
import { renewSubscriptions } from '../store/webhooks.ts';

/** Days for which settled deliveries stay in the log. Ours. */
const LOG_DAYS = 90;

/** Forgets old lines of the log, and lets endpoints follow what this version tells. Safe to repeat. */
export async function tidyWebhooks(call: Call): Promise<void> {
  authorise(call.actor, 'system');
  await renewSubscriptions(call.database);
  await forgetDeliveriesBefore(call.database, call.clock.now() - LOG_DAYS * DAY);
}
