import { type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../../src/platform/clock.ts';
import { type Database, rows } from '../../../src/platform/database.ts';
import type { Records } from './record.ts';

const milliseconds = (column: SQL) => sql`(extract(epoch from ${column}) * 1000)::float8`;
const span = (column: SQL) =>
  sql`jsonb_build_array(${milliseconds(sql`lower(${column})`)}, ${milliseconds(sql`upper(${column})`)})`;

/** What the database holds of all that the clients and the service itself did. */
export async function readRecords(database: Database, now: Instant): Promise<Records> {
  return {
    now,
    appointments: await rows(
      database,
      sql`select id, state, ${milliseconds(sql`starts_at`)} as "startsAt",
          ${milliseconds(sql`ends_at`)} as "endsAt", office_id as "officeId",
          operator_id as "operatorId", version, service_id as "serviceId", person_id as "personId",
          ${milliseconds(sql`expires_at`)} as "expiresAt", ${milliseconds(sql`updated_at`)} as "updatedAt"
        from appointment`,
    ),
    occupied: await rows(
      database,
      sql`select appointment_id as "appointmentId", resource_id as "resourceId",
          ${span(sql`during`)} as during, ${milliseconds(sql`releases_at`)} as "releasesAt"
        from occupied where active`,
    ),
    audit: await rows(
      database,
      sql`select correlation_id as "correlationId", action, subject_id as "subjectId", detail
        from audit_event`,
    ),
    notices: await rows(
      database,
      sql`select id, subject_id as "subjectId", kind, state,
          (payload ->> 'startsAt')::float8 as "startsAt"
        from outbox`,
    ),
    entries: await rows(database, sql`select id, state from waiting_entry`),
    offers: await rows(
      database,
      sql`select id, entry_id as "entryId", freed_time_id as "freedId", held_by as "heldBy",
          office_id as "officeId", ${milliseconds(sql`starts_at`)} as "startsAt", state
        from waiting_offer`,
    ),
    closures: await rows(
      database,
      sql`select id, kind, state, office_id as "officeId", operator_id as "operatorId",
          ${span(sql`during`)} as during, ${milliseconds(sql`created_at`)} as "createdAt",
          (select coalesce(jsonb_agg(jsonb_build_object('appointmentId', i.appointment_id,
              'outcome', i.outcome, 'settledAt', ${milliseconds(sql`i.settled_at`)})), '[]')
            from disruption_item i where i.disruption_id = d.id) as items
        from disruption d`,
    ),
  };
}
