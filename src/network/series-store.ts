import { and, eq, sql } from 'drizzle-orm';
import type { IsoDate } from '../platform/clock.ts';
import { type Database, rows } from '../platform/database.ts';
import { type NamedPeriod, type Series, seriesIn } from './hours-store.ts';
import type { WallHours } from './rules/openings.ts';
import type { SeriesDetails } from './rules/series.ts';
import { hoursPeriod, opening, openingException } from './table.ts';

/** Whose hours they are: an office's, or one of its operators'. */
export interface Owner {
  readonly officeId: string;
  readonly operatorId: string | undefined;
}

const columnsOf = ({ validTo, recurrence, periodId, limits, ...series }: SeriesDetails) => ({
  kind: series.kind,
  periodId: periodId ?? null,
  weekday: series.weekday,
  starts: series.starts,
  ends: series.ends,
  validFrom: series.validFrom,
  validTo,
  recurrence: recurrence.rule,
  nth: recurrence.nth,
  skills: limits?.skills ? [...limits.skills] : null,
  staffOnly: limits?.staffOnly ?? false,
  publicHoursBefore: limits?.publicHoursBefore ?? null,
});

export async function insertSeries(
  transaction: Database,
  id: string,
  { officeId, operatorId }: Owner,
  series: SeriesDetails,
): Promise<void> {
  await transaction
    .insert(opening)
    .values({ id, officeId, operatorId: operatorId ?? null, ...columnsOf(series) });
}

export async function updateSeries(
  transaction: Database,
  id: string,
  series: SeriesDetails,
): Promise<void> {
  await transaction.update(opening).set(columnsOf(series)).where(eq(opening.id, id));
}

export async function deleteSeries(transaction: Database, id: string): Promise<void> {
  await transaction.delete(opening).where(eq(opening.id, id));
}

export async function seriesById(database: Database, id: string): Promise<Series | undefined> {
  const [found] = await seriesIn(database, { seriesId: id });
  return found;
}

/** A series by id, locked until the transaction ends. */
export async function lockSeries(transaction: Database, id: string): Promise<Series | undefined> {
  await rows(transaction, sql`select 1 from opening where id = ${id}::uuid for update`);
  return seriesById(transaction, id);
}

/** Makes one day of a series differ; `hours` null drops it. */
export async function putException(
  transaction: Database,
  openingId: string,
  day: IsoDate,
  hours: WallHours | null,
): Promise<void> {
  const given = { starts: hours?.starts ?? null, ends: hours?.ends ?? null };
  await transaction
    .insert(openingException)
    .values({ openingId, day, ...given })
    .onConflictDoUpdate({
      target: [openingException.openingId, openingException.day],
      set: given,
    });
}

/** Days of a series that differ though it no longer takes place on them are forgotten. */
export async function deleteExceptions(
  transaction: Database,
  openingId: string,
  days: readonly IsoDate[],
): Promise<void> {
  for (const day of days) {
    await transaction
      .delete(openingException)
      .where(and(eq(openingException.openingId, openingId), eq(openingException.day, day)));
  }
}

export async function insertPeriod(transaction: Database, period: NamedPeriod): Promise<void> {
  await transaction
    .insert(hoursPeriod)
    .values({ ...period, operatorId: period.operatorId ?? null });
}

export async function periodOwner(database: Database, id: string): Promise<Owner | undefined> {
  const [found] = await database
    .select({ officeId: hoursPeriod.officeId, operatorId: hoursPeriod.operatorId })
    .from(hoursPeriod)
    .where(eq(hoursPeriod.id, id));
  return found && { officeId: found.officeId, operatorId: found.operatorId ?? undefined };
}

/** Takes a period away with its hours, and says whose it was. */
export async function deletePeriod(transaction: Database, id: string): Promise<Owner | undefined> {
  const [gone] = await transaction
    .delete(hoursPeriod)
    .where(eq(hoursPeriod.id, id))
    .returning({ officeId: hoursPeriod.officeId, operatorId: hoursPeriod.operatorId });
  return gone && { officeId: gone.officeId, operatorId: gone.operatorId ?? undefined };
}
