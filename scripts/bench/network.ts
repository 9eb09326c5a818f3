import { sql } from 'drizzle-orm';
import type { Call } from '../../src/platform/call.ts';
import { dayOf } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';

export const SERVICE_ID = '00000000-0000-7000-8000-000000000001';

type Query = ReturnType<typeof sql>;

/** What a network of benchmarks is like. */
export interface NetworkSize {
  readonly offices: number;
  readonly operators: number;
  /** Days ahead that can be booked. */
  readonly days: number;
  /** Where its seats lie; everywhere when absent. */
  readonly region?: string;
}

/** Weekly hours of each office: five mornings and two afternoons. */
const OFFICE_HOURS = sql`(values (1, '08:30', '13:30'), (2, '08:30', '13:30'), (3, '08:30', '13:30'),
  (4, '08:30', '13:30'), (5, '08:30', '13:30'), (2, '15:00', '17:00'), (4, '15:00', '17:00'))`;

/**
 * Offices, their bacino, operators in turn, openings and one service of half an hour: the comuni
 * with the most people are the seats, every comune belongs to the nearest seat. `hours` lists
 * weekday, start and end of each opening.
 */
export async function writeOffices(
  call: Call,
  { offices, operators, days, region }: NetworkSize,
  hours: Query = OFFICE_HOURS,
): Promise<void> {
  const run = (query: Query) => rows(call.database, query);
  const within = region === undefined ? sql`true` : sql`c.region = ${region}`;
  await run(sql`insert into staff_category (code, level, name, valid_from, source)
    values ('C', 1, 'Istruttori', '2000-01-01', 'bench')`);
  await run(sql`insert into office (id, code, name, seat, latitude, longitude, provenance)
    select ${uuid('o')}, 'cpi-' || n, 'Cpi di ' || name, istat_code, latitude, longitude,
      '{"seat":{"kind":"declared","source":"bench"},"bacino":{"kind":"declared","source":"bench"},"staff":{"kind":"declared","source":"bench"}}'
    from (
      select c.*, row_number() over (order by population desc, istat_code) as n
      from comune c where ${within} and latitude is not null
    ) seat where n <= ${offices}`);
  await run(sql`insert into bacino_comune (comune, office_id, provenance)
    select c.istat_code, nearest.id, '{"kind":"computed","source":"bench"}'
    from comune c cross join lateral (
      select id from office o
      order by (o.latitude - c.latitude) ^ 2 + ((o.longitude - c.longitude) * 0.79) ^ 2, o.id limit 1
    ) nearest
    where ${within} and c.latitude is not null`);
  await run(sql`insert into operator (id, staff_number, office_id, given_name, family_name, category, skills, bookable, provenance)
    select ${uuid('p')}, n, (select id from office where code = 'cpi-' || (n % ${offices} + 1)),
      'Operatore', 'Numero', 'C', '{accoglienza}', true, '{"kind":"declared","source":"bench"}'
    from generate_series(1, ${operators}) as n`);
  await run(sql`insert into opening (id, office_id, weekday, starts, ends, valid_from)
    select gen_random_uuid(), o.id, hours.weekday, hours.starts::time, hours.ends::time, '2020-01-01'
    from office o, ${hours} as hours (weekday, starts, ends)`);
  await run(sql`insert into service (id, code, name, description, what_to_bring, duration_minutes,
      grid_minutes, min_notice_minutes, horizon_days, skill, min_category)
    values (${SERVICE_ID}, 'colloquio', '{"it":"Colloquio","en":"Interview"}', '{"it":"","en":""}',
      '{"it":["Documento"],"en":["Identity document"]}', 30, 30, 0, ${days}, 'accoglienza', 'C')`);
}

/**
 * Free time as it would be with `taken` of it booked at random, without the bookings themselves:
 * what searches read. Days before `firstDay` are full.
 */
export async function writeFreeTime(
  call: Call,
  { days, taken, firstDay = 0 }: { days: number; taken: number; firstDay?: number },
): Promise<void> {
  const today = dayOf(call.clock.now());
  await rows(
    call.database,
    sql`insert into free_time (operator_id, office_id, day, free)
      select p.id, p.office_id, day::date, coalesce(
        range_agg(tstzrange(half at time zone 'Europe/Rome', (half + interval '30 minutes') at time zone 'Europe/Rome'))
          filter (where day::date - ${today}::date >= ${firstDay}::int
            and ${chance(sql`p.id::text || half::text`)} >= ${taken}::float8),
        '{}')
      from ${daysFrom(today, days)} as day
      join opening h on h.weekday = extract(isodow from day)
      join operator p on p.office_id = h.office_id
      cross join lateral generate_series(day + h.starts, day + h.ends - interval '30 minutes', interval '30 minutes') as half
      group by p.id, p.office_id, day`,
  );
  await rows(call.database, sql`vacuum analyze`);
}

/** The days from `today`, as timestamps without a zone. */
export function daysFrom(today: string, days: number): Query {
  return sql`generate_series(${today}::timestamp, ${today}::timestamp + make_interval(days => ${days}::int), interval '1 day')`;
}

/** A version 7 identifier out of a kind and the row's number `n`. */
export function uuid(kind: string): Query {
  return sql`(lpad(to_hex(ascii(${kind}::text)), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
}

/** Between 0 and 1, the same for the same text. */
export function chance(text: Query): Query {
  return sql`((hashtextextended(${text}, 7) & 4294967295)::float8 / 4294967296)`;
}
