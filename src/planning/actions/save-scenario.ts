import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import type { ScenarioLevers } from '../scenario.ts';
import { insertScenario, type SavedScenario } from '../store.ts';
import { tryScenario } from './try-scenario.ts';

/** Computes a scenario anew and keeps it under a name, for whoever made it. */
export async function saveScenario(
  call: Call,
  input: { readonly name: string; readonly levers: ScenarioLevers },
): Promise<SavedScenario> {
  authorise(call.actor, 'planner', 'administrator');
  const results = await tryScenario(call, input.levers);
  const saved: SavedScenario = {
    id: call.ids(),
    name: input.name,
    ownerId: call.actor.userId,
    levers: input.levers,
    results,
    createdAt: call.clock.now(),
  };
  await transactionWithRetry(call.database, async (tx) => {
    await insertScenario(tx, saved);
    await audit(tx, call, {
      action: 'save-scenario',
      subjectKind: 'scenario',
      subjectId: saved.id,
      detail: { name: saved.name },
    });
  });
  return saved;
}
