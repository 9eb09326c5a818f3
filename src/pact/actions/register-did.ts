import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { dayOf, type IsoDate } from '../../platform/clock.ts';
import { transactionWithRetry } from '../../platform/database.ts';
import { invalid } from '../../platform/problem.ts';
import { readPerson } from '../../profiling/actions/person.ts';
import { numbered } from '../../profiling/numbered.ts';
import { didOpen } from '../problems.ts';
import type { Benefit } from '../rules/benefits.ts';
import { type Did, insertDid, openDid } from '../store.ts';

export interface DidInput {
  readonly personId: string;
  readonly declaredOn: IsoDate;
  readonly benefit: Benefit;
  readonly benefitClaimedOn?: IsoDate;
  readonly contactedOn?: IsoDate;
}

const WORDS = {
  future: { it: 'Questa data è nel futuro.', en: 'This date lies in the future.' },
  claim: {
    it: 'Indica quando è stato chiesto il sostegno al reddito.',
    en: 'Say when income support was claimed.',
  },
  before: {
    it: 'Il primo contatto non può venire prima della Did.',
    en: 'The first contact cannot come before the Did.',
  },
};

/**
 * Registers the Did that a person made elsewhere (at the Cpi, on the national portal, with the
 * claim of a benefit). @throws {Problem} 404; 409 one is open; 422 dates that cannot be
 */
export async function registerDid(call: Call, input: DidInput): Promise<Did> {
  authorise(call.actor, 'operator');
  const registeredBy = call.actor.operatorId;
  const { id: personId } = await readPerson(call, input.personId);
  const errors = faults(input, dayOf(call.clock.now())).map(([pointer, words]) => ({
    pointer,
    detail: WORDS[words][call.locale],
  }));
  if (errors.length > 0) throw invalid({ errors });

  await numbered(() =>
    transactionWithRetry(call.database, async (transaction) => {
      if (await openDid(transaction, personId)) throw didOpen();
      const id = call.ids();
      await insertDid(transaction, {
        id,
        personId,
        declaredOn: input.declaredOn,
        benefit: input.benefit,
        benefitClaimedOn: input.benefit === 'none' ? null : input.benefitClaimedOn,
        contactedOn: input.contactedOn,
        registeredBy,
        registeredAt: call.clock.now(),
      });
      await audit(transaction, call, {
        action: 'register-did',
        subjectKind: 'did',
        subjectId: id,
        detail: { declared_on: input.declaredOn, benefit: input.benefit },
      });
    }),
  );
  return (await openDid(call.database, personId))!;
}

function faults(input: DidInput, today: IsoDate): [pointer: string, words: keyof typeof WORDS][] {
  const found: [string, keyof typeof WORDS][] = [];
  if (input.declaredOn > today) found.push(['/declared_on', 'future']);
  if (input.benefit !== 'none' && !input.benefitClaimedOn) {
    found.push(['/benefit_claimed_on', 'claim']);
  }
  if (input.benefitClaimedOn && input.benefitClaimedOn > today) {
    found.push(['/benefit_claimed_on', 'future']);
  }
  if (input.contactedOn && input.contactedOn > today) found.push(['/contacted_on', 'future']);
  else if (input.contactedOn && input.contactedOn < input.declaredOn) {
    found.push(['/contacted_on', 'before']);
  }
  return found;
}
