import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import {
  FIRST_ACTIVITIES,
  FIRST_ALLOWANCES,
  FIRST_FIGURES,
  FIRST_WORKING_TIME,
} from '../first-standards.ts';
import { activityStandard, allowanceStandard, placeFigure, workingTimeStandard } from '../table.ts';

/**
 * Puts in the standards and figures a new installation starts with; what is there already stays as
 * it is. Runs within the caller's transaction when `call.database` is one.
 */
export async function loadFirstStandards(call: Call): Promise<void> {
  authorise(call.actor, 'administrator', 'system');
  const withId = <R extends object>(list: readonly R[]) =>
    list.map((row) => ({ ...row, id: call.ids() }));
  await call.database.transaction(async (tx) => {
    await tx.insert(activityStandard).values(withId(FIRST_ACTIVITIES)).onConflictDoNothing();
    await tx.insert(allowanceStandard).values(withId(FIRST_ALLOWANCES)).onConflictDoNothing();
    await tx
      .insert(workingTimeStandard)
      .values(withId([FIRST_WORKING_TIME]))
      .onConflictDoNothing();
    await tx.insert(placeFigure).values(withId(FIRST_FIGURES)).onConflictDoNothing();
    await audit(tx, call, {
      action: 'load-first-standards',
      subjectKind: 'planning-standards',
      subjectId: 'first',
    });
  });
}
