import type { Call } from '../../platform/call.ts';
import { spokenLanguages } from '../store/services.ts';

/** Languages, ISO 639-1, that somebody who receives speaks. Public. */
export function listLanguages(call: Call): Promise<string[]> {
  return spokenLanguages(call.database);
}
