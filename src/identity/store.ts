import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { person } from './table.ts';

/** A person the service has met. */
export interface KnownPerson {
  readonly id: string;
  readonly identityKey: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  /** ISTAT code of the comune of domicile. */
  readonly domicile: string | undefined;
}

export async function personById(database: Database, id: string): Promise<KnownPerson | undefined> {
  const [found] = await database
    .select()
    .from(person)
    .where(and(eq(person.id, id), isNull(person.erasedAt)));
  return (
    found && {
      id: found.id,
      identityKey: found.identityKey,
      givenName: found.givenName,
      familyName: found.familyName,
      email: found.email ?? undefined,
      phone: found.phone ?? undefined,
      domicile: found.domicile ?? undefined,
    }
  );
}

/** Writes a person down unless they are known already; returns the id they are known by. */
export async function rememberPerson(
  transaction: Database,
  row: typeof person.$inferInsert,
): Promise<string> {
  const [kept] = await transaction
    .insert(person)
    .values(row)
    .onConflictDoUpdate({ target: person.identityKey, set: { identityKey: row.identityKey } })
    .returning({ id: person.id });
  return kept!.id;
}

/**
 * Writes down a person whom an identity provider vouches for: what it says counts more than what
 * anybody typed. Undefined when they are new and nothing says how to reach them.
 */
export async function rememberVouched(
  transaction: Database,
  row: typeof person.$inferInsert,
): Promise<string | undefined> {
  const { givenName, familyName, email, phone } = row;
  const said = { givenName, familyName, ...(email && { email }), ...(phone && { phone }) };
  const [known] = await transaction
    .update(person)
    .set(said)
    .where(and(eq(person.identityKey, row.identityKey), isNull(person.erasedAt)))
    .returning({ id: person.id });
  if (known) return known.id;
  return email || phone ? rememberPerson(transaction, row) : undefined;
}

/** How else people of one e-mail address can be reached; at most `limit`, demonstration people too. */
export async function contactsOfEmail(
  database: Database,
  email: string,
  limit: number,
): Promise<readonly { readonly phone: string | undefined }[]> {
  const found = await database
    .select({ phone: person.phone })
    .from(person)
    .where(eq(person.email, email.toLowerCase()))
    .limit(limit);
  return found.map(({ phone }) => ({ phone: phone ?? undefined }));
}

/** The sealed codice fiscale of a person; undefined when they are unknown or never gave it. */
export async function taxCodeCipher(database: Database, id: string): Promise<string | undefined> {
  const [found] = await database
    .select({ sealed: person.taxCodeCipher })
    .from(person)
    .where(eq(person.id, id));
  return found?.sealed ?? undefined;
}
