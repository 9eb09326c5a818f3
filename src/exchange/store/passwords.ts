import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { feedPassword } from '../table.ts';

export interface FeedPassword {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

/** The oldest first, without what protects them. */
export async function passwordsOf(database: Database, operatorId: string): Promise<FeedPassword[]> {
  return database
    .select({
      id: feedPassword.id,
      name: feedPassword.name,
      username: feedPassword.username,
      createdAt: feedPassword.createdAt,
      lastUsedAt: feedPassword.lastUsedAt,
    })
    .from(feedPassword)
    .where(eq(feedPassword.operatorId, operatorId))
    .orderBy(asc(feedPassword.createdAt), asc(feedPassword.id));
}

export async function countPasswords(database: Database, operatorId: string): Promise<number> {
  const [found] = await database
    .select({ held: count() })
    .from(feedPassword)
    .where(eq(feedPassword.operatorId, operatorId));
  return found?.held ?? 0;
}

export async function insertPassword(
  transaction: Database,
  row: typeof feedPassword.$inferInsert,
): Promise<void> {
  await transaction.insert(feedPassword).values(row);
}

export async function deletePassword(
  transaction: Database,
  operatorId: string,
  id: string,
): Promise<boolean> {
  const deleted = await transaction
    .delete(feedPassword)
    .where(and(eq(feedPassword.id, id), eq(feedPassword.operatorId, operatorId)))
    .returning({ id: feedPassword.id });
  return deleted.length > 0;
}

/** What is kept of the password that goes by `username`. */
export async function passwordByUsername(database: Database, username: string) {
  const [found] = await database
    .select({
      id: feedPassword.id,
      operatorId: feedPassword.operatorId,
      salt: feedPassword.salt,
      hash: feedPassword.hash,
    })
    .from(feedPassword)
    .where(eq(feedPassword.username, username));
  return found;
}

/** Remembers the use, to the hour: programs ask every few minutes. */
export async function recordUse(database: Database, id: string, now: Instant): Promise<void> {
  const hourAgo = new Date(now - 3_600_000).toISOString();
  await database
    .update(feedPassword)
    .set({ lastUsedAt: now })
    .where(
      and(eq(feedPassword.id, id), sql`coalesce(${feedPassword.lastUsedAt} < ${hourAgo}, true)`),
    );
}
