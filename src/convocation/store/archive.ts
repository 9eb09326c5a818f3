import { eq } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { archivedPerson } from '../table.ts';

/** Puts a person in the archive, or takes them out when there is no reason. */
export async function setArchived(
  transaction: Database,
  personId: string,
  reason: string | undefined,
  by: { readonly who: string; readonly at: Instant },
): Promise<void> {
  if (reason === undefined) {
    await transaction.delete(archivedPerson).where(eq(archivedPerson.personId, personId));
    return;
  }
  await transaction
    .insert(archivedPerson)
    .values({ personId, reason, archivedBy: by.who, archivedAt: by.at })
    .onConflictDoNothing();
}
