import { and, eq, sql } from 'drizzle-orm';
import { appointment } from '../../booking/table.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Bilingual } from '../../platform/problem.ts';
import { overbooked, overbookingRule } from '../table.ts';

export type OverbookingRule = typeof overbookingRule.$inferSelect;

/** A rule with the names its readers know. */
export interface NamedRule extends OverbookingRule {
  readonly officeName: string;
  readonly serviceName: Bilingual;
}

/** Rules of an office, or of all. */
export async function listRules(database: Database, officeId?: string): Promise<NamedRule[]> {
  return rows<NamedRule>(
    database,
    sql`select r.office_id as "officeId", r.service_id as "serviceId", r.active, r.tolerance, r.risk,
        r.public, r.reason, r.set_by as "setBy",
        (extract(epoch from r.set_at) * 1000)::float8 as "setAt",
        o.name as "officeName", s.name as "serviceName"
      from overbooking_rule r
      join office o on o.id = r.office_id
      join service s on s.id = r.service_id
      ${officeId === undefined ? sql`` : sql`where r.office_id = ${officeId}::uuid`}
      order by o.name, s.position, s.id
      limit 1000`,
  );
}

/** The rule of an office and service, locked until the transaction ends: extra bookings take turns. */
export async function lockRule(
  transaction: Database,
  officeId: string,
  serviceId: string,
): Promise<OverbookingRule | undefined> {
  const [found] = await transaction
    .select()
    .from(overbookingRule)
    .where(and(eq(overbookingRule.officeId, officeId), eq(overbookingRule.serviceId, serviceId)))
    .for('update');
  return found;
}

export async function saveRule(transaction: Database, row: OverbookingRule): Promise<void> {
  await transaction
    .insert(overbookingRule)
    .values(row)
    .onConflictDoUpdate({
      target: [overbookingRule.officeId, overbookingRule.serviceId],
      set: row,
    });
}

/** Writes an appointment that occupies nobody's time, beside the one it counts on. */
export async function insertOverbooked(
  transaction: Database,
  row: typeof appointment.$inferInsert,
  besideId: string,
): Promise<void> {
  await transaction.insert(appointment).values(row);
  await transaction
    .insert(overbooked)
    .values({ appointmentId: row.id, besideId, bookedAt: row.createdAt });
}
