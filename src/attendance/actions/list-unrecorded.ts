import { authorise, authoriseOffice } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { DAY } from '../../platform/clock.ts';
import { type Unrecorded, unrecordedOf } from '../store/absences.ts';

/** Days back that the list reaches: as long as an outcome may be recorded. */
const DAYS_BACK = 7;

/** An appointment that ended, and what the desk is proposed to record. Nothing is recorded by itself. */
export interface ToRecord extends Unrecorded {
  /**
   * `revoke` where the office itself did not receive; `wait` while a justification is being decided.
   */
  readonly proposal: 'absent' | 'revoke' | 'wait';
}

/**
 * Appointments of an office that ended in the last week and have no outcome yet.
 * @throws {Problem} 401, 403 another office
 */
export async function listUnrecorded(call: Call, officeId: string): Promise<ToRecord[]> {
  authorise(call.actor, 'operator', 'administrator');
  authoriseOffice(call.actor, officeId);
  const now = call.clock.now();
  const found = await unrecordedOf(call.database, officeId, now - DAYS_BACK * DAY, now);
  return found.map((one) => ({ ...one, proposal: proposalFor(one) }));
}

function proposalFor({ officeFault, justifying }: Unrecorded): ToRecord['proposal'] {
  if (officeFault) return 'revoke';
  return justifying ? 'wait' : 'absent';
}
