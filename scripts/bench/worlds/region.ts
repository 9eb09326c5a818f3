import { sql } from 'drizzle-orm';
import { rebuildFreeTime } from '../../../src/booking/actions/rebuild-free-time.ts';
import type { Call } from '../../../src/platform/call.ts';
import { dayOf } from '../../../src/platform/clock.ts';
import { rows } from '../../../src/platform/database.ts';
import type { Figure } from '../measure.ts';
import { chance, daysFrom, SERVICE_ID, uuid, writeOffices } from '../network.ts';

const OFFICES = 65;
const OPERATORS = 500;
const DAYS = 90;

/**
 * A region of 65 offices, 500 operators and 90 days, 70% of whose time is taken by appointments. The
 * n-th office is full for its first n days, so that searches have full days to step over; the rest
 * is taken at random. Repeatable: chance comes from hashes.
 */
export async function fillRegion(call: Call): Promise<void> {
  const today = dayOf(call.clock.now());
  const run = (query: ReturnType<typeof sql>) => rows(call.database, query);
  await writeOffices(call, {
    offices: OFFICES,
    operators: OPERATORS,
    days: DAYS,
    region: 'Sicilia',
  });
  await run(sql`create temporary table wanted as
    select ${uuid('a')} as id, slot.* from (
      select row_number() over () as n, p.id as operator_id, p.office_id,
        half.starts at time zone 'Europe/Rome' as starts_at
      from operator p
      join office o on o.id = p.office_id
      cross join ${daysFrom(today, DAYS)} as day
      join opening h on h.office_id = o.id and h.weekday = extract(isodow from day)
      cross join lateral generate_series(day + h.starts, day + h.ends - interval '30 minutes', interval '30 minutes') as half (starts)
      where day::date - ${today}::date < substr(o.code, 5)::int
        or ${chance(sql`p.id::text || half.starts::text`)} < 0.535
    ) slot`);
  // Rows that are right by construction need not be looked up in other tables one by one.
  await run(sql`set session_replication_role = replica`);
  await run(sql`insert into appointment (id, code, service_id, office_id, operator_id, starts_at, ends_at, state, created_at, updated_at)
    select id, upper(lpad(to_hex(n), 10, '0')), ${SERVICE_ID}, office_id, operator_id, starts_at,
      starts_at + interval '30 minutes', 'confirmed', now(), now() from wanted`);
  await run(sql`insert into occupied (appointment_id, resource_id, during)
    select id, operator_id, tstzrange(starts_at, starts_at + interval '30 minutes') from wanted`);
  await run(sql`set session_replication_role = origin`);
  await run(sql`drop table wanted`);
  await rebuildFreeTime(call, { days: DAYS });
  await run(sql`vacuum analyze`);
}

/** How large the region is and what share of its bookable time is taken, as the database tells it. */
export async function describeRegion(call: Call): Promise<Figure[]> {
  const [counted] = await rows<{ appointments: number; share: number }>(
    call.database,
    sql`with minutes as (
        select (select sum(extract(epoch from upper(s) - lower(s))) from free_time, unnest(free) s) as free,
          (select sum(extract(epoch from upper(during) - lower(during))) from occupied where active) as taken
      ) select (select count(*)::int from appointment) as appointments,
        (taken / (taken + free))::float8 as share from minutes`,
  );
  return [
    { name: 'offices', value: OFFICES, unit: 'offices' },
    { name: 'operators', value: OPERATORS, unit: 'operators' },
    { name: 'days', value: DAYS, unit: 'days' },
    { name: 'appointments', value: counted?.appointments ?? 0, unit: 'appointments' },
    { name: 'taken', value: (counted?.share ?? 0) * 100, unit: '%' },
  ];
}
