import { sql } from 'drizzle-orm';
import { type Database, rows } from '../../../src/platform/database.ts';
import type { Records } from './record.ts';

const milliseconds = (column: ReturnType<typeof sql>) =>
  sql`(extract(epoch from ${column}) * 1000)::float8`;

/** What the database holds of appointments, their time, their audit trail and their messages. */
export async function readRecords(database: Database): Promise<Records> {
  return {
    appointments: await rows(
      database,
      sql`select id, state, ${milliseconds(sql`starts_at`)} as "startsAt",
          ${milliseconds(sql`ends_at`)} as "endsAt", office_id as "officeId",
          operator_id as "operatorId", version, service_id as "serviceId", person_id as "personId"
        from appointment`,
    ),
    occupied: await rows(
      database,
      sql`select appointment_id as "appointmentId", resource_id as "resourceId",
          jsonb_build_array(${milliseconds(sql`lower(during)`)}, ${milliseconds(sql`upper(during)`)}) as during,
          ${milliseconds(sql`releases_at`)} as "releasesAt"
        from occupied where active`,
    ),
    audit: await rows(
      database,
      sql`select correlation_id as "correlationId", action, subject_id as "subjectId"
        from audit_event where subject_kind = 'appointment'`,
    ),
    notices: await rows(
      database,
      sql`select subject_id as "subjectId", kind, state, (payload ->> 'startsAt')::float8 as "startsAt"
        from outbox`,
    ),
  };
}
