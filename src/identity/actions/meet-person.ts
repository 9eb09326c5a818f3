import type { Call } from '../../platform/call.ts';
import type { Database } from '../../platform/database.ts';
import { fault } from '../../platform/faults.ts';
import { forbidden, invalid } from '../../platform/problem.ts';
import { comuneByCode } from '../../reference/store.ts';
import { faultOfChannel } from '../also-by.ts';
import { identityKey, type PersonDetails } from '../person.ts';
import { personById, rememberPerson } from '../store.ts';

/** Somebody the service knows by now, and where messages about this matter go. */
export interface MetPerson {
  readonly id: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  /** A channel they want messages by, besides e-mail. */
  readonly alsoBy: PersonDetails['alsoBy'];
}

/**
 * The person who is meant, written down when they are new, inside the transaction that needs them.
 * A signed-in jobseeker is themselves: of what they say only contact details are read. Staff may
 * leave the e-mail out where there is a telephone number.
 * @throws {Problem} 403; 422 incomplete
 */
export async function meetPerson(
  transaction: Database,
  call: Call,
  said: PersonDetails | undefined,
  needs: { readonly taxCode: boolean },
): Promise<MetPerson> {
  const { actor } = call;
  if (actor.kind === 'jobseeker') {
    const known = await personById(transaction, actor.personId);
    if (!known) throw forbidden();
    const phone = said?.phone ?? known.phone;
    const wrong = faultOfChannel(call, { alsoBy: said?.alsoBy, phone }, true);
    if (wrong) throw invalid({ errors: [wrong] });
    return { id: known.id, email: said?.email ?? known.email, phone, alsoBy: said?.alsoBy };
  }
  if (!said) throw invalid({ errors: [fault('/person', 'required', call.locale)] });
  const reachable =
    said.email !== undefined || (actor.kind !== 'anonymous' && said.phone !== undefined);
  const knownComune =
    said.domicile === undefined || (await comuneByCode(transaction, said.domicile)) !== undefined;
  const channel = faultOfChannel(call, said, actor.kind !== 'anonymous');
  const errors = [
    ...(channel ? [channel] : []),
    ...(reachable ? [] : [fault('/person/email', 'required', call.locale)]),
    ...(needs.taxCode && said.taxCode === undefined
      ? [fault('/person/tax_code', 'required', call.locale)]
      : []),
    ...(knownComune ? [] : [fault('/person/domicile', 'unknownComune', call.locale)]),
  ];
  if (errors.length > 0) throw invalid({ errors });
  const id = await rememberPerson(transaction, {
    id: call.ids(),
    identityKey: await identityKey(call.secrets, said),
    givenName: said.givenName,
    familyName: said.familyName,
    email: said.email ?? null,
    phone: said.phone ?? null,
    taxCodeCipher: said.taxCode === undefined ? null : await call.secrets.seal(said.taxCode),
    domicile: said.domicile ?? null,
    locale: call.locale,
    createdAt: call.clock.now(),
  });
  return { id, email: said.email, phone: said.phone, alsoBy: said.alsoBy };
}
