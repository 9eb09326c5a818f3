import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { bookableWindow } from '../booking/rules/starts.ts';
import type { Service } from '../booking/service.ts';
import { freeFor, seenSeconds } from '../booking/store/limits.ts';
import { staffCategory } from '../network/table.ts';
import { type Instant, type Interval, type IsoDate, MINUTE, ZONE } from '../platform/clock.ts';
import { type Database, preparedRows, rows } from '../platform/database.ts';
import type { Figure, Sourced } from './rules/figures.ts';
import type { BacinoComune, PlannedOffice, Wait } from './rules/office-plan.ts';
import { daysUntil, startsInTurn, thirdNextAvailable } from './rules/waiting.ts';
import type { Agenda, CategoryCount } from './rules/what-if.ts';
import type { ActivityStandard, Allowance, Standards } from './rules/workload.ts';
import type { ScenarioLevers, ScenarioResults } from './scenario.ts';
import {
  activityStandard,
  allowanceStandard,
  placeFigure,
  scenario,
  workingTimeStandard,
} from './table.ts';

/** Standards with their names and where they come from. */
export interface NamedStandards extends Standards {
  readonly activities: readonly (ActivityStandard & Named & Sourced & { lep: string | null })[];
  readonly allowances: readonly (Allowance & Named & Sourced)[];
  readonly workingTime: Standards['workingTime'] & Sourced;
  /** Service by which each activity is booked, where it is. */
  readonly serviceCodes: ReadonlyMap<string, string>;
}
interface Named {
  readonly nameIt: string;
  readonly nameEn: string;
}

export interface Category {
  readonly code: string;
  readonly name: string;
  readonly level: number;
}

/** Staff categories, lowest level first. */
export async function listCategories(database: Database): Promise<Category[]> {
  return database
    .select({ code: staffCategory.code, name: staffCategory.name, level: staffCategory.level })
    .from(staffCategory)
    .orderBy(staffCategory.level);
}

/** What holds on a day; undefined when nobody has loaded any working time. */
export async function standardsOn(
  database: Database,
  day: IsoDate,
): Promise<NamedStandards | undefined> {
  const activities = await database
    .select()
    .from(activityStandard)
    .where(holds(activityStandard, day))
    .orderBy(activityStandard.minLevel, activityStandard.code);
  const allowances = await database
    .select()
    .from(allowanceStandard)
    .where(holds(allowanceStandard, day))
    .orderBy(allowanceStandard.code);
  const [workingTime] = await database
    .select()
    .from(workingTimeStandard)
    .where(holds(workingTimeStandard, day))
    .orderBy(desc(workingTimeStandard.validFrom))
    .limit(1);
  if (!workingTime) return undefined;
  return {
    activities,
    allowances,
    workingTime,
    serviceCodes: new Map(
      activities.flatMap(({ code, serviceCode }) => (serviceCode ? [[code, serviceCode]] : [])),
    ),
  };
}

type Dated = typeof activityStandard | typeof allowanceStandard | typeof workingTimeStandard;

function holds(table: Dated, day: IsoDate) {
  return and(lte(table.validFrom, day), or(isNull(table.validTo), gt(table.validTo, day)));
}

export async function listFigures(database: Database): Promise<Figure[]> {
  return database.select().from(placeFigure);
}

/**
 * Every active office with its bacino and its organico, by name. One statement, the lists as JSON: a
 * row for each comune would take the driver longer than the database.
 */
export async function listPlannedOffices(database: Database): Promise<PlannedOffice[]> {
  const found = await preparedRows<{
    id: string;
    code: string;
    name: string;
    seat: string;
    province: string;
    province_name: string;
    region: string;
    latitude: number;
    longitude: number;
    provenance: PlannedOffice['provenance'];
    comuni: [string, string, number, number | null, number | null, BacinoComune['kind']][] | null;
    organico: CategoryCount[] | null;
  }>(
    database,
    sql`with bacino as (
        select b.office_id, json_agg(json_build_array(c.name, c.province, c.population, c.latitude,
          c.longitude, b.provenance ->> 'kind') order by c.population desc, c.name) as comuni
        from bacino_comune b join comune c on c.istat_code = b.comune
        group by b.office_id
      ), headcount as (
        select p.office_id, p.category, s.level, count(*) as count
        from operator p join staff_category s on s.code = p.category
        where p.active
        group by 1, 2, 3
      ), organico as (
        select office_id, json_agg(json_build_object('category', category, 'level', level,
          'count', count) order by level) as organico
        from headcount group by office_id
      )
      select o.id, o.code, o.name, c.name as seat, c.province, c.province_name, c.region,
        o.latitude, o.longitude, o.provenance, bacino.comuni, organico.organico
      from office o
      join comune c on c.istat_code = o.seat
      left join bacino on bacino.office_id = o.id
      left join organico on organico.office_id = o.id
      where o.active
      order by o.name`,
  );
  return found.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    seat: row.seat,
    province: row.province,
    provinceName: row.province_name,
    region: row.region,
    point: { latitude: row.latitude, longitude: row.longitude },
    provenance: row.provenance,
    comuni: (row.comuni ?? []).map(([name, province, population, latitude, longitude, kind]) => ({
      name,
      province,
      population,
      kind,
      point: latitude === null || longitude === null ? null : { latitude, longitude },
    })),
    organico: row.organico ?? [],
  }));
}

function grouped<R extends { office_id: string }, T>(
  found: readonly R[],
  to: (row: R) => T,
): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const row of found) {
    const list = lists.get(row.office_id);
    if (list) list.push(to(row));
    else lists.set(row.office_id, [to(row)]);
  }
  return lists;
}

const at = (instant: Instant) => sql`to_timestamp(${instant / 1000}::float8)`;

/**
 * The wait of every office (or of one) for one service, on its real calendar: the stretches that could hold an
 * appointment are read in order of day, from the index that steps over full days, until there are
 * enough for three.
 */
export async function thirdNextByOffice(
  database: Database,
  service: Service,
  now: Instant,
  officeId?: string,
): Promise<Map<string, Wait>> {
  const window = bookableWindow(service, now);
  const minutes = service.durationMinutes + service.bufferMinutes;
  // Three stretches hold three appointments; one more for each that the grid makes useless.
  const found = await preparedRows<{ office_id: string; starts: number; ends: number }>(
    database,
    sql`select o.id as office_id, first.starts, first.ends
      from office o
      cross join lateral (
        select (extract(epoch from greatest(lower(stretch), ${at(window.start)})) * 1000)::float8 as starts,
          (extract(epoch from upper(stretch)) * 1000)::float8 as ends
        from free_time f
        join operator p on p.id = f.operator_id and p.active and p.skills @> array[${service.skill}::text]
        cross join lateral unnest(${freeFor(sql`${service.skill}::text`, sql`${window.start / 1000}::float8`)}) as stretch
        where f.office_id = o.id
          and f.longest_minutes > 0 and f.longest_minutes >= ${minutes}::int
          and f.day >= (${at(window.start)} at time zone ${ZONE})::date
          and f.day <= (${at(window.end)} at time zone ${ZONE})::date
          and upper(stretch) - greatest(lower(stretch), ${at(window.start)}) >= make_interval(mins => ${minutes}::int)
        order by f.day, lower(stretch)
        limit 6
      ) first
      where o.active ${officeId === undefined ? sql`` : sql`and o.id = ${officeId}::uuid`}`,
  );
  const stretches = grouped(found, ({ starts, ends }): Interval => ({ start: starts, end: ends }));
  return new Map(
    [...stretches].map(([officeId, list]) => {
      const start = thirdNextAvailable(startsInTurn(service, list, window.start));
      return [officeId, { at: start, days: start === null ? null : daysUntil(start, now) }];
    }),
  );
}

/** Weeks back over which a book's pace is measured. */
const PACE_WEEKS = 8;
const WEEK = 7 * 1440 * MINUTE;

/** The book of each office named, for the operators who may do a service. */
export async function agendas(
  database: Database,
  service: Service,
  officeIds: readonly string[],
  now: Instant,
): Promise<Map<string, Agenda>> {
  const hours = (range: ReturnType<typeof sql>) =>
    sql`coalesce(sum(extract(epoch from upper(${range}) - lower(${range})) / 3600), 0)::float8`;
  const able = sql`p.active and p.skills @> array[${service.skill}::text]
    and p.office_id = any(${sql.param(`{${officeIds.join(',')}}`)}::uuid[])`;
  // Kept for the staff or not, it is time for the service.
  const mine = freeFor(sql`${service.skill}::text`, sql`${seenSeconds(undefined)}::float8`);
  const ahead = now + PACE_WEEKS * WEEK;
  const back = now - PACE_WEEKS * WEEK;
  const found = await rows<{
    office_id: string;
    operators: number;
    free: number;
    ahead: number;
    back: number;
  }>(
    database,
    sql`with able as (select p.id, p.office_id from operator p where ${able})
      select a.office_id, count(*)::int as operators,
        sum(coalesce(free.hours, 0))::float8 as free,
        sum(coalesce(taken.ahead, 0))::float8 as ahead,
        sum(coalesce(past.hours, 0))::float8 as back
      from able a
      left join lateral (
        select ${hours(sql`stretch`)} as hours
        from free_time f cross join lateral unnest(${mine}) as stretch
        where f.operator_id = a.id
          and f.day >= (${at(now)} at time zone ${ZONE})::date
          and f.day < (${at(ahead)} at time zone ${ZONE})::date
      ) free on true
      left join lateral (
        select ${hours(sql`o.during`)} as ahead
        from occupied o
        where o.resource_id = a.id and o.active
          and o.during && tstzrange(${at(now)}, ${at(ahead)})
      ) taken on true
      left join lateral (
        select coalesce(sum(extract(epoch from v.ends_at - v.starts_at) / 3600), 0)::float8 as hours
        from appointment v
        where v.operator_id = a.id
          and v.starts_at >= ${at(back)} and v.starts_at < ${at(now)}
          and v.state in ('confirmed', 'seen', 'late', 'absent', 'excused')
      ) past on true
      group by a.office_id`,
  );
  return new Map(
    found.map((row) => [
      row.office_id,
      {
        operators: row.operators,
        slots: (row.free + row.ahead) / PACE_WEEKS,
        taken: row.back / PACE_WEEKS,
      },
    ]),
  );
}

export interface BookedMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly serviceCode: string;
  readonly count: number;
  /** Of those, whom nobody came to. */
  readonly absent: number;
}

/** Appointments of one office by month and service, those cancelled or expired left out. */
export async function bookedByMonth(
  database: Database,
  officeId: string,
  window: Interval,
): Promise<BookedMonth[]> {
  const found = await rows<{ month: string; code: string; count: number; absent: number }>(
    database,
    sql`select to_char(a.starts_at at time zone ${ZONE}, 'YYYY-MM') as month, s.code,
        count(*)::int as count,
        (count(*) filter (where a.state = 'absent'))::int as absent
      from appointment a join service s on s.id = a.service_id
      where a.office_id = ${officeId}::uuid
        and a.starts_at >= ${at(window.start)} and a.starts_at < ${at(window.end)}
        and a.state not in ('cancelled', 'revoked', 'expired')
      group by 1, 2
      order by 1, 2`,
  );
  return found.map(({ code, ...row }) => ({ ...row, serviceCode: code }));
}

export interface SavedScenario {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly levers: ScenarioLevers;
  readonly results: ScenarioResults;
  readonly createdAt: Instant;
}

/** One person's scenarios, newest first. */
export async function listScenarios(
  database: Database,
  options: {
    readonly ownerId: string;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<SavedScenario[]> {
  return (
    database
      .select()
      .from(scenario)
      .where(
        and(
          eq(scenario.ownerId, options.ownerId),
          options.before === undefined ? undefined : sql`${scenario.id} < ${options.before}::uuid`,
        ),
      )
      // Identifiers grow with time.
      .orderBy(desc(scenario.id))
      .limit(options.limit)
  );
}

export async function scenarioById(
  database: Database,
  ownerId: string,
  id: string,
): Promise<SavedScenario | undefined> {
  const [found] = await database
    .select()
    .from(scenario)
    .where(and(eq(scenario.ownerId, ownerId), eq(scenario.id, id)));
  return found;
}

export async function insertScenario(transaction: Database, saved: SavedScenario): Promise<void> {
  await transaction.insert(scenario).values(saved);
}
