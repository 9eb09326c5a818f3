import { and, eq, sql } from 'drizzle-orm';
import type { IsoDate } from '../platform/clock.ts';
import { type Database, rows } from '../platform/database.ts';
import { opening, operatorTransfer } from './table.ts';

/** An operator's move to another office that is still to come. */
export interface Transfer {
  readonly id: string;
  readonly operatorId: string;
  readonly fromOfficeId: string;
  readonly toOfficeId: string;
  readonly toOfficeName: string;
  /** First day at the new office. */
  readonly fromDay: IsoDate;
}

/** The move that an operator has ahead, if any. */
export async function transferAhead(
  database: Database,
  operatorId: string,
): Promise<Transfer | undefined> {
  const [found] = await rows<Transfer>(
    database,
    sql`select t.id, operator_id as "operatorId", from_office_id as "fromOfficeId",
        to_office_id as "toOfficeId", k.name as "toOfficeName", from_day::text as "fromDay"
      from operator_transfer t join office k on k.id = t.to_office_id
      where operator_id = ${operatorId}::uuid and not settled`,
  );
  return found;
}

export async function insertTransfer(
  transaction: Database,
  transfer: Omit<Transfer, 'toOfficeName'>,
): Promise<void> {
  await transaction.insert(operatorTransfer).values(transfer);
}

export async function deleteTransfer(transaction: Database, id: string): Promise<void> {
  await transaction.delete(operatorTransfer).where(eq(operatorTransfer.id, id));
}

/** An operator's own hours at one office. */
export async function deleteOwnHours(
  transaction: Database,
  operatorId: string,
  officeId: string,
): Promise<void> {
  await transaction
    .delete(opening)
    .where(and(eq(opening.operatorId, operatorId), eq(opening.officeId, officeId)));
}

/** Operators whose day has come belong to their new office. @returns who moved */
export async function settleTransfersUntil(
  transaction: Database,
  day: IsoDate,
): Promise<{ readonly operatorId: string; readonly toOfficeId: string }[]> {
  return rows(
    transaction,
    sql`with due as (
        update operator_transfer set settled = true where not settled and from_day <= ${day}::date
        returning operator_id, to_office_id
      )
      update operator o set office_id = due.to_office_id from due where o.id = due.operator_id
      returning o.id as "operatorId", o.office_id as "toOfficeId"`,
  );
}
