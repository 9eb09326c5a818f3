import { knownFeatures } from '../../network/accessibility-store.ts';
import type { AccessFeature } from '../../network/rules/accessibility.ts';
import type { Call } from '../../platform/call.ts';

/** What some office is known to have for those who need it. Public. */
export function listFeatures(call: Call): Promise<AccessFeature[]> {
  return knownFeatures(call.database);
}
