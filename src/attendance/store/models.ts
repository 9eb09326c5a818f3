import { desc } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { ModelCard } from '../rules/model-card.ts';
import { attendanceModel } from '../table.ts';

export interface KeptModel {
  readonly id: string;
  readonly fittedAt: Instant;
  readonly card: ModelCard;
}

/** The newest fits, at most `limit`. */
export async function newestModels(database: Database, limit: number): Promise<KeptModel[]> {
  return database
    .select()
    .from(attendanceModel)
    .orderBy(desc(attendanceModel.fittedAt))
    .limit(limit);
}

export async function insertModel(transaction: Database, kept: KeptModel): Promise<void> {
  await transaction.insert(attendanceModel).values(kept);
}
