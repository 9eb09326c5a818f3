import { sql } from 'drizzle-orm';
import type { Call } from '../platform/call.ts';
import type { Instant } from '../platform/clock.ts';
import { type Database, rows } from '../platform/database.ts';
import { type FileName, provenanceOf, type RowOf } from './rules/import-files.ts';
import {
  type KnownNetwork,
  type NetworkRows,
  recurrenceOf,
  stretchOf,
} from './rules/parse-network.ts';
import { combineProvenance, type OfficeProvenance } from './rules/provenance.ts';
import { plainStreet } from './rules/street.ts';

/** What an import is checked against: all comuni, and the codes that are there already. */
export async function knownNetwork(database: Database): Promise<KnownNetwork> {
  const comuni = await rows<{
    istat_code: string;
    name: string;
    latitude: number | null;
    longitude: number | null;
  }>(database, sql`select istat_code, name, latitude, longitude from comune`);
  const offices = await rows<{ code: string }>(database, sql`select code from office`);
  const categories = await rows<{ code: string; level: number }>(
    database,
    sql`select code, level from staff_category`,
  );
  const operators = await rows<{ staff_number: string; code: string }>(
    database,
    sql`select staff_number, code from operator join office on office.id = operator.office_id`,
  );
  return {
    comuni: new Map(
      comuni.map(({ istat_code, name, latitude, longitude }) => [
        istat_code,
        latitude === null || longitude === null
          ? { name }
          : { name, point: { latitude, longitude } },
      ]),
    ),
    offices: new Set(offices.map(({ code }) => code)),
    categories: new Map(categories.map(({ code, level }) => [code, level])),
    operators: new Map(operators.map(({ staff_number, code }) => [staff_number, code])),
  };
}

/** Rows as one parameter: whatever their number, the statement stays the same. */
const recordset = (list: readonly object[]) => sql`${JSON.stringify(list)}::jsonb`;

/**
 * Writes checked rows: offices and categories by code, operators by staff number, comuni by ISTAT
 * code. Hours replace the ordinary week of every office and operator they name, streets those of
 * every comune. Call inside a transaction.
 */
export async function writeNetwork(
  transaction: Database,
  call: Call,
  network: NetworkRows,
  demo: boolean,
): Promise<void> {
  const { categories, offices, comuni, operators } = network;
  const { 'opening-hours': openings, 'street-zones': zones } = network;
  if (categories.length > 0) await writeCategories(transaction, categories);
  if (offices.length > 0) await writeOffices(transaction, call, offices, demo);
  if (comuni.length > 0) await writeBacini(transaction, comuni);
  if (operators.length > 0) await writeOperators(transaction, call, operators, demo);
  if (openings.length > 0) await writeOpenings(transaction, call, openings);
  if (zones.length > 0) await writeZones(transaction, call, zones);
  await writeOfficeProvenance(transaction, offices, comuni, openings);
}

async function writeCategories(
  transaction: Database,
  categories: readonly RowOf<'categories'>[],
): Promise<void> {
  await rows(
    transaction,
    sql`insert into staff_category (code, level, name, valid_from, source)
      select code, level, name, valid_from, source
      from jsonb_to_recordset(${recordset(categories)})
        as given(code text, level integer, name text, valid_from date, source text)
      on conflict (code) do update set level = excluded.level, name = excluded.name,
        valid_from = excluded.valid_from, source = excluded.source`,
  );
}

const UNSTATED = provenanceOf(undefined, undefined, undefined);
const NOTHING_STATED: OfficeProvenance = {
  seat: UNSTATED,
  bacino: UNSTATED,
  staff: UNSTATED,
  hours: UNSTATED,
};

async function writeOffices(
  transaction: Database,
  call: Call,
  offices: readonly RowOf<'offices'>[],
  demo: boolean,
): Promise<void> {
  const given = offices.map((row) => ({ ...row, id: call.ids(), active: row.active ?? true }));
  await rows(
    transaction,
    sql`insert into office (id, code, name, seat, address, phone, email, latitude, longitude,
                            active, demo, provenance)
      select id, code, given.name, seat_istat, address, phone, email,
        coalesce(given.latitude, comune.latitude), coalesce(given.longitude, comune.longitude),
        active, ${demo}, ${JSON.stringify(NOTHING_STATED)}::jsonb
      from jsonb_to_recordset(${recordset(given)}) as given(id uuid, code text, name text,
        seat_istat text, address text, phone text, email text, latitude float8, longitude float8,
        active boolean)
      join comune on comune.istat_code = given.seat_istat
      on conflict (code) do update set name = excluded.name, seat = excluded.seat,
        address = excluded.address, phone = excluded.phone, email = excluded.email,
        latitude = excluded.latitude, longitude = excluded.longitude, active = excluded.active,
        demo = excluded.demo`,
  );
}

async function writeBacini(
  transaction: Database,
  comuni: readonly RowOf<'comuni'>[],
): Promise<void> {
  const given = comuni.map(({ comune_istat, office_code, kind, source, date }) => ({
    comune_istat,
    office_code,
    provenance: provenanceOf(kind, source, date),
  }));
  await rows(
    transaction,
    sql`insert into bacino_comune (comune, office_id, provenance)
      select comune_istat, office.id, given.provenance
      from jsonb_to_recordset(${recordset(given)})
        as given(comune_istat text, office_code text, provenance jsonb)
      join office on office.code = given.office_code
      on conflict (comune) do update set office_id = excluded.office_id,
        provenance = excluded.provenance`,
  );
}

async function writeOperators(
  transaction: Database,
  call: Call,
  operators: readonly RowOf<'operators'>[],
  demo: boolean,
): Promise<void> {
  const given = operators.map(({ kind, source, date, ...row }) => ({
    ...row,
    id: call.ids(),
    skills: row.skills ?? [],
    languages: row.languages ?? ['it'],
    active: row.active ?? true,
    provenance: provenanceOf(kind, source, date),
  }));
  await rows(
    transaction,
    sql`insert into operator (id, staff_number, office_id, given_name, family_name, category,
                              skills, languages, bookable, active, demo, provenance)
      select given.id, staff_number, office.id, given_name, family_name, category,
        array(select jsonb_array_elements_text(skills)),
        array(select jsonb_array_elements_text(languages)),
        bookable, given.active, ${demo}, given.provenance
      from jsonb_to_recordset(${recordset(given)}) as given(id uuid, staff_number text,
        office_code text, given_name text, family_name text, category text, skills jsonb,
        languages jsonb, bookable boolean, active boolean, provenance jsonb)
      join office on office.code = given.office_code
      on conflict (staff_number) do update set office_id = excluded.office_id,
        given_name = excluded.given_name, family_name = excluded.family_name,
        category = excluded.category, skills = excluded.skills, languages = excluded.languages,
        bookable = excluded.bookable, active = excluded.active, demo = excluded.demo,
        provenance = excluded.provenance`,
  );
}

async function writeOpenings(
  transaction: Database,
  call: Call,
  openings: readonly RowOf<'opening-hours'>[],
): Promise<void> {
  const given = recordset(
    openings.map(({ kind, source, date, line, ...row }) => {
      const { rule, nth } = recurrenceOf(row);
      const skills = row.skills?.length ? row.skills : undefined;
      return { ...row, skills, recurrence: rule, nth, id: call.ids() };
    }),
  );
  const resolved = sql`
    select given.id, office.id as office_id, operator.id as operator_id, weekday, starts, ends,
      valid_from, valid_to, recurrence, nth,
      case when given.skills is not null
        then array(select jsonb_array_elements_text(given.skills)) end as skills,
      coalesce(staff_only, false) as staff_only, public_hours_before
    from jsonb_to_recordset(${given}) as given(id uuid, office_code text, staff_number text,
      weekday smallint, starts time, ends time, valid_from date, valid_to date, recurrence text,
      nth smallint, skills jsonb, staff_only boolean, public_hours_before smallint)
    join office on office.code = given.office_code
    left join operator on operator.staff_number = given.staff_number`;
  await rows(
    transaction,
    sql`delete from opening using (${resolved}) as named
      where opening.office_id = named.office_id
        and opening.kind = 'ordinary' and opening.period_id is null
        and opening.operator_id is not distinct from named.operator_id`,
  );
  await rows(
    transaction,
    sql`insert into opening (id, office_id, operator_id, weekday, starts, ends, valid_from, valid_to,
                             recurrence, nth, skills, staff_only, public_hours_before)
      ${resolved}`,
  );
}

async function writeZones(
  transaction: Database,
  call: Call,
  zones: readonly RowOf<'street-zones'>[],
): Promise<void> {
  const given = recordset(
    zones.map((row) => {
      const { numberFrom, numberTo, side } = stretchOf(row);
      const { comune_istat, office_code, street } = row;
      return {
        id: call.ids(),
        comune: comune_istat,
        office_code,
        name: street,
        street: plainStreet(street),
        number_from: numberFrom,
        number_to: numberTo,
        side,
      };
    }),
  );
  await rows(
    transaction,
    sql`delete from street_zone where comune in (
      select comune from jsonb_to_recordset(${given}) as given(comune text))`,
  );
  await rows(
    transaction,
    sql`insert into street_zone (id, comune, name, street, number_from, number_to, side, office_id)
      select given.id, comune, given.name, street, number_from, number_to, side, office.id
      from jsonb_to_recordset(${given}) as given(id uuid, comune text, office_code text, name text,
        street text, number_from integer, number_to integer, side text)
      join office on office.code = given.office_code`,
  );
}

/** Only what this import says of an office is replaced. */
async function writeOfficeProvenance(
  transaction: Database,
  offices: readonly RowOf<'offices'>[],
  comuni: readonly RowOf<'comuni'>[],
  openings: readonly RowOf<'opening-hours'>[],
): Promise<void> {
  const said = new Map<string, Partial<OfficeProvenance>>();
  const say = (code: string, fact: Partial<OfficeProvenance>) =>
    said.set(code, { ...said.get(code), ...fact });
  for (const row of offices) {
    say(row.code, {
      seat: provenanceOf(row.seat_kind, row.seat_source, row.seat_date),
      staff: provenanceOf(row.staff_kind, row.staff_source, row.staff_date),
    });
  }
  for (const [code, list] of byOffice(comuni)) say(code, { bacino: summary(list) });
  const ofOffices = openings.filter(({ staff_number }) => staff_number === undefined);
  for (const [code, list] of byOffice(ofOffices)) say(code, { hours: summary(list) });

  const given = [...said].map(([code, provenance]) => ({ code, provenance }));
  await rows(
    transaction,
    sql`update office set provenance = office.provenance || given.provenance
      from jsonb_to_recordset(${recordset(given)}) as given(code text, provenance jsonb)
      where office.code = given.code`,
  );
}

type Grounded = Pick<RowOf<'comuni'>, 'kind' | 'source' | 'date'>;

const summary = (list: readonly Grounded[]) =>
  combineProvenance(list.map(({ kind, source, date }) => provenanceOf(kind, source, date)));

function byOffice<T extends { readonly office_code: string }>(list: readonly T[]) {
  const groups = new Map<string, T[]>();
  for (const row of list)
    groups.set(row.office_code, [...(groups.get(row.office_code) ?? []), row]);
  return groups;
}

/** Rows written, by file. */
export type ImportCounts = Readonly<Record<FileName, number>>;

export interface PastImport {
  readonly id: string;
  readonly importedAt: Instant;
  readonly counts: ImportCounts;
}

/** What the audit trail tells of an import. */
export async function pastImport(database: Database, id: string): Promise<PastImport | undefined> {
  const [found] = await rows<{ at: Instant; detail: ImportCounts }>(
    database,
    sql`select (extract(epoch from at) * 1000)::float8 as at, detail from audit_event
      where subject_kind = 'network-import' and subject_id = ${id}`,
  );
  return found && { id, importedAt: found.at, counts: found.detail };
}
