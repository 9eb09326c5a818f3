import type { Call } from '../../platform/call.ts';
import { dividedComuni } from '../zone-store.ts';

/** Names of the comuni where the street decides the office. Public. */
export function listDividedComuni(call: Call): Promise<string[]> {
  return dividedComuni(call.database);
}
