import { rebuildOperatorDay } from '../../booking/actions/rebuild-free-time.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type Instant } from '../../platform/clock.ts';
import { type Database, postgresFault } from '../../platform/database.ts';
import { invalid } from '../../platform/problem.ts';
import { leaderBusy } from '../problems.ts';
import { agendaIsFree, forgetLeaders, lockDay, shutAgenda } from '../store/leaders.ts';
import { leadersOf, operatorsOfOffice } from '../store/sessions.ts';

const NOT_OF_OFFICE = {
  it: 'Qualcuno di loro non lavora in questo ufficio.',
  en: 'Some of them do not work at this office.',
};

/** A session whose leaders' time is at stake. */
interface Led {
  readonly id: string;
  readonly officeId: string;
  readonly title: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/**
 * Shuts the agendas of those who lead a session while it lasts, inside the transaction that writes
 * it. Days are locked in the order in which every claim locks them.
 * @throws {Problem} 409 somebody has an appointment or leads another session then; 422 not of the office
 */
export async function takeLeaders(
  transaction: Database,
  call: Call,
  session: Led,
  leaderIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(leaderIds)].sort();
  const staff = new Set((await operatorsOfOffice(transaction, session.officeId)).map((o) => o.id));
  if (wanted.some((id) => !staff.has(id))) {
    throw invalid({ errors: [{ pointer: '/leader_ids', detail: NOT_OF_OFFICE[call.locale] }] });
  }
  for (const operatorId of wanted) {
    await lockDay(transaction, operatorId, dayOf(session.startsAt));
    if (!(await agendaIsFree(transaction, operatorId, session))) throw leaderBusy();
    try {
      // A savepoint: the refusal of the constraint must not end the whole transaction.
      await transaction.transaction((inner) =>
        shutAgenda(inner as Database, { ...session, closureId: call.ids(), operatorId }),
      );
    } catch (error) {
      if (postgresFault(error)?.constraint === 'session_leader_no_overlap') throw leaderBusy();
      throw error;
    }
    await rebuildOperatorDay(transaction, operatorId, session.startsAt);
  }
}

/** Opens the agendas again of those who led a session. */
export async function releaseLeaders(
  transaction: Database,
  session: { readonly id: string; readonly startsAt: Instant },
): Promise<void> {
  const leaders = await leadersOf(transaction, session.id);
  await forgetLeaders(transaction, session.id);
  for (const operatorId of leaders.map((one) => one.operatorId).sort()) {
    await rebuildOperatorDay(transaction, operatorId, session.startsAt);
  }
}
