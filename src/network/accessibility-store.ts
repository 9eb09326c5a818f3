import { eq, sql } from 'drizzle-orm';
import { type Database, rows } from '../platform/database.ts';
import {
  ACCESS_FEATURE_NAMES,
  type AccessFact,
  type AccessFeature,
} from './rules/accessibility.ts';
import { officeAccess } from './table.ts';

/** What is known of an office, in the order of the list. */
export async function accessOf(database: Database, officeId: string): Promise<AccessFact[]> {
  const found = await database
    .select()
    .from(officeAccess)
    .where(eq(officeAccess.officeId, officeId));
  return ACCESS_FEATURE_NAMES.flatMap((feature) => {
    const fact = found.find((one) => one.feature === feature);
    return fact ? [{ feature, present: fact.present, source: fact.source, date: fact.date }] : [];
  });
}

/** Puts what is known of an office in the place of what was. */
export async function writeAccess(
  transaction: Database,
  officeId: string,
  facts: readonly AccessFact[],
): Promise<void> {
  await transaction.delete(officeAccess).where(eq(officeAccess.officeId, officeId));
  if (facts.length > 0)
    await transaction.insert(officeAccess).values(facts.map((fact) => ({ ...fact, officeId })));
}

/** Offices that are known to have every one of the features: what is not known is no yes. */
export async function officesWith(
  database: Database,
  features: readonly AccessFeature[],
): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(features)];
  const found = await rows<{ id: string }>(
    database,
    sql`select office_id as id from office_access
      where present and feature in (select unnest(${`{${wanted.join(',')}}`}::text[]))
      group by office_id having count(*) = ${wanted.length}::int`,
  );
  return new Set(found.map(({ id }) => id));
}

/** Features that some office is known to have: only those are worth asking for. */
export async function knownFeatures(database: Database): Promise<AccessFeature[]> {
  const found = await rows<{ feature: AccessFeature }>(
    database,
    sql`select distinct feature from office_access where present`,
  );
  const known = new Set(found.map(({ feature }) => feature));
  return ACCESS_FEATURE_NAMES.filter((feature) => known.has(feature));
}
