import {
  email,
  familyName,
  givenName,
  phone,
  taxCode as taxCodeField,
} from '../reference/fields.ts';

/** Names under which Italian brokers hand on the codice fiscale. */
const TAX_CODE = ['fiscal_number', 'https://attributes.eid.gov.it/fiscal_number', 'fiscalNumber'];

interface Vouched {
  readonly taxCode: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
}

/**
 * The person whom a provider's claims describe; undefined without a codice fiscale that can exist
 * or without a name. `TINIT-` is how SPID and CIE mark an Italian one.
 * @param claimName where the installation says that the codice fiscale is
 */
export function vouchedPerson(
  claims: Readonly<Record<string, unknown>>,
  claimName: string | undefined,
): Vouched | undefined {
  const names = claimName === undefined ? TAX_CODE : [claimName];
  const told = names.map((name) => claims[name]).find((value) => typeof value === 'string');
  const taxCode = taxCodeField.safeParse(String(told ?? '').replace(/^TINIT-/i, ''));
  const given = givenName.safeParse(claims['given_name']);
  const family = familyName.safeParse(claims['family_name']);
  if (!taxCode.success || !given.success || !family.success) return undefined;
  return {
    taxCode: taxCode.data,
    givenName: given.data,
    familyName: family.data,
    email: email.safeParse(claims['email']).data,
    phone: phone.safeParse(claims['phone_number']).data,
  };
}

/** A path inside this service, else the start: nobody is sent elsewhere from here. */
export function pathInside(asked: string | undefined, publicUrl: string): string {
  if (asked === undefined || asked.length > 1000 || !/^\/[^\\\p{Cc}]*$/u.test(asked)) return '/';
  const meant = new URL(asked, publicUrl);
  if (meant.origin !== new URL(publicUrl).origin) return '/';
  return `${meant.pathname}${meant.search}`.startsWith('//')
    ? '/'
    : `${meant.pathname}${meant.search}`;
}
