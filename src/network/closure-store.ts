import { sql } from 'drizzle-orm';
import type { Instant, Interval } from '../platform/clock.ts';
import { type Database, rows } from '../platform/database.ts';
import { type ClosureKind, closure } from './table.ts';

/** Time an office, or one of its operators, does not receive. */
export interface Closure {
  readonly id: string;
  readonly officeId: string;
  /** Absent when the whole office is closed. */
  readonly operatorId?: string;
  readonly during: Interval;
  readonly kind: ClosureKind;
  readonly reason: string;
}

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;
const range = ({ start, end }: Interval) => sql`tstzrange(${at(start)}, ${at(end)})`;

/**
 * Writes a closure. Free time does not follow by itself: whoever writes it derives anew the days it
 * touches, in the same transaction.
 */
export async function insertClosure(transaction: Database, given: Closure): Promise<void> {
  await transaction.insert(closure).values({
    id: given.id,
    officeId: given.officeId,
    operatorId: given.operatorId ?? null,
    during: range(given.during),
    kind: given.kind,
    reason: given.reason,
  });
}

/** Takes a closure back and returns what it was; undefined when it is gone already. */
export async function deleteClosure(
  transaction: Database,
  id: string,
): Promise<Closure | undefined> {
  const [found] = await rows<ClosureRow>(
    transaction,
    sql`delete from closure where id = ${id}::uuid returning ${COLUMNS}`,
  );
  return found && toClosure(found);
}

/** Closures of an office and of its operators that touch a window, in order. */
export async function closuresOf(
  database: Database,
  officeId: string,
  window: Interval,
): Promise<Closure[]> {
  const found = await rows<ClosureRow>(
    database,
    sql`select ${COLUMNS} from closure
      where office_id = ${officeId}::uuid and during && ${range(window)}
      order by lower(during), id`,
  );
  return found.map(toClosure);
}

const COLUMNS = sql`id, office_id, operator_id, kind, reason,
  (extract(epoch from lower(during)) * 1000)::float8 as starts,
  (extract(epoch from upper(during)) * 1000)::float8 as ends`;

interface ClosureRow {
  readonly id: string;
  readonly office_id: string;
  readonly operator_id: string | null;
  readonly kind: ClosureKind;
  readonly reason: string;
  readonly starts: Instant;
  readonly ends: Instant;
}

function toClosure(row: ClosureRow): Closure {
  return {
    id: row.id,
    officeId: row.office_id,
    operatorId: row.operator_id ?? undefined,
    during: { start: row.starts, end: row.ends },
    kind: row.kind,
    reason: row.reason,
  };
}
