import { eq, sql } from 'drizzle-orm';
import { type Database, rows } from '../platform/database.ts';
import type { YearlyDay } from '../reference/holidays.ts';
import { hoursOfOffice, scheduledHours } from './hours-store.ts';
import type { WeeklyOpening } from './rules/openings.ts';
import type { OfficeProvenance, Provenance } from './rules/provenance.ts';
import { type OfficeSummary, officeByCode, officeById } from './store.ts';
import { office } from './table.ts';

interface ServedComune {
  readonly istatCode: string;
  readonly name: string;
  readonly province: string;
  /** Inhabitants at the 2011 census. */
  readonly population: number;
  readonly provenance: Provenance;
}

interface StaffCount {
  readonly category: string;
  readonly level: number;
  readonly staff: number;
  /** How many of them receive by appointment. */
  readonly bookable: number;
}

/** An office with all that the public may know of it, and where each fact comes from. */
export interface OfficeDetail extends OfficeSummary {
  readonly seatName: string;
  readonly province: string;
  readonly provenance: OfficeProvenance;
  readonly bacino: readonly ServedComune[];
  /** By category, the lowest first; nobody is named. */
  readonly staff: readonly StaffCount[];
  /** Languages that somebody who receives speaks, ISO 639-1. */
  readonly languages: readonly string[];
  /** The office's own ordinary week, in its order. */
  readonly openings: readonly WeeklyOpening[];
  readonly openOnHolidays: boolean;
  readonly patron: { readonly saint: string; readonly on: YearlyDay } | undefined;
}

export async function officeDetail(
  database: Database,
  key: { readonly id: string } | { readonly code: string },
): Promise<OfficeDetail | undefined> {
  const summary =
    'id' in key ? await officeById(database, key.id) : await officeByCode(database, key.code);
  if (!summary) return undefined;
  const { id } = summary;
  const [kept] = await database
    .select({ provenance: office.provenance, openOnHolidays: office.openOnHolidays })
    .from(office)
    .where(eq(office.id, id));
  const [seat] = await rows<{ name: string; province: string }>(
    database,
    sql`select name, province from comune where istat_code = ${summary.seat}`,
  );
  return {
    ...summary,
    seatName: seat!.name,
    province: seat!.province,
    provenance: kept!.provenance,
    bacino: await servedComuni(database, id),
    staff: await staffCounts(database, id),
    languages: await spokenLanguages(database, id),
    openings: hoursOfOffice(await scheduledHours(database, { officeId: id }), id).openings,
    openOnHolidays: kept!.openOnHolidays,
    patron: await patronOf(database, summary.seat),
  };
}

async function servedComuni(database: Database, officeId: string): Promise<ServedComune[]> {
  return rows(
    database,
    sql`select istat_code as "istatCode", name, province, population, provenance
      from bacino_comune join comune on istat_code = comune where office_id = ${officeId}
      order by population desc, name`,
  );
}

async function staffCounts(database: Database, officeId: string): Promise<StaffCount[]> {
  return rows(
    database,
    sql`select category, level, count(*)::int as staff, (count(*) filter (where bookable))::int as bookable
      from operator join staff_category on code = category
      where office_id = ${officeId} and active group by category, level order by level`,
  );
}

async function spokenLanguages(database: Database, officeId: string): Promise<string[]> {
  const found = await rows<{ language: string }>(
    database,
    sql`select distinct unnest(languages) as language from operator
      where office_id = ${officeId} and active and bookable order by 1`,
  );
  return found.map(({ language }) => language);
}

async function patronOf(database: Database, seat: string): Promise<OfficeDetail['patron']> {
  const [found] = await rows<{
    saint: string;
    month: number | null;
    day: number | null;
    easter_offset: number | null;
  }>(
    database,
    sql`select saint, month, day, easter_offset from patron_feast where comune = ${seat}`,
  );
  if (!found) return undefined;
  const { saint, month, day, easter_offset } = found;
  return {
    saint,
    on: easter_offset === null ? { month: month!, day: day! } : { easterOffset: easter_offset },
  };
}

/** An office as a list shows it. */
export interface ListedOffice extends OfficeSummary {
  readonly seatName: string;
  readonly province: string;
  readonly comuni: number;
  readonly population: number;
  readonly seatKind: Provenance['kind'];
}

/** Active offices with the size of their bacino, by name. */
export async function listedOffices(database: Database): Promise<ListedOffice[]> {
  const found = await rows<Omit<ListedOffice, 'point'> & { latitude: number; longitude: number }>(
    database,
    sql`select office.id, code, kind, office.name, seat, address, phone, email,
        office.latitude, office.longitude, demo,
        seat_comune.name as "seatName", seat_comune.province,
        office.provenance -> 'seat' ->> 'kind' as "seatKind",
        count(served.istat_code)::int as comuni,
        coalesce(sum(served.population), 0)::int as population
      from office
      join comune seat_comune on seat_comune.istat_code = seat
      left join bacino_comune on office_id = office.id
      left join comune served on served.istat_code = bacino_comune.comune
      where active
      group by office.id, seat_comune.istat_code order by office.name, code`,
  );
  return found.map(({ latitude, longitude, address, phone, email, ...row }) => ({
    ...row,
    address: address ?? undefined,
    phone: phone ?? undefined,
    email: email ?? undefined,
    point: { latitude, longitude },
  }));
}

/** The office that serves each comune, by ISTAT code; comuni that none serves are left out. */
export async function competentOffices(
  database: Database,
  comuni: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows<{ comune: string; office_id: string }>(
    database,
    sql`select comune, office_id from bacino_comune join office on office.id = office_id
      where active and comune in (select unnest(${`{${comuni.join(',')}}`}::text[]))`,
  );
  return new Map(found.map(({ comune, office_id }) => [comune, office_id]));
}
