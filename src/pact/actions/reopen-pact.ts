import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { editedMeanwhile } from '../../platform/problem.ts';
import { pactFinal } from '../problems.ts';
import { type Pact, pactById, updatePact } from '../store.ts';
import { readPact } from './read-pact.ts';

/**
 * Takes the operator's signature back while the person's is missing, to change the text.
 * @throws {Problem} 404; 409 final, or still a draft; 412 edited meanwhile
 */
export async function reopenPact(
  call: Call,
  input: { readonly pactId: string; readonly revision: number },
): Promise<Pact> {
  authorise(call.actor, 'operator');
  const found = await readPact(call, input.pactId);
  if (found.state !== 'awaiting_person') throw pactFinal();
  await transactionWithRetry(call.database, async (transaction) => {
    const changed = await updatePact(
      transaction,
      found.id,
      { state: 'awaiting_person', revision: input.revision },
      { state: 'draft', operatorSignedBy: null, operatorSignedAt: null },
    );
    if (!changed) throw editedMeanwhile();
    await audit(transaction, call, {
      action: 'reopen-pact',
      subjectKind: 'pact',
      subjectId: found.id,
    });
  });
  return (await pactById(call.database, found.id))!;
}
