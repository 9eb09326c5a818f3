import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { BenefitSpell } from '../attendance/rules/evidence.ts';
import { office, operator } from '../network/table.ts';
import type { Database } from '../platform/database.ts';
import { did, type PactState, pact, pactAction } from './table.ts';

export type Did = typeof did.$inferSelect;

/** The declaration that is open, if any. */
export async function openDid(database: Database, personId: string): Promise<Did | undefined> {
  const [found] = await database
    .select()
    .from(did)
    .where(and(eq(did.personId, personId), isNull(did.endedOn)));
  return found;
}

/** What the open declaration says the person receives, and since when it counts. */
export async function openBenefit(
  database: Database,
  personId: string,
): Promise<BenefitSpell | undefined> {
  const found = await openDid(database, personId);
  return found && { benefit: found.benefit, since: found.benefitClaimedOn ?? found.declaredOn };
}

export async function insertDid(database: Database, row: typeof did.$inferInsert): Promise<void> {
  await database.insert(did).values(row);
}

export type PactAction = typeof pactAction.$inferSelect;

export type Pact = typeof pact.$inferSelect & {
  readonly responsabileName: string;
  readonly officeName: string;
  readonly officeAddress: string | null;
  readonly actions: readonly PactAction[];
};

const selected = {
  pact,
  responsabileName: sql<string>`${operator.givenName} || ' ' || ${operator.familyName}`,
  officeName: office.name,
  officeAddress: office.address,
};

async function withActions(
  database: Database,
  row: { pact: typeof pact.$inferSelect } & Pick<
    Pact,
    'responsabileName' | 'officeName' | 'officeAddress'
  >,
): Promise<Pact> {
  const { pact: version, ...names } = row;
  const actions = await database
    .select()
    .from(pactAction)
    .where(eq(pactAction.pactId, version.id))
    .orderBy(asc(pactAction.position));
  return { ...version, ...names, actions };
}

export async function pactById(database: Database, id: string): Promise<Pact | undefined> {
  const [found] = await database
    .select(selected)
    .from(pact)
    .innerJoin(operator, eq(operator.id, pact.responsabileId))
    .innerJoin(office, eq(office.id, pact.officeId))
    .where(eq(pact.id, id));
  return found && (await withActions(database, found));
}

/** Versions of a person's patto, newest first, at most 50. */
export async function pactsOf(database: Database, personId: string): Promise<Pact[]> {
  const found = await database
    .select(selected)
    .from(pact)
    .innerJoin(operator, eq(operator.id, pact.responsabileId))
    .innerJoin(office, eq(office.id, pact.officeId))
    .where(eq(pact.personId, personId))
    .orderBy(desc(pact.version))
    .limit(50);
  const list: Pact[] = [];
  for (const row of found) list.push(await withActions(database, row));
  return list;
}

export async function insertPact(database: Database, row: typeof pact.$inferInsert): Promise<void> {
  await database.insert(pact).values(row);
}

/** Whether the version was still in `state` at `revision`. */
export async function updatePact(
  database: Database,
  id: string,
  expected: { readonly state: PactState; readonly revision: number },
  change: Partial<typeof pact.$inferInsert>,
): Promise<boolean> {
  const updated = await database
    .update(pact)
    .set({ ...change, revision: expected.revision + 1 })
    .where(
      and(eq(pact.id, id), eq(pact.state, expected.state), eq(pact.revision, expected.revision)),
    )
    .returning({ id: pact.id });
  return updated.length > 0;
}

export async function replaceActions(
  database: Database,
  pactId: string,
  actions: readonly (typeof pactAction.$inferInsert)[],
): Promise<void> {
  await database.delete(pactAction).where(eq(pactAction.pactId, pactId));
  if (actions.length > 0) await database.insert(pactAction).values([...actions]);
}
