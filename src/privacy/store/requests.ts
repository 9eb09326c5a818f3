import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { person } from '../../identity/table.ts';
import type { Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { type ErasureState, erasureRequest } from '../table.ts';

export interface ErasureRequest {
  readonly id: string;
  readonly personId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | null;
  readonly locale: string;
  readonly state: ErasureState;
  readonly askedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly answer: string | null;
}

const selected = {
  id: erasureRequest.id,
  personId: erasureRequest.personId,
  givenName: person.givenName,
  familyName: person.familyName,
  email: person.email,
  locale: person.locale,
  state: erasureRequest.state,
  askedAt: erasureRequest.askedAt,
  decidedAt: erasureRequest.decidedAt,
  answer: erasureRequest.answer,
};

const from = (database: Database) =>
  database
    .select(selected)
    .from(erasureRequest)
    .innerJoin(person, eq(person.id, erasureRequest.personId));

/** Those not decided yet, the oldest first. */
export async function openRequests(database: Database, limit: number): Promise<ErasureRequest[]> {
  return from(database)
    .where(eq(erasureRequest.state, 'asked'))
    .orderBy(asc(erasureRequest.askedAt), asc(erasureRequest.id))
    .limit(limit);
}

/** The latest a person made. */
export async function latestRequestOf(
  database: Database,
  personId: string,
): Promise<ErasureRequest | undefined> {
  const [found] = await from(database)
    .where(eq(erasureRequest.personId, personId))
    .orderBy(desc(erasureRequest.askedAt), desc(erasureRequest.id))
    .limit(1);
  return found;
}

export async function requestById(
  database: Database,
  id: string,
): Promise<ErasureRequest | undefined> {
  const [found] = await from(database).where(eq(erasureRequest.id, id));
  return found;
}

/** @returns false when the person asked already */
export async function insertRequest(
  transaction: Database,
  row: typeof erasureRequest.$inferInsert,
): Promise<boolean> {
  const written = await transaction
    .insert(erasureRequest)
    .values(row)
    .onConflictDoNothing({
      target: erasureRequest.personId,
      where: sql`${erasureRequest.state} = 'asked'`,
    })
    .returning({ id: erasureRequest.id });
  return written.length > 0;
}

/** @returns false when it was decided already */
export async function settleRequest(
  transaction: Database,
  id: string,
  change: {
    readonly state: Exclude<ErasureState, 'asked'>;
    readonly decidedBy: string;
    readonly decidedAt: Instant;
    readonly answer: string | null;
  },
): Promise<boolean> {
  const settled = await transaction
    .update(erasureRequest)
    .set(change)
    .where(and(eq(erasureRequest.id, id), eq(erasureRequest.state, 'asked')))
    .returning({ id: erasureRequest.id });
  return settled.length > 0;
}
