import { sql } from 'drizzle-orm';
import { type Database, rows } from '../platform/database.ts';
import type { DemoPerson } from './people.ts';

/** Rows a statement: enough to be quick, few enough that progress shows and memory stays small. */
const BATCH = 5000;

export interface AppointmentRow {
  readonly id: string;
  readonly code: string;
  readonly service_id: string;
  readonly office_id: string;
  readonly operator_id: string;
  readonly person_id: string;
  /** RFC 3339. */
  readonly starts_at: string;
  readonly ends_at: string;
  readonly state: string;
  readonly created_at: string;
  readonly updated_at: string;
}

type OnBatch = (written: number) => void;

async function inBatches<T>(
  list: readonly T[],
  write: (batch: string) => Promise<unknown>,
  onBatch: OnBatch,
): Promise<void> {
  for (let from = 0; from < list.length; from += BATCH) {
    const batch = list.slice(from, from + BATCH);
    await write(JSON.stringify(batch));
    onBatch(from + batch.length);
  }
}

export async function writePeople(
  transaction: Database,
  people: readonly (DemoPerson & { readonly identity_key: string })[],
  createdAt: string,
  onBatch: OnBatch,
): Promise<void> {
  await inBatches(
    people,
    (batch) =>
      rows(
        transaction,
        sql`insert into person (id, given_name, family_name, email, identity_key, domicile, locale,
                                demo, created_at)
          select id, given_name, family_name, email, identity_key, domicile, locale,
            true, ${createdAt}::timestamptz
          from json_to_recordset(${batch}::json) as given(id uuid, given_name text,
            family_name text, email text, identity_key text, domicile text, locale text)`,
      ),
    onBatch,
  );
}

export async function writeAppointments(
  transaction: Database,
  appointments: readonly AppointmentRow[],
  onBatch: OnBatch,
): Promise<void> {
  await inBatches(
    appointments,
    (batch) =>
      rows(
        transaction,
        sql`insert into appointment (id, code, service_id, office_id, operator_id, person_id,
                                     starts_at, ends_at, state, origin, created_at, updated_at)
          select id, code, service_id, office_id, operator_id, person_id, starts_at, ends_at, state,
            'demo', created_at, updated_at
          from json_to_recordset(${batch}::json) as given(id uuid, code text, service_id uuid,
            office_id uuid, operator_id uuid, person_id uuid, starts_at timestamptz,
            ends_at timestamptz, state text, created_at timestamptz, updated_at timestamptz)`,
      ),
    onBatch,
  );
}

/** The time the given appointments take from their operators; without buffer, like the demo’s services. */
export async function writeOccupied(
  transaction: Database,
  appointments: readonly AppointmentRow[],
  onBatch: OnBatch,
): Promise<void> {
  const taken = appointments.map(({ id, operator_id, starts_at, ends_at }) => ({
    id,
    operator_id,
    starts_at,
    ends_at,
  }));
  await inBatches(
    taken,
    (batch) =>
      rows(
        transaction,
        sql`insert into occupied (appointment_id, resource_id, during)
          select id, operator_id, tstzrange(starts_at, ends_at)
          from json_to_recordset(${batch}::json)
            as given(id uuid, operator_id uuid, starts_at timestamptz, ends_at timestamptz)`,
      ),
    onBatch,
  );
}

/**
 * Runs `write` with foreign keys looked at once for all rows instead of row by row, which takes more
 * than half of the time of writing them. Only where the database lets us (the embedded one does);
 * elsewhere each row is looked at as ever. Call inside a transaction.
 * @throws when a row points at nothing
 */
export async function checkingKeysOnce(
  transaction: Database,
  write: () => Promise<void>,
): Promise<void> {
  const [role] = await rows<{ superuser: boolean }>(
    transaction,
    sql`select rolsuper as superuser from pg_roles where rolname = current_user`,
  );
  if (!role?.superuser) return write();
  await rows(transaction, sql`set local session_replication_role = replica`);
  await write();
  await rows(transaction, sql`set local session_replication_role = origin`);
  const [found] = await rows<{ orphans: number }>(
    transaction,
    sql`select (
        (select count(*) from person p
          where not exists (select from comune where istat_code = p.domicile) and domicile is not null) +
        (select count(*) from appointment a
          where not exists (select from person where id = a.person_id)
            or not exists (select from operator where id = a.operator_id)
            or not exists (select from office where id = a.office_id)
            or not exists (select from service where id = a.service_id)) +
        (select count(*) from occupied o
          where not exists (select from appointment where id = o.appointment_id))
      )::int as orphans`,
  );
  if (found?.orphans !== 0) throw new Error(`${found?.orphans} rows point at nothing`);
}
