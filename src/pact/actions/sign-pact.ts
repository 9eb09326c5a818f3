import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { editedMeanwhile, forbidden, invalid } from '../../platform/problem.ts';
import { signatureOutOfTurn } from '../problems.ts';
import { pactFaults } from '../rules/completeness.ts';
import { type Pact, pactById, updatePact } from '../store.ts';
import type { PactState, pact } from '../table.ts';
import { readPact } from './read-pact.ts';

/**
 * `operator`: the operator signs the draft, which then waits for the person. `person_desk`: the
 * operator keeps the paper that the person signed. `person_online`: the person, in their own area.
 */
export type Signature = 'operator' | 'person_desk' | 'person_online';

/**
 * Puts one signature; with the person's the version is final.
 * @throws {Problem} 403 not theirs to put; 404; 409 out of turn; 412; 422 minimum content missing
 */
export async function signPact(
  call: Call,
  input: { readonly pactId: string; readonly revision: number; readonly signature: Signature },
): Promise<Pact> {
  authorise(call.actor, 'operator', 'jobseeker');
  const online = input.signature === 'person_online';
  if ((call.actor.kind === 'jobseeker') !== online) throw forbidden();
  const found = await readPact(call, input.pactId);
  const from: PactState = input.signature === 'operator' ? 'draft' : 'awaiting_person';
  if (found.state !== from) throw signatureOutOfTurn();
  refuseIncomplete(call, found);

  const now = call.clock.now();
  const change: Partial<typeof pact.$inferInsert> =
    call.actor.kind === 'operator' && input.signature === 'operator'
      ? { state: 'awaiting_person', operatorSignedBy: call.actor.operatorId, operatorSignedAt: now }
      : { state: 'signed', personSignedAt: now, personSignedHow: online ? 'online' : 'desk' };
  await transactionWithRetry(call.database, async (transaction) => {
    const expected = { state: from, revision: input.revision };
    if (!(await updatePact(transaction, found.id, expected, change))) throw editedMeanwhile();
    await audit(transaction, call, {
      action: 'sign-pact',
      subjectKind: 'pact',
      subjectId: found.id,
      detail: { signature: input.signature },
    });
  });
  return (await pactById(call.database, found.id))!;
}

function refuseIncomplete(call: Call, found: Pact): void {
  const actions = found.actions.map((action) => ({ ...action, letter: action.legalLetter }));
  const faults = pactFaults({ ...found, actions });
  if (faults.length === 0) return;
  throw invalid({
    errors: faults.map(({ field, words }) => ({
      pointer: `/${field}`,
      detail: words[call.locale],
    })),
  });
}
