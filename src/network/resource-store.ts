import { eq, sql } from 'drizzle-orm';
import { type Database, rows } from '../platform/database.ts';
import { resource } from './table.ts';

/** A desk, a room or a line of an office. */
export interface Resource {
  readonly id: string;
  readonly officeId: string;
  readonly kind: string;
  readonly name: string;
  /** People it holds. */
  readonly capacity: number | undefined;
  readonly active: boolean;
}

const COLUMNS = sql`id, office_id as "officeId", kind, name, capacity, active`;

const toResource = (row: Omit<Resource, 'capacity'> & { capacity: number | null }): Resource => ({
  ...row,
  capacity: row.capacity ?? undefined,
});

/** Desks and rooms of an office, by kind and name; those out of use last. */
export async function resourcesOf(database: Database, officeId: string): Promise<Resource[]> {
  const found = await rows<Omit<Resource, 'capacity'> & { capacity: number | null }>(
    database,
    sql`select ${COLUMNS} from resource where office_id = ${officeId}::uuid
      order by active desc, kind, name, id`,
  );
  return found.map(toResource);
}

export async function lockResource(
  transaction: Database,
  id: string,
): Promise<Resource | undefined> {
  const [found] = await rows<Omit<Resource, 'capacity'> & { capacity: number | null }>(
    transaction,
    sql`select ${COLUMNS} from resource where id = ${id}::uuid for update`,
  );
  return found && toResource(found);
}

export async function insertResource(transaction: Database, given: Resource): Promise<void> {
  await transaction.insert(resource).values({ ...given, capacity: given.capacity ?? null });
}

export async function updateResource(transaction: Database, given: Resource): Promise<void> {
  const { name, active, capacity = null } = given;
  await transaction
    .update(resource)
    .set({ name, active, capacity })
    .where(eq(resource.id, given.id));
}
