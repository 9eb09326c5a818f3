import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { ChannelReading } from '../rules/channels.ts';
import { channelReading } from '../table.ts';

/** A reading that a region wrote down itself. */
export interface OwnReading extends ChannelReading {
  readonly id: string;
  readonly region: string;
  readonly validFrom: IsoDate;
  readonly validUntil: IsoDate | undefined;
  readonly writtenBy: string;
  readonly writtenAt: Instant;
  readonly confirmedBy: string | undefined;
  readonly confirmedAt: Instant | undefined;
  /** On what ground it was confirmed. */
  readonly confirmation: string | undefined;
  readonly withdrawnAt: Instant | undefined;
}

/** The readings that a region wrote itself and did not take back, the latest written first. */
export async function readingsOf(database: Database, region: string): Promise<OwnReading[]> {
  const found = await database
    .select()
    .from(channelReading)
    .where(and(eq(channelReading.region, region), isNull(channelReading.withdrawnAt)))
    .orderBy(...LATEST_FIRST);
  return found.map(toReading);
}

/** All of them, also those taken back, by channel. */
export async function readingHistory(database: Database, region: string): Promise<OwnReading[]> {
  const found = await database
    .select()
    .from(channelReading)
    .where(eq(channelReading.region, region))
    .orderBy(asc(channelReading.channel), ...LATEST_FIRST)
    .limit(500);
  return found.map(toReading);
}

const LATEST_FIRST = [desc(channelReading.writtenAt), desc(channelReading.id)];

export async function insertReading(
  transaction: Database,
  row: typeof channelReading.$inferInsert,
): Promise<void> {
  await transaction.insert(channelReading).values(row);
}

/** One that nobody changes meanwhile. */
export async function lockReading(
  transaction: Database,
  id: string,
): Promise<OwnReading | undefined> {
  const [found] = await transaction
    .select()
    .from(channelReading)
    .where(eq(channelReading.id, id))
    .for('update');
  return found && toReading(found);
}

export async function setReading(
  transaction: Database,
  id: string,
  change: Partial<typeof channelReading.$inferInsert>,
): Promise<void> {
  await transaction.update(channelReading).set(change).where(eq(channelReading.id, id));
}

/** The regions that have offices, by name. */
export async function regionsWithOffices(database: Database): Promise<string[]> {
  const found = await rows<{ region: string }>(
    database,
    sql`select distinct c.region from office o join comune c on c.istat_code = o.seat order by 1`,
  );
  return found.map(({ region }) => region);
}

function toReading(row: typeof channelReading.$inferSelect): OwnReading {
  const { withdrawnBy: _, ...kept } = row;
  return {
    ...kept,
    verified: row.confirmedAt !== null,
    validUntil: row.validUntil ?? undefined,
    confirmedBy: row.confirmedBy ?? undefined,
    confirmedAt: row.confirmedAt ?? undefined,
    confirmation: row.confirmation ?? undefined,
    withdrawnAt: row.withdrawnAt ?? undefined,
  };
}
