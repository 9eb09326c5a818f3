import { sql } from 'drizzle-orm';
import type { AppointmentState } from '../../booking/table.ts';
import type { Instant, Interval } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;
const ms = (column: string) => sql`(extract(epoch from ${sql.raw(column)}) * 1000)::float8`;

/** What a calendar program shows of one appointment: nobody's name leaves the database. */
export interface AgendaEntry {
  readonly id: string;
  readonly version: number;
  readonly state: AppointmentState;
  readonly starts: Instant;
  readonly ends: Instant;
  readonly updated: Instant;
  readonly service: { readonly it: string; readonly en: string };
  readonly office: string;
  readonly address: string | null;
  /** Like `M. R.`; null while nobody is known. */
  readonly initials: string | null;
}

/** Entries a calendar program is given at most. */
const MOST = 5000;

/** Everything an operator receives in `window`, alone or with others, cancelled ones too. */
export async function agendaOfOperator(
  database: Database,
  operatorId: string,
  window: Interval,
): Promise<AgendaEntry[]> {
  return rows<AgendaEntry>(
    database,
    sql`select a.id, a.version, a.state, ${ms('a.starts_at')} as starts, ${ms('a.ends_at')} as ends,
        ${ms('a.updated_at')} as updated, s.name as service, o.name as office, o.address,
        left(p.given_name, 1) || '. ' || left(p.family_name, 1) || '.' as initials
      from appointment a
      join service s on s.id = a.service_id
      join office o on o.id = a.office_id
      left join person p on p.id = a.person_id
      where a.starts_at >= ${at(window.start)} and a.starts_at < ${at(window.end)}
        and a.state not in ('held', 'expired')
        and (a.operator_id = ${operatorId}::uuid or exists (
          select from occupied t
          where t.appointment_id = a.id and t.resource_id = ${operatorId}::uuid and t.active))
      order by a.starts_at, a.id
      limit ${MOST}`,
  );
}

/** One line of the export of appointments. */
export interface ExportedAppointment {
  readonly id: string;
  readonly code: string;
  readonly starts: Instant;
  readonly ends: Instant;
  readonly service: { readonly it: string; readonly en: string };
  readonly operator: string;
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly state: AppointmentState;
  readonly origin: string;
  readonly created: Instant;
}

/**
 * Up to `limit` appointments of an office that begin in `window`, in order, after the one named by
 * `after`: what one page of an export holds.
 */
export async function exportPage(
  database: Database,
  wanted: {
    readonly officeId: string;
    readonly window: Interval;
    readonly operatorId?: string;
    readonly after?: Pick<ExportedAppointment, 'starts' | 'id'>;
    readonly limit: number;
  },
): Promise<ExportedAppointment[]> {
  const { officeId, window, operatorId, after, limit } = wanted;
  return rows<ExportedAppointment>(
    database,
    sql`select a.id, a.code, ${ms('a.starts_at')} as starts, ${ms('a.ends_at')} as ends,
        s.name as service, t.given_name || ' ' || t.family_name as operator,
        p.given_name, p.family_name, a.contact_email as email, a.contact_phone as phone,
        a.state, a.origin, ${ms('a.created_at')} as created
      from appointment a
      join service s on s.id = a.service_id
      join operator t on t.id = a.operator_id
      left join person p on p.id = a.person_id
      where a.office_id = ${officeId}::uuid and a.state not in ('held', 'expired')
        and a.starts_at >= ${at(window.start)} and a.starts_at < ${at(window.end)}
        ${operatorId === undefined ? sql`` : sql`and a.operator_id = ${operatorId}::uuid`}
        ${after ? sql`and (a.starts_at, a.id) > (${at(after.starts)}, ${after.id}::uuid)` : sql``}
      order by a.starts_at, a.id
      limit ${limit}`,
  );
}

/** How appointments of one service and operator ended. */
export interface OutcomeCounts {
  readonly service: { readonly it: string; readonly en: string };
  readonly operator: string;
  readonly total: number;
  readonly seen: number;
  readonly late: number;
  readonly absent: number;
  readonly excused: number;
  readonly cancelled: number;
  readonly revoked: number;
  /** Begun, and nobody recorded how it ended. */
  readonly unrecorded: number;
}

export async function outcomesOf(
  database: Database,
  officeId: string,
  window: Interval,
  now: Instant,
): Promise<OutcomeCounts[]> {
  const counted = (state: string) => sql`count(*) filter (where a.state = ${state})::int`;
  return rows<OutcomeCounts>(
    database,
    sql`select s.name as service, t.given_name || ' ' || t.family_name as operator,
        count(*)::int as total, ${counted('seen')} as seen, ${counted('late')} as late,
        ${counted('absent')} as absent, ${counted('excused')} as excused,
        ${counted('cancelled')} as cancelled, ${counted('revoked')} as revoked,
        count(*) filter (where a.state = 'confirmed' and a.starts_at <= ${at(now)})::int as unrecorded
      from appointment a
      join service s on s.id = a.service_id
      join operator t on t.id = a.operator_id
      where a.office_id = ${officeId}::uuid and a.state not in ('held', 'expired')
        and a.starts_at >= ${at(window.start)} and a.starts_at < ${at(window.end)}
      group by s.id, t.id
      order by s.position, s.code, t.family_name, t.given_name, t.id`,
  );
}
