import { and, eq, sql } from 'drizzle-orm';
import { at } from '../../booking/store/instants.ts';
import type { AppointmentState } from '../../booking/table.ts';
import type { AlsoBy } from '../../identity/also-by.ts';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Bilingual } from '../../platform/problem.ts';
import type { MediaType } from '../rules/document.ts';
import type { Ground } from '../rules/grounds.ts';
import { type JustificationState, justification, justificationDocument } from '../table.ts';

export interface DocumentView {
  readonly id: string;
  readonly name: string;
  readonly mediaType: MediaType;
  readonly size: number;
}

/** A justification with the appointment it is about. */
export interface Justification {
  readonly id: string;
  readonly state: JustificationState;
  readonly ground: Ground;
  readonly statement: string | null;
  readonly impedimentEndsOn: IsoDate | null;
  readonly sentAt: Instant;
  readonly deadline: Instant;
  readonly late: boolean;
  readonly question: string | null;
  readonly decidedAt: Instant | null;
  readonly decisionReason: string | null;
  readonly stateBefore: AppointmentState | null;
  readonly version: number;
  readonly appointmentId: string;
  readonly appointmentState: AppointmentState;
  readonly startsAt: Instant;
  readonly contactEmail: string | null;
  readonly contactPhone: string | null;
  readonly alsoBy: AlsoBy | null;
  readonly locale: Locale;
  readonly serviceId: string;
  readonly serviceName: Bilingual;
  readonly officeId: string;
  readonly officeName: string;
  readonly operatorId: string;
  readonly personId: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly documents: readonly DocumentView[];
  /** Whether a measure that stands rests on the absence. */
  readonly measured: boolean;
}

const millis = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);

const SELECT = sql`select j.id, j.state, j.ground, j.statement,
    j.impediment_ends_on::text as "impedimentEndsOn", ${millis('j.sent_at')} as "sentAt",
    ${millis('j.deadline')} as deadline, j.late, j.question, ${millis('j.decided_at')} as "decidedAt",
    j.decision_reason as "decisionReason", j.state_before as "stateBefore", j.version,
    a.id as "appointmentId", a.state as "appointmentState", ${millis('a.starts_at')} as "startsAt",
    a.contact_email as "contactEmail", a.contact_phone as "contactPhone",
    a.also_by as "alsoBy", a.locale, s.id as "serviceId", s.name as "serviceName",
    o.id as "officeId", o.name as "officeName", a.operator_id as "operatorId",
    p.id as "personId", p.given_name as "givenName", p.family_name as "familyName",
    coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name,
        'mediaType', d.media_type, 'size', d.size) order by d.added_at, d.id)
      from justification_document d where d.justification_id = j.id), '[]'::jsonb) as documents,
    exists (select from absence_measure m
      where m.appointment_id = a.id and m.state = 'adopted') as measured
  from justification j
  join appointment a on a.id = j.appointment_id
  join service s on s.id = a.service_id
  join office o on o.id = a.office_id
  left join person p on p.id = a.person_id`;

export async function justificationById(
  database: Database,
  id: string,
): Promise<Justification | undefined> {
  const [found] = await rows<Justification>(database, sql`${SELECT} where j.id = ${id}::uuid`);
  return found;
}

/** The latest justification of an appointment. */
export async function justificationOf(
  database: Database,
  appointmentId: string,
): Promise<Justification | undefined> {
  const [found] = await rows<Justification>(
    database,
    sql`${SELECT} where a.id = ${appointmentId}::uuid order by j.sent_at desc, j.id desc limit 1`,
  );
  return found;
}

/** Justifications of some offices, or of all: what is open by its deadline, or the latest decided. */
export async function justificationsOf(
  database: Database,
  officeIds: readonly string[] | undefined,
  which: 'open' | 'decided',
  limit: number,
): Promise<Justification[]> {
  const reach = officeIds ? sql`and o.id = any(${`{${officeIds.join(',')}}`}::uuid[])` : sql``;
  const wanted =
    which === 'open'
      ? sql`j.state in ('sent', 'asked') ${reach} order by j.deadline, j.id`
      : sql`j.state in ('accepted', 'rejected') ${reach} order by j.decided_at desc, j.id`;
  return rows<Justification>(database, sql`${SELECT} where ${wanted} limit ${limit}`);
}

export async function insertJustification(
  transaction: Database,
  row: typeof justification.$inferInsert,
): Promise<void> {
  await transaction.insert(justification).values(row);
}

/** Changes a justification that nobody changed since; @returns whether it was so. */
export async function changeJustification(
  transaction: Database,
  current: { readonly id: string; readonly version: number },
  change: Partial<typeof justification.$inferInsert>,
): Promise<boolean> {
  const changed = await transaction
    .update(justification)
    .set({ ...change, version: current.version + 1 })
    .where(and(eq(justification.id, current.id), eq(justification.version, current.version)))
    .returning({ id: justification.id });
  return changed.length > 0;
}

export async function insertDocument(
  transaction: Database,
  row: typeof justificationDocument.$inferInsert,
): Promise<void> {
  await transaction.insert(justificationDocument).values(row);
}

/** A document with its ciphertext and the office that may read it. */
export async function documentById(database: Database, id: string) {
  const [found] = await database
    .select()
    .from(justificationDocument)
    .where(eq(justificationDocument.id, id));
  if (!found) return undefined;
  const about = await justificationById(database, found.justificationId);
  return about && { ...found, officeId: about.officeId };
}

/** Forgets documents and words of justifications older than `before`; @returns how many. */
export async function forgetJustifications(
  transaction: Database,
  before: Instant,
): Promise<{ documents: number; statements: number }> {
  // What is still open, or sustains a measure, is not old: its time counts from the decision.
  const old = sql`select id from justification j
    where j.decided_at < ${at(before)}
      and not exists (select from absence_measure m
        where m.appointment_id = j.appointment_id and m.decided_at >= ${at(before)})`;
  const documents = await rows(
    transaction,
    sql`delete from justification_document where justification_id in (${old}) returning id`,
  );
  const statements = await rows(
    transaction,
    sql`update justification set statement = null, question = null
      where id in (${old}) and (statement is not null or question is not null) returning id`,
  );
  return { documents: documents.length, statements: statements.length };
}

/** Forgets what people wrote with appointments that ended before `before`; @returns how many. */
export async function forgetNotes(transaction: Database, before: Instant): Promise<number> {
  const forgotten = await rows(
    transaction,
    sql`update appointment set note = null, cancel_reason = null
      where ends_at < ${at(before)} and (note is not null or cancel_reason is not null)
        and state not in ('held', 'confirmed', 'displaced')
      returning id`,
  );
  return forgotten.length;
}
