import type { Call } from '../../platform/call.ts';
import { audit } from '../audit.ts';
import { identityKey, type PersonDetails } from '../person.ts';
import { rememberVouched } from '../store.ts';

/** What an identity provider vouches for. */
export type VouchedPerson = PersonDetails & { readonly taxCode: string };

/**
 * The person whom an identity provider vouches for, found by codice fiscale alone and written down
 * when new. Names and addresses that somebody typed for them before give way to the provider's.
 * Undefined when they are new and nothing says how to reach them.
 */
export async function enterPerson(
  call: Call,
  vouched: VouchedPerson,
): Promise<{ readonly id: string } | undefined> {
  const key = await identityKey(call.secrets, vouched);
  const cipher = await call.secrets.seal(vouched.taxCode);
  return call.database.transaction(async (transaction) => {
    const id = await rememberVouched(transaction, {
      id: call.ids(),
      identityKey: key,
      givenName: vouched.givenName,
      familyName: vouched.familyName,
      email: vouched.email ?? null,
      phone: vouched.phone ?? null,
      taxCodeCipher: cipher,
      locale: call.locale,
      createdAt: call.clock.now(),
    });
    if (id === undefined) return undefined;
    await audit(
      transaction,
      { ...call, actor: { kind: 'jobseeker', personId: id } },
      {
        action: 'enter',
        subjectKind: 'person',
        subjectId: id,
      },
    );
    return { id };
  });
}
