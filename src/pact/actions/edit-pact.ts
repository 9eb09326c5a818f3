import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import type { IsoDate } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { editedMeanwhile, invalid } from '../../platform/problem.ts';
import { pactFinal } from '../problems.ts';
import { type ActionTerms, pactFaults } from '../rules/completeness.ts';
import type { PactContent } from '../rules/content.ts';
import { type Pact, pactById, replaceActions, updatePact } from '../store.ts';
import { readPact } from './read-pact.ts';

export interface PactEdit {
  readonly pactId: string;
  /** The revision that was on the screen. */
  readonly revision: number;
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly content: PactContent;
  readonly actions: readonly (ActionTerms & {
    readonly measure?: string | null;
    readonly lep?: string | null;
  })[];
}

/**
 * Changes a draft. What is missing is told, and nothing is written until it is there.
 * @throws {Problem} 404; 409 signed by somebody; 412 edited meanwhile; 422 minimum content missing
 */
export async function editPact(call: Call, input: PactEdit): Promise<Pact> {
  authorise(call.actor, 'operator');
  const found = await readPact(call, input.pactId);
  if (found.state !== 'draft') throw pactFinal();
  const faults = pactFaults(input);
  if (faults.length > 0) {
    throw invalid({
      errors: faults.map(({ field, words }) => ({
        pointer: `/${field}`,
        detail: words[call.locale],
      })),
    });
  }
  await transactionWithRetry(call.database, async (transaction) => {
    const { startsOn, endsOn, content, revision } = input;
    const changed = await updatePact(
      transaction,
      found.id,
      { state: 'draft', revision },
      { startsOn, endsOn, content },
    );
    if (!changed) throw editedMeanwhile();
    await replaceActions(
      transaction,
      found.id,
      input.actions.map(({ letter, measure, lep, ...terms }, position) => ({
        id: call.ids(),
        pactId: found.id,
        position,
        measure: measure ?? null,
        lep: lep ?? null,
        legalLetter: letter,
        ...terms,
      })),
    );
    await audit(transaction, call, {
      action: 'edit-pact',
      subjectKind: 'pact',
      subjectId: found.id,
      detail: { revision: revision + 1 },
    });
  });
  return (await pactById(call.database, found.id))!;
}
