import { type SQL, sql } from 'drizzle-orm';
import { type Database, rows } from '../../platform/database.ts';

/** What one table holds about a person, a record each. */
export interface Section {
  readonly name: string;
  readonly records: readonly Record<string, unknown>[];
}

/** Rows of one kind at most. */
const LISTED = 5000;

const SERVICE_AND_OFFICE = sql`'service', (select s.name ->> 'it' from service s where s.id = x.service_id),
  'office', (select o.name from office o where o.id = x.office_id)`;
const OPERATOR = (column: SQL) =>
  sql`(select o.given_name || ' ' || o.family_name from operator o where o.id = ${column})`;

/**
 * Where people are found, and what of each row they are given: all of it, with names in place of
 * the inner keys of services and offices, but for digests, which say nothing to anybody.
 */
const SECTIONS = (id: SQL): Record<string, SQL> => ({
  appointments: sql`select to_jsonb(x) - array['holder', 'person_id', 'service_id', 'office_id', 'operator_id']
      || jsonb_build_object(${SERVICE_AND_OFFICE}, 'operator', ${OPERATOR(sql`x.operator_id`)}) as record
    from appointment x where x.person_id = ${id} order by x.starts_at`,
  justifications: sql`select to_jsonb(x) || jsonb_build_object('documents', (
        select jsonb_agg(jsonb_build_object('name', d.name, 'media_type', d.media_type, 'size', d.size, 'added_at', d.added_at))
        from justification_document d where d.justification_id = x.id)) as record
    from justification x join appointment a on a.id = x.appointment_id
    where a.person_id = ${id} order by x.sent_at`,
  absence_measures: sql`select to_jsonb(x) - 'person_id' as record
    from absence_measure x where x.person_id = ${id} order by x.decided_at`,
  waiting_entries: sql`select to_jsonb(x) - array['person_id', 'service_id']
      || jsonb_build_object('service', (select s.name ->> 'it' from service s where s.id = x.service_id),
        'offers', (select jsonb_agg(to_jsonb(o) - array['entry_id', 'freed_time_id', 'held_by'] order by o.made_at)
          from waiting_offer o where o.entry_id = x.id)) as record
    from waiting_entry x where x.person_id = ${id} order by x.joined_at`,
  session_registrations: sql`select to_jsonb(x) - 'person_id' || jsonb_build_object('title', g.title ->> 'it',
      'starts_at', g.starts_at, 'office', (select o.name from office o where o.id = g.office_id)) as record
    from session_registration x join group_session g on g.id = x.session_id
    where x.person_id = ${id} order by g.starts_at`,
  invitations: sql`select to_jsonb(x) - array['person_id', 'code_digest', 'service_id', 'office_id']
      || jsonb_build_object(${SERVICE_AND_OFFICE}) as record
    from invitation x where x.person_id = ${id} order by x.sent_at`,
  convocations: sql`select to_jsonb(x) - array['person_id', 'code_digest', 'service_id', 'office_id']
      || jsonb_build_object(${SERVICE_AND_OFFICE},
        'proofs', (select jsonb_agg(to_jsonb(d) - 'convocation_id') from delivery_proof d where d.convocation_id = x.id),
        'postponements', (select jsonb_agg(to_jsonb(q) - 'convocation_id') from postponement q where q.convocation_id = x.id)) as record
    from convocation x where x.person_id = ${id} order by x.created_at`,
  archivings: sql`select to_jsonb(x) - 'person_id' as record from archived_person x where x.person_id = ${id}`,
  data_forms: sql`select to_jsonb(x) - 'person_id' as record
    from person_data x where x.person_id = ${id} order by x.version`,
  profiles: sql`select to_jsonb(x) - 'person_id' as record
    from profile x where x.person_id = ${id} order by x.version`,
  interviews: sql`select to_jsonb(x) - 'person_id' as record
    from interview x where x.person_id = ${id} order by x.started_at`,
  percorso_decisions: sql`select to_jsonb(x) - 'person_id' || jsonb_build_object('operator', ${OPERATOR(sql`x.operator_id`)}) as record
    from percorso_decision x where x.person_id = ${id} order by x.decided_at`,
  dids: sql`select to_jsonb(x) - 'person_id' as record from did x where x.person_id = ${id} order by x.declared_on`,
  pacts: sql`select to_jsonb(x) - 'person_id' || jsonb_build_object('actions',
      (select jsonb_agg(to_jsonb(t) - 'pact_id' order by t.position) from pact_action t where t.pact_id = x.id)) as record
    from pact x where x.person_id = ${id} order by x.version`,
  messages: sql`select to_jsonb(x) - array['locked_until', 'ask_at', 'attempts', 'last_error'] || jsonb_build_object(
      'deliveries', (select jsonb_agg(to_jsonb(d) - array['outbox_id', 'receipt'] order by d.at) from notice_delivery d where d.outbox_id = x.id)) as record
    from outbox x where x.recipient <> '' and x.subject_id in (
      select ${id}
      union select id from appointment where person_id = ${id}
      union select id from waiting_entry where person_id = ${id}
      union select id from session_registration where person_id = ${id}
      union select id from invitation where person_id = ${id}
      union select id from convocation where person_id = ${id}
      union select id from erasure_request where person_id = ${id})
    order by x.created_at`,
  erasure_requests: sql`select to_jsonb(x) - 'person_id' as record
    from erasure_request x where x.person_id = ${id} order by x.asked_at`,
  // What was done with their data, and by what kind of actor; who, the office says.
  accesses: sql`select jsonb_build_object('at', x.at, 'by', x.actor_kind, 'action', x.action,
      'subject', x.subject_kind) as record
    from audit_event x
    where x.actor_id = ${id}::text or (x.subject_kind, x.subject_id) in (
      select 'person', ${id}::text
      union all select 'appointment', id::text from appointment where person_id = ${id})
    order by x.at`,
});

/** All that is held about a person, table by table; empty ones left out. */
export async function sectionsOf(database: Database, personId: string): Promise<Section[]> {
  const found: Section[] = [];
  for (const [name, query] of Object.entries(SECTIONS(sql`${personId}::uuid`))) {
    const records = await rows<{ record: Record<string, unknown> }>(
      database,
      sql`${query} limit ${LISTED}`,
    );
    if (records.length > 0) found.push({ name, records: records.map(({ record }) => record) });
  }
  return found;
}

/** The person's own row. */
export async function ownRow(
  database: Database,
  personId: string,
): Promise<
  { readonly record: Record<string, unknown>; readonly taxCodeCipher: string | null } | undefined
> {
  const [found] = await rows<{
    record: Record<string, unknown>;
    taxCodeCipher: string | null;
  }>(
    database,
    sql`select to_jsonb(p) - array['identity_key', 'tax_code_cipher', 'erased_at'] as record,
        p.tax_code_cipher as "taxCodeCipher"
      from person p where p.id = ${personId}::uuid`,
  );
  return found;
}
