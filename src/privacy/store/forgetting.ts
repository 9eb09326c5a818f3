import { sql } from 'drizzle-orm';
import { forgetNoticesAbout } from '../../notices/store/deliveries.ts';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;
const list = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::uuid[]`;

/** What was written with an appointment, and where its messages went. */
const WRITTEN = sql`contact_email = null, contact_phone = null, note = null, cancel_reason = null, holder = null`;

/**
 * Takes from appointments whoever had them, and all that was written with them. Office, service,
 * operator, hours and outcome stay: statistics lose nothing.
 */
export async function forgetWhoCame(transaction: Database, ids: readonly string[]): Promise<void> {
  await transaction.execute(
    sql`update appointment set person_id = null, ${WRITTEN} where id = any(${list(ids)})`,
  );
  // Ways back to the person: what they waited for, and what they were offered.
  await transaction.execute(sql`delete from waiting_offer where held_by = any(${list(ids)})`);
  await transaction.execute(
    sql`update waiting_entry set appointment_id = null where appointment_id = any(${list(ids)})`,
  );
  await forgetPapers(transaction, sql`appointment_id = any(${list(ids)})`);
  await forgetNoticesAbout(transaction, ids);
}

/** Addresses in what ended before `before`, of people who are still known by others. */
export async function forgetOldAddresses(transaction: Database, before: Instant): Promise<void> {
  await transaction.execute(
    sql`update waiting_entry set contact_email = null, contact_phone = null
      where state <> 'waiting' and updated_at < ${at(before)}
        and (contact_email is not null or contact_phone is not null)`,
  );
  await transaction.execute(
    sql`update session_registration r set contact_email = null, contact_phone = null
      from group_session g
      where g.id = r.session_id and g.ends_at < ${at(before)}
        and (r.contact_email is not null or r.contact_phone is not null)`,
  );
}

/**
 * Takes from people everything that says who they are. Their row stays, empty, so that what counts
 * them still adds up; the same human being who comes again is somebody new.
 */
export async function forgetWhoTheyAre(
  transaction: Database,
  personIds: readonly string[],
  now: Instant,
): Promise<void> {
  const ids = list(personIds);
  const of = sql`person_id = any(${ids})`;
  const subjects = await rows<{ id: string }>(
    transaction,
    sql`select id from appointment where ${of}
      union select id from waiting_entry where ${of}
      union select o.id from waiting_offer o join waiting_entry e on e.id = o.entry_id where e.person_id = any(${ids})
      union select id from session_registration where ${of}
      union select id from invitation where ${of}
      union select id from convocation where ${of}
      union select id from erasure_request where ${of} and decided_at is not null`,
  );
  await forgetNoticesAbout(transaction, [...personIds, ...subjects.map(({ id }) => id)]);
  await forgetPapers(
    transaction,
    sql`appointment_id in (select id from appointment where person_id = any(${ids}))`,
  );
  const each = [
    sql`update appointment set ${WRITTEN} where ${of}`,
    sql`update waiting_entry set contact_email = null, contact_phone = null where ${of}`,
    sql`update session_registration set contact_email = null, contact_phone = null where ${of}`,
    sql`update postponement set note = null, answer = null
      where convocation_id in (select id from convocation where ${of})`,
    sql`update invitation set recipient = null, postal_address = null where ${of}`,
    sql`update convocation set recipient = null, postal_address = null where ${of}`,
    sql`delete from archived_person where ${of}`,
    sql`delete from interview where ${of} and state = 'draft'`,
    sql`update person set given_name = '', family_name = '—', email = null, phone = null,
        tax_code_cipher = null, domicile = null, identity_key = 'erased:' || id, erased_at = ${at(now)}
      where id = any(${ids})`,
  ];
  for (const statement of each) await transaction.execute(statement);
}

/** Answers kept two days for retries that tell of a person. */
export async function forgetAnswersAbout(transaction: Database, personId: string): Promise<void> {
  await transaction.execute(sql`delete from idempotency_key where body like ${`%${personId}%`}`);
}

/** Words and documents of justifications. Why somebody was excused stays with the outcome. */
async function forgetPapers(transaction: Database, of: ReturnType<typeof sql>): Promise<void> {
  await transaction.execute(
    sql`delete from justification_document
      where justification_id in (select id from justification where ${of})`,
  );
  await transaction.execute(
    sql`update justification set statement = null, question = null,
        decision_reason = case when state = 'rejected' then '' end
      where ${of}`,
  );
}
