import type { Call } from '../../platform/call.ts';
import { type Comune, comuneByCode, findComuni } from '../../reference/store.ts';

const SHOWN = 8;

/**
 * The comuni that somebody may mean by what they typed: by ISTAT code when it is one, else by name;
 * a name that only one comune has exactly is that comune, whatever others begin with it. Public.
 */
export async function matchComuni(call: Call, typed: string): Promise<Comune[]> {
  if (/^\d{6}$/.test(typed)) {
    const found = await comuneByCode(call.database, typed);
    return found ? [found] : [];
  }
  const found = await findComuni(call.database, typed, { limit: SHOWN });
  const exact = found.filter((comune) => comune.name.toLowerCase() === typed.toLowerCase());
  return exact.length === 1 ? exact : found;
}
