import { and, eq, ne, or, sql } from 'drizzle-orm';
import type { Instant, Interval, IsoDate } from '../platform/clock.ts';
import { type Database, perDatabase, rows } from '../platform/database.ts';
import type { Point } from '../reference/distance.ts';
import type { YearlyDay } from '../reference/holidays.ts';
import { group, hoursOfOffice, hoursOfOperator, scheduledHours } from './hours-store.ts';
import type { Schedule } from './rules/openings.ts';
import type { Owner } from './series-store.ts';
import { bacinoComune, office, operator, operatorTransfer, patronFeast } from './table.ts';

/** An office as a search result shows it. */
export interface OfficeSummary {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly name: string;
  readonly seat: string;
  readonly address: string | undefined;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly point: Point;
  readonly demo: boolean;
}

export function toSummary(row: typeof office.$inferSelect): OfficeSummary {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    name: row.name,
    seat: row.seat,
    address: row.address ?? undefined,
    phone: row.phone ?? undefined,
    email: row.email ?? undefined,
    point: { latitude: row.latitude, longitude: row.longitude },
    demo: row.demo,
  };
}

const byName = perDatabase((database) =>
  database
    .select()
    .from(office)
    .where(eq(office.active, true))
    .orderBy(office.name)
    .prepare('offices_by_name'),
);

/** Active offices, by name. */
export async function listOffices(database: Database): Promise<OfficeSummary[]> {
  return (await byName(database).execute()).map(toSummary);
}

const byId = perDatabase((database) =>
  database
    .select()
    .from(office)
    .where(and(eq(office.id, sql.placeholder('id')), eq(office.active, true)))
    .prepare('office_by_id'),
);

export async function officeById(
  database: Database,
  id: string,
): Promise<OfficeSummary | undefined> {
  const [found] = await byId(database).execute({ id });
  return found && toSummary(found);
}

export async function officeByCode(
  database: Database,
  code: string,
): Promise<OfficeSummary | undefined> {
  const [found] = await database
    .select()
    .from(office)
    .where(and(eq(office.code, code), eq(office.active, true)));
  return found && toSummary(found);
}

const ofComune = perDatabase((database) =>
  database
    .select({ office })
    .from(bacinoComune)
    .innerJoin(office, eq(office.id, bacinoComune.officeId))
    .where(and(eq(bacinoComune.comune, sql.placeholder('comune')), eq(office.active, true)))
    .prepare('office_of_comune'),
);

/** The office whose bacino holds the comune. */
export async function competentOffice(
  database: Database,
  comune: string,
): Promise<OfficeSummary | undefined> {
  const [found] = await ofComune(database).execute({ comune });
  return found && toSummary(found.office);
}

/** An operator and what decides when they receive; see `rules/openings.ts`. */
export interface ReceivingOperator extends Schedule {
  readonly operatorId: string;
  readonly officeId: string;
}

/** Those who receive by appointment at an office, now or soon, or the one operator if they do. */
export async function receivingAt(
  database: Database,
  { officeId, operatorId }: Owner,
): Promise<string[]> {
  const comes = sql`exists (select from operator_transfer t where t.operator_id = ${operator.id}
    and t.to_office_id = ${officeId}::uuid and not t.settled)`;
  const one = operatorId === undefined ? undefined : eq(operator.id, operatorId);
  const found = await database
    .select({ id: operator.id })
    .from(operator)
    .where(and(or(eq(operator.officeId, officeId), comes), eq(operator.bookable, true), one))
    .orderBy(operator.id);
  return found.map(({ id }) => id);
}

/**
 * Operators who receive by appointment, with their hours and the closures that touch `window`. Who
 * moves to another office is there twice, at each for its days.
 */
export async function receivingOperators(
  database: Database,
  window: Interval,
  operatorIds?: readonly string[],
): Promise<ReceivingOperator[]> {
  const ids =
    operatorIds && sql`${operator.id} in (select unnest(${`{${operatorIds.join(',')}}`}::uuid[]))`;
  const stays = await database
    .select({
      id: operator.id,
      officeId: office.id,
      seat: office.seat,
      openOnHolidays: office.openOnHolidays,
      from: sql<IsoDate | null>`case when ${office.id} = ${operatorTransfer.toOfficeId}
        then ${operatorTransfer.fromDay}::text end`,
      until: sql<IsoDate | null>`case when ${office.id} <> ${operatorTransfer.toOfficeId}
        then (${operatorTransfer.fromDay} - 1)::text end`,
    })
    .from(operator)
    .leftJoin(
      operatorTransfer,
      and(
        eq(operatorTransfer.operatorId, operator.id),
        eq(operatorTransfer.settled, false),
        // An import may have moved them there already.
        ne(operatorTransfer.toOfficeId, operator.officeId),
      ),
    )
    .innerJoin(
      office,
      sql`${office.id} = ${operator.officeId} or ${office.id} = ${operatorTransfer.toOfficeId}`,
    )
    .where(
      and(eq(operator.active, true), eq(operator.bookable, true), eq(office.active, true), ids),
    )
    .orderBy(operator.id, office.id);
  const closures = await closuresIn(database, window);
  const patrons = new Map(
    (await database.select().from(patronFeast)).map((feast) => [feast.comune, toYearlyDay(feast)]),
  );
  const hours = await scheduledHours(database, operatorIds && { operatorIds });
  const closed = group(closures, (c) => c.operatorId ?? c.officeId);
  return stays.map(({ id, officeId, seat, openOnHolidays, from, until }) => ({
    operatorId: id,
    officeId,
    ...hoursOfOperator(hours, id, officeId),
    closures: [...(closed.get(id) ?? []), ...(closed.get(officeId) ?? [])].map((c) => c.during),
    patron: patrons.get(seat),
    openOnHolidays,
    ...(from && { from }),
    ...(until && { until }),
  }));
}

/** What decides when an office, or one of its operators, receives in a window. */
export async function scheduleOf(
  database: Database,
  { officeId, operatorId }: Owner,
  window: Interval,
): Promise<Schedule> {
  const [seat] = await database
    .select({ openOnHolidays: office.openOnHolidays, feast: patronFeast })
    .from(office)
    .leftJoin(patronFeast, eq(patronFeast.comune, office.seat))
    .where(eq(office.id, officeId));
  const hours = await scheduledHours(database, { officeId });
  const closures = await closuresIn(database, window);
  return {
    ...(operatorId === undefined
      ? hoursOfOffice(hours, officeId)
      : hoursOfOperator(hours, operatorId, officeId)),
    closures: closures
      .filter((one) =>
        one.operatorId === null ? one.officeId === officeId : one.operatorId === operatorId,
      )
      .map(({ during }) => during),
    patron: seat?.feast ? toYearlyDay(seat.feast) : undefined,
    openOnHolidays: seat?.openOnHolidays ?? false,
  };
}

function toYearlyDay(feast: typeof patronFeast.$inferSelect): YearlyDay | undefined {
  if (feast.easterOffset !== null) return { easterOffset: feast.easterOffset };
  return feast.month === null || feast.day === null
    ? undefined
    : { month: feast.month, day: feast.day };
}

async function closuresIn(database: Database, window: Interval) {
  const found = await rows<{
    office_id: string;
    operator_id: string | null;
    starts: Instant;
    ends: Instant;
  }>(
    database,
    sql`select office_id, operator_id,
        (extract(epoch from lower(during)) * 1000)::float8 as starts,
        (extract(epoch from upper(during)) * 1000)::float8 as ends
      from closure
      where during && tstzrange(to_timestamp(${window.start / 1000}::float8), to_timestamp(${window.end / 1000}::float8))`,
  );
  return found.map((row) => ({
    officeId: row.office_id,
    operatorId: row.operator_id,
    during: { start: row.starts, end: row.ends },
  }));
}
