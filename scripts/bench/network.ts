import { sql } from 'drizzle-orm';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import type { Call } from '../../src/platform/call.ts';
import { dayOf } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';

export const OFFICES = 65;
export const OPERATORS = 500;
export const DAYS = 90;
export const SERVICE_ID = '00000000-0000-7000-8000-000000000001';

/**
 * A region of 65 offices, 500 operators and 90 days, 70% of whose time is taken: the Sicilian comuni
 * with the most people are the seats, every comune belongs to the nearest seat. The n-th office is
 * full for its first n days, so that searches have full days to step over; the rest is taken at
 * random. Repeatable: chance comes from hashes.
 */
export async function writeNetwork(call: Call): Promise<{ readonly taken: number }> {
  const { database } = call;
  const today = dayOf(call.clock.now());
  const run = (query: ReturnType<typeof sql>) => rows<{ count: number }>(database, query);

  await run(sql`insert into staff_category (code, level, name, valid_from, source)
    values ('C', 1, 'Istruttori', '2000-01-01', 'bench')`);
  await run(sql`insert into office (id, code, name, seat, latitude, longitude, provenance)
    select ${uuid('o')}, 'cpi-' || n, 'Cpi di ' || name, istat_code, latitude, longitude,
      '{"seat":{"kind":"declared","source":"bench"},"bacino":{"kind":"declared","source":"bench"},"staff":{"kind":"declared","source":"bench"}}'
    from (
      select *, row_number() over (order by population desc, istat_code) as n
      from comune where region = 'Sicilia' and latitude is not null
    ) seat where n <= ${OFFICES}`);
  await run(sql`insert into bacino_comune (comune, office_id, provenance)
    select c.istat_code, nearest.id, '{"kind":"computed","source":"bench"}'
    from comune c cross join lateral (
      select id from office o
      order by (o.latitude - c.latitude) ^ 2 + ((o.longitude - c.longitude) * 0.79) ^ 2, o.id limit 1
    ) nearest
    where c.region = 'Sicilia' and c.latitude is not null`);
  await run(sql`insert into operator (id, staff_number, office_id, given_name, family_name, category, skills, bookable, provenance)
    select ${uuid('p')}, n, (select id from office where code = 'cpi-' || (n % ${OFFICES} + 1)),
      'Operatore', 'Numero', 'C', '{accoglienza}', true, '{"kind":"declared","source":"bench"}'
    from generate_series(1, ${OPERATORS}) as n`);
  await run(sql`insert into opening (id, office_id, weekday, starts, ends, valid_from)
    select gen_random_uuid(), o.id, hours.weekday, hours.starts::time, hours.ends::time, '2020-01-01'
    from office o, (values (1, '08:30', '13:30'), (2, '08:30', '13:30'), (3, '08:30', '13:30'),
      (4, '08:30', '13:30'), (5, '08:30', '13:30'), (2, '15:00', '17:00'), (4, '15:00', '17:00')
    ) as hours (weekday, starts, ends)`);
  await run(sql`insert into service (id, code, name, description, what_to_bring, duration_minutes,
      grid_minutes, min_notice_minutes, horizon_days, skill, min_category)
    values (${SERVICE_ID}, 'colloquio', '{"it":"Colloquio","en":"Interview"}', '{"it":"","en":""}',
      '{"it":["Documento"],"en":["Identity document"]}', 30, 30, 0, ${DAYS}, 'accoglienza', 'C')`);

  await run(sql`create temporary table wanted as
    select ${uuid('a')} as id, slot.* from (
      select row_number() over () as n, p.id as operator_id, p.office_id,
        half.starts at time zone 'Europe/Rome' as starts_at
      from operator p
      join office o on o.id = p.office_id
      cross join generate_series(${today}::timestamp, ${today}::timestamp + make_interval(days => ${DAYS}::int), interval '1 day') as day
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
  const [taken] = await run(sql`select count(*)::int as count from wanted`);
  await run(sql`drop table wanted`);
  await rebuildFreeTime(call, { days: DAYS });
  await run(sql`vacuum analyze`);
  return { taken: taken?.count ?? 0 };
}

/** Share of the bookable time that is taken, 0 to 1, as the database tells it. */
export async function shareTaken(call: Call): Promise<number> {
  const [share] = await rows<{ share: number }>(
    call.database,
    sql`with minutes as (
        select (select sum(extract(epoch from upper(s) - lower(s))) from free_time, unnest(free) s) as free,
          (select sum(extract(epoch from upper(during) - lower(during))) from occupied where active) as taken
      ) select (taken / (taken + free))::float8 as share from minutes`,
  );
  return share?.share ?? 0;
}

/** A version 7 identifier out of a kind and the row's number `n`. */
function uuid(kind: string) {
  return sql`(lpad(to_hex(ascii(${kind}::text)), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
}

/** Between 0 and 1, the same for the same text. */
function chance(text: ReturnType<typeof sql>) {
  return sql`((hashtextextended(${text}, 7) & 4294967295)::float8 / 4294967296)`;
}
