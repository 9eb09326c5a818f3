import { type SQL, sql } from 'drizzle-orm';
import type { IsoDate } from '../platform/clock.ts';
import { type Database, rows } from '../platform/database.ts';
import type {
  OpeningKind,
  OpeningLimits,
  Schedule,
  WallHours,
  WeeklyOpening,
} from './rules/openings.ts';
import type { Recurrence } from './rules/recurrence.ts';

/** An opening as it is kept: a series with a name of its own, of an office or of one operator. */
export interface Series extends WeeklyOpening {
  readonly id: string;
  readonly officeId: string;
  readonly operatorId: string | undefined;
  readonly kind: OpeningKind;
  /** The period whose hours these are; undefined for the ordinary week. */
  readonly periodId: string | undefined;
}

/** Days whose hours stand in place of the ordinary week, both ends included. */
export interface NamedPeriod {
  readonly id: string;
  readonly officeId: string;
  readonly operatorId: string | undefined;
  readonly name: string;
  readonly validFrom: IsoDate;
  readonly validTo: IsoDate;
}

/** The hours of one owner, an office or an operator, closures and holidays aside. */
type OwnHours = Required<Pick<Schedule, 'openings' | 'periods' | 'extras' | 'pauses'>>;

const NONE: OwnHours = { openings: [], periods: [], extras: [], pauses: [] };

/** Hours by owner: the id of an operator, or of an office for those that are its own. */
export type HoursByOwner = ReadonlyMap<string, OwnHours>;

/** Whose hours are read: an office's with all its operators', or some operators' with their offices'. */
type Scope = { readonly officeId: string } | { readonly operatorIds: readonly string[] };

/** Hours as the rules take them; equal hours of different owners are equal values. */
export async function scheduledHours(database: Database, scope?: Scope): Promise<HoursByOwner> {
  const series = await seriesIn(database, scope);
  const periods = await periodsIn(database, scope);
  const weeks = group(
    series.filter(({ periodId }) => periodId !== undefined),
    ({ periodId }) => periodId as string,
  );
  const ordinary = group(
    series.filter(({ periodId }) => periodId === undefined),
    ownerOf,
  );
  const special = group(periods, ownerOf);
  const hours = new Map<string, OwnHours>();
  for (const owner of new Set([...ordinary.keys(), ...special.keys()])) {
    const own = ordinary.get(owner) ?? [];
    const ofKind = (kind: OpeningKind) => own.filter((one) => one.kind === kind).map(toOpening);
    hours.set(owner, {
      openings: ofKind('ordinary'),
      extras: ofKind('extra'),
      pauses: ofKind('pause'),
      periods: (special.get(owner) ?? []).map(({ id, validFrom, validTo }) => ({
        validFrom,
        validTo,
        openings: (weeks.get(id) ?? []).map(toOpening),
      })),
    });
  }
  return hours;
}

/**
 * The hours an operator keeps: the ordinary week of their own, or the office's where they have
 * none; what the office does besides holds for everybody, but for periods of the operator's own.
 */
export function hoursOfOperator(hours: HoursByOwner, operatorId: string, officeId: string) {
  const own = hours.get(ownerOf({ operatorId, officeId })) ?? NONE;
  const office = hours.get(officeId) ?? NONE;
  return {
    openings: own.openings.length > 0 ? own.openings : office.openings,
    periods: [...own.periods, ...office.periods],
    extras: [...own.extras, ...office.extras],
    pauses: [...own.pauses, ...office.pauses],
  };
}

/** The hours of the office itself. */
export const hoursOfOffice = (hours: HoursByOwner, officeId: string): OwnHours =>
  hours.get(officeId) ?? NONE;

/** Hours are kept at an office: those of an operator who left it are nobody's any more. */
const ownerOf = (one: { readonly operatorId: string | undefined; readonly officeId: string }) =>
  one.operatorId === undefined ? one.officeId : `${one.operatorId} at ${one.officeId}`;

function toOpening({ weekday, starts, ends, validFrom, validTo, ...rest }: Series): WeeklyOpening {
  const { recurrence, exceptions, limits } = rest;
  return {
    weekday,
    starts,
    ends,
    validFrom,
    validTo,
    ...(recurrence && { recurrence }),
    ...(exceptions && { exceptions }),
    ...(limits && { limits }),
  };
}

function among(scope: Scope | undefined): SQL {
  if (scope === undefined) return sql`true`;
  if ('officeId' in scope) return sql`office_id = ${scope.officeId}::uuid`;
  const ids = sql`(select unnest(${`{${scope.operatorIds.join(',')}}`}::uuid[]))`;
  return sql`(operator_id in ${ids} or (operator_id is null
    and office_id in (select office_id from operator where id in ${ids}
      union all select to_office_id from operator_transfer where operator_id in ${ids})))`;
}

/** Series, in the order of the week. */
export async function seriesIn(
  database: Database,
  scope?: Scope | { readonly seriesId: string },
): Promise<Series[]> {
  const found = await rows<{
    id: string;
    office_id: string;
    operator_id: string | null;
    kind: OpeningKind;
    period_id: string | null;
    weekday: number;
    starts: string;
    ends: string;
    valid_from: IsoDate;
    valid_to: IsoDate | null;
    recurrence: Recurrence['rule'];
    nth: number;
    exceptions: { day: IsoDate; hours: WallHours | null }[] | null;
    skills: string[] | null;
    staff_only: boolean;
    public_hours_before: number | null;
  }>(
    database,
    sql`select id, office_id, operator_id, kind, period_id, weekday,
        to_char(starts, 'HH24:MI') as starts, to_char(ends, 'HH24:MI') as ends,
        valid_from::text, valid_to::text, recurrence, nth, exceptions,
        to_jsonb(skills) as skills, staff_only, public_hours_before
      from opening
      left join (
        select opening_id, json_agg(json_build_object('day', day, 'hours', case when starts is not null
          then json_build_object('starts', to_char(starts, 'HH24:MI'), 'ends', to_char(ends, 'HH24:MI')) end)
          order by day) as exceptions
        from opening_exception group by opening_id
      ) differing on opening_id = id
      where ${scope && 'seriesId' in scope ? sql`id = ${scope.seriesId}::uuid` : among(scope)}
      order by weekday, starts, valid_from, id`,
  );
  return found.map((row) => ({
    id: row.id,
    officeId: row.office_id,
    operatorId: row.operator_id ?? undefined,
    kind: row.kind,
    periodId: row.period_id ?? undefined,
    weekday: row.weekday,
    starts: row.starts,
    ends: row.ends,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    ...(row.recurrence === 'weeks' && row.nth === 1
      ? {}
      : { recurrence: { rule: row.recurrence, nth: row.nth } }),
    ...(row.exceptions && { exceptions: row.exceptions }),
    ...limitsOf(row),
  }));
}

function limitsOf(row: {
  readonly skills: string[] | null;
  readonly staff_only: boolean;
  readonly public_hours_before: number | null;
}): { readonly limits?: OpeningLimits } {
  if (!row.skills && !row.staff_only) return {};
  return {
    limits: {
      ...(row.skills && { skills: row.skills }),
      ...(row.staff_only && { staffOnly: true }),
      ...(row.public_hours_before !== null && { publicHoursBefore: row.public_hours_before }),
    },
  };
}

/** Periods, the shortest first: where two of one owner meet, the more particular one decides. */
export async function periodsIn(database: Database, scope?: Scope): Promise<NamedPeriod[]> {
  const found = await rows<Omit<NamedPeriod, 'operatorId'> & { operatorId: string | null }>(
    database,
    sql`select id, office_id as "officeId", operator_id as "operatorId", name,
        valid_from::text as "validFrom", valid_to::text as "validTo"
      from hours_period where ${among(scope)}
      order by valid_to - valid_from, valid_from, id`,
  );
  return found.map((row) => ({ ...row, operatorId: row.operatorId ?? undefined }));
}

/** Lists by key, each in the order it came in. */
export function group<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const members = groups.get(keyOf(item));
    if (members) members.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
