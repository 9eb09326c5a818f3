import { sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { at } from './instants.ts';

/** Whether the office was closed, or the operator away, in any part of an appointment. */
export async function closedDuring(
  database: Database,
  appointment: {
    readonly officeId: string;
    readonly operatorId: string;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
  },
): Promise<boolean> {
  const { officeId, operatorId, startsAt, endsAt } = appointment;
  const found = await rows(
    database,
    sql`select 1 from closure
      where office_id = ${officeId}::uuid and (operator_id is null or operator_id = ${operatorId}::uuid)
        and during && tstzrange(${at(startsAt)}, ${at(endsAt)}) limit 1`,
  );
  return found.length > 0;
}
