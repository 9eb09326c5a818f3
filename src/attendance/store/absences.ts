import { and, eq, sql } from 'drizzle-orm';
import { at } from '../../booking/store/instants.ts';
import type { AppointmentState } from '../../booking/table.ts';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { absenceMeasure } from '../table.ts';

const millis = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);

/** Whether the office was closed, or the operator away, in any part of appointment `a`. */
const OFFICE_FAULT = sql`exists (select from closure c
  where c.office_id = a.office_id and (c.operator_id is null or c.operator_id = a.operator_id)
    and c.during && tstzrange(a.starts_at, a.ends_at))`;

const JUSTIFYING = sql`exists (select from justification j
  where j.appointment_id = a.id and j.state in ('sent', 'asked'))`;

/** An appointment that ended without anybody saying how. */
export interface Unrecorded {
  readonly id: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly serviceName: { readonly it: string; readonly en: string };
  readonly operatorName: string;
  readonly personId: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly officeFault: boolean;
  readonly justifying: boolean;
}

/** Appointments of an office that ended inside `from`–`to` and have no outcome, oldest first. */
export async function unrecordedOf(
  database: Database,
  officeId: string,
  from: Instant,
  to: Instant,
): Promise<Unrecorded[]> {
  return rows<Unrecorded>(
    database,
    sql`select a.id, ${millis('a.starts_at')} as "startsAt", ${millis('a.ends_at')} as "endsAt",
        s.name as "serviceName", o.given_name || ' ' || o.family_name as "operatorName",
        p.id as "personId", p.given_name as "givenName", p.family_name as "familyName",
        ${OFFICE_FAULT} as "officeFault", ${JUSTIFYING} as justifying
      from appointment a
      join service s on s.id = a.service_id
      join operator o on o.id = a.operator_id
      left join person p on p.id = a.person_id
      where a.office_id = ${officeId}::uuid and a.state = 'confirmed'
        and a.starts_at >= ${at(from)} and a.ends_at <= ${at(to)}
      order by a.starts_at, a.id
      limit 500`,
  );
}

/** What is known of an appointment that may be an absence. */
export interface AbsenceRow {
  readonly id: string;
  readonly personId: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly state: AppointmentState;
  readonly startsAt: Instant;
  readonly serviceName: { readonly it: string; readonly en: string };
  readonly officeId: string;
  readonly officeName: string;
  readonly officeAddress: string | null;
  readonly operatorName: string;
  readonly officeFault: boolean;
  readonly justifying: boolean;
  /** Deadline of the latest justification, which knows how long the impediment lasted. */
  readonly deadline: Instant | null;
  readonly measureState: 'adopted' | 'declined' | 'withdrawn' | null;
}

const ABSENCE = sql`select a.id, a.state, ${millis('a.starts_at')} as "startsAt",
    p.id as "personId", p.given_name as "givenName", p.family_name as "familyName",
    s.name as "serviceName", f.id as "officeId", f.name as "officeName",
    f.address as "officeAddress", o.given_name || ' ' || o.family_name as "operatorName",
    ${OFFICE_FAULT} as "officeFault", ${JUSTIFYING} as justifying,
    (select ${millis('j.deadline')} from justification j where j.appointment_id = a.id
      order by j.sent_at desc, j.id desc limit 1) as deadline,
    (select m.state from absence_measure m where m.appointment_id = a.id) as "measureState"
  from appointment a
  join service s on s.id = a.service_id
  join office f on f.id = a.office_id
  join operator o on o.id = a.operator_id
  left join person p on p.id = a.person_id`;

export async function absenceById(database: Database, id: string): Promise<AbsenceRow | undefined> {
  const [found] = await rows<AbsenceRow>(database, sql`${ABSENCE} where a.id = ${id}::uuid`);
  return found;
}

/** A person's absences as they stand, oldest first. */
export async function absencesOf(database: Database, personId: string): Promise<AbsenceRow[]> {
  return rows<AbsenceRow>(
    database,
    sql`${ABSENCE} where a.person_id = ${personId}::uuid and a.state = 'absent'
      order by a.starts_at, a.id limit 200`,
  );
}

/** The latest unjustified absences of an office from which a convocation stands behind. */
export async function convokedAbsences(
  database: Database,
  officeId: string,
  from: Instant,
  limit: number,
): Promise<AbsenceRow[]> {
  return rows<AbsenceRow>(
    database,
    sql`${ABSENCE} where a.office_id = ${officeId}::uuid and a.state = 'absent'
        and a.starts_at >= ${at(from)}
        and exists (select from convocation v where v.appointment_id = a.id)
      order by a.starts_at desc, a.id limit ${limit}`,
  );
}

export type Measure = typeof absenceMeasure.$inferSelect;

export async function measureOf(
  database: Database,
  appointmentId: string,
): Promise<Measure | undefined> {
  const [found] = await database
    .select()
    .from(absenceMeasure)
    .where(eq(absenceMeasure.appointmentId, appointmentId));
  return found;
}

/** @throws SQLSTATE 23505 `absence_measure_appointment_unique` when somebody decided meanwhile */
export async function insertMeasure(
  transaction: Database,
  row: typeof absenceMeasure.$inferInsert,
): Promise<void> {
  await transaction.insert(absenceMeasure).values(row);
}

/** Takes back an adopted measure; @returns whether it was adopted. */
export async function withdrawMeasureRow(
  transaction: Database,
  appointmentId: string,
  by: { readonly withdrawnBy: string; readonly withdrawnAt: Instant; readonly reason: string },
): Promise<boolean> {
  const withdrawn = await transaction
    .update(absenceMeasure)
    .set({
      state: 'withdrawn',
      withdrawnBy: by.withdrawnBy,
      withdrawnAt: by.withdrawnAt,
      withdrawalReason: by.reason,
    })
    .where(
      and(eq(absenceMeasure.appointmentId, appointmentId), eq(absenceMeasure.state, 'adopted')),
    )
    .returning({ id: absenceMeasure.id });
  return withdrawn.length > 0;
}
