import { and, eq, sql } from 'drizzle-orm';
import { type OfficeSummary, toSummary } from '../../network/store.ts';
import { office } from '../../network/table.ts';
import { DEFAULT_REMINDER_DAYS } from '../../notices/rules/reminders.ts';
import type { Instant } from '../../platform/clock.ts';
import { type Database, perDatabase } from '../../platform/database.ts';
import type { Service } from '../service.ts';
import { service } from '../table.ts';
import { freeFor, seenSeconds } from './limits.ts';
import { toService } from './services.ts';

/** What a request to book is judged by, as it stood at one moment. */
export interface Asked {
  readonly service: Service;
  readonly office: OfficeSummary;
  /** Open appointments of the e-mail address. */
  readonly open: number;
  /** Days before, at which the service reminds. */
  readonly reminderDays: readonly number[];
  /** False when the time is certainly gone: fewer operators have it free than the service needs. */
  readonly free: boolean;
}

const value = sql.placeholder;

const START = sql`to_timestamp(${value('start')}::float8)`;

const FREE = sql<boolean>`(
  select count(*) >= ${service.operators} from free_time f
  where f.office_id = ${office.id} and f.day = (${START} at time zone 'Europe/Rome')::date
    and f.longest_minutes > 0
    and (${freeFor(sql`${service.skill}`, sql`${value('seen')}::float8`)}) @> tstzrange(${START} - make_interval(mins => ${service.bufferBeforeMinutes}),
      ${START} + make_interval(mins => coalesce(${value('minutes')}::int, ${service.durationMinutes}) + ${service.bufferMinutes}))
    and (select o.active and o.skills @> array[${service.skill}]
        and (${value('language')}::text is null or o.languages @> array[${value('language')}::text])
      from operator o where o.id = f.operator_id))`;

const OPEN = sql<number>`(
  select count(*)::int from appointment
  where contact_email = ${value('email')}::text and state in ('confirmed', 'displaced')
    and starts_at > to_timestamp(${value('now')}::float8))`;

const asked = perDatabase((database) =>
  database
    .select({
      service,
      office,
      open: OPEN,
      reminderDays: sql<
        number[] | null
      >`(select to_json(days) from notice_reminder where service_id = ${service.id})`,
      free: FREE,
    })
    .from(service)
    .innerJoin(office, eq(office.id, value('office_id')))
    .where(
      and(eq(service.id, value('service_id')), eq(service.active, true), eq(office.active, true)),
    )
    .prepare('booking_asked'),
);

/** Everything in one round trip; undefined for a service or an office that there is not. */
export async function askedToBook(
  database: Database,
  wanted: {
    readonly serviceId: string;
    readonly officeId: string;
    readonly start: Instant;
    readonly minutes?: number;
    readonly language?: string;
    readonly email: string | undefined;
    readonly now: Instant;
    /** When the public asks; see `Wanted`. */
    readonly publicAt?: Instant | undefined;
  },
): Promise<Asked | undefined> {
  const [found] = await asked(database).execute({
    service_id: wanted.serviceId,
    office_id: wanted.officeId,
    start: wanted.start / 1000,
    minutes: wanted.minutes ?? null,
    language: wanted.language ?? null,
    email: wanted.email ?? null,
    now: wanted.now / 1000,
    seen: seenSeconds(wanted.publicAt),
  });
  return (
    found && {
      service: toService(found.service),
      office: toSummary(found.office),
      open: found.open,
      reminderDays: found.reminderDays ?? DEFAULT_REMINDER_DAYS,
      free: found.free,
    }
  );
}
