import { recordOutcome } from '../../booking/actions/record-outcome.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { Problem } from '../../platform/problem.ts';

/**
 * Records as absent the people whom the desk confirmed, one after the other: what cannot be recorded
 * any more is passed over, so that one row never keeps back the others.
 * @returns how many were recorded, and which were not
 * @throws {Problem} 401, 403
 */
export async function recordAbsences(
  call: Call,
  ids: readonly string[],
): Promise<{ recorded: number; refused: readonly string[] }> {
  authorise(call.actor, 'operator', 'administrator');
  const refused: string[] = [];
  for (const id of ids) {
    try {
      await recordOutcome(call, { id, outcome: 'absent' });
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 401 || error.status === 403) throw error;
      refused.push(id);
    }
  }
  return { recorded: ids.length - refused.length, refused };
}
