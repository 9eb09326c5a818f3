import { eq, sql } from 'drizzle-orm';
import { type Database, rows } from '../platform/database.ts';
import { notFound } from '../platform/problem.ts';
import type { YearlyDay } from '../reference/holidays.ts';
import type { Owner } from './series-store.ts';
import { office, operator, patronFeast, staffCategory } from './table.ts';

/** Somebody who works at an office, as the administration sees them. */
export interface StaffMember {
  readonly id: string;
  readonly officeId: string;
  readonly staffNumber: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly category: string;
  /** Level of the category; see `staff_category.level`. */
  readonly level: number;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  /** Whether they receive by appointment. */
  readonly bookable: boolean;
}

const STAFF = sql`select o.id, office_id as "officeId", staff_number as "staffNumber",
    given_name as "givenName", family_name as "familyName", category, level, skills, languages, bookable
  from operator o join staff_category on code = category`;

/** Those at work at an office, by name. */
export async function staffOf(database: Database, officeId: string): Promise<StaffMember[]> {
  return rows(
    database,
    sql`${STAFF} where office_id = ${officeId}::uuid and o.active
      order by family_name, given_name, staff_number`,
  );
}

export async function staffMember(
  database: Database,
  id: string,
): Promise<StaffMember | undefined> {
  const [found] = await rows<StaffMember>(
    database,
    sql`${STAFF} where o.id = ${id}::uuid and o.active`,
  );
  return found;
}

/** The level of a category; undefined when there is no such category. */
export async function levelOf(database: Database, category: string): Promise<number | undefined> {
  const [found] = await database
    .select({ level: staffCategory.level })
    .from(staffCategory)
    .where(eq(staffCategory.code, category));
  return found?.level;
}

/** @throws the fault of `operator_staff_number_unique` when the number is taken */
export async function insertStaffMember(
  transaction: Database,
  { level: _, skills, languages, ...member }: StaffMember,
): Promise<void> {
  await transaction.insert(operator).values({
    ...member,
    skills: [...skills],
    languages: [...languages],
    provenance: { kind: 'declared', source: 'administration' },
  });
}

export async function updateStaffMember(
  transaction: Database,
  id: string,
  change: { readonly skills: string[]; readonly languages: string[]; readonly bookable: boolean },
): Promise<void> {
  await transaction.update(operator).set(change).where(eq(operator.id, id));
}

/** An office that exists, and an operator who is its own. @throws {Problem} 404 */
export async function requireOwner(database: Database, owner: Owner): Promise<void> {
  const { officeId, operatorId } = owner;
  const found = await rows(
    database,
    operatorId === undefined
      ? sql`select 1 from office where id = ${officeId}::uuid`
      : sql`select 1 from operator where id = ${operatorId}::uuid and office_id = ${officeId}::uuid`,
  );
  if (found.length === 0) throw notFound();
}

export const sameOwner = (one: Owner, other: Owner) =>
  one.officeId === other.officeId && one.operatorId === other.operatorId;

/** Whether an office keeps its hours on holidays. Returns whether there is such an office. */
export async function setOpenOnHolidays(
  transaction: Database,
  officeId: string,
  openOnHolidays: boolean,
): Promise<boolean> {
  const changed = await transaction
    .update(office)
    .set({ openOnHolidays })
    .where(eq(office.id, officeId))
    .returning({ id: office.id });
  return changed.length > 0;
}

/** The patron's feast of a comune; `undefined` takes it away. */
export async function putPatronFeast(
  transaction: Database,
  comune: string,
  feast: { readonly saint: string; readonly source: string; readonly on: YearlyDay } | undefined,
): Promise<void> {
  if (!feast) {
    await transaction.delete(patronFeast).where(eq(patronFeast.comune, comune));
    return;
  }
  const { saint, source, on } = feast;
  const set =
    'easterOffset' in on
      ? { saint, source, month: null, day: null, easterOffset: on.easterOffset }
      : { saint, source, month: on.month, day: on.day, easterOffset: null };
  await transaction
    .insert(patronFeast)
    .values({ comune, ...set })
    .onConflictDoUpdate({ target: patronFeast.comune, set });
}

/** Offices whose seat is in a comune: those that keep its patron's feast. */
export async function officesSeatedIn(database: Database, comune: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    database,
    sql`select id from office where seat = ${comune} order by id`,
  );
  return found.map(({ id }) => id);
}
