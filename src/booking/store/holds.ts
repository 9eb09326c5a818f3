import { and, eq, sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import { type Database, preparedRows, rows } from '../../platform/database.ts';
import { appointment, occupied } from '../table.ts';
import { letPastGo } from './appointments.ts';
import type { PersonToWrite } from './claims.ts';
import { at } from './instants.ts';

/** A start that is, or was, kept for somebody. */
export type Hold = Pick<
  typeof appointment.$inferSelect,
  | 'id'
  | 'code'
  | 'state'
  | 'serviceId'
  | 'officeId'
  | 'operatorId'
  | 'language'
  | 'startsAt'
  | 'endsAt'
  | 'expiresAt'
  | 'holder'
>;

/** What a holder keeps of a service at the moment, lapsed or not. */
export async function holdOf(
  database: Database,
  holder: string,
  serviceId: string,
): Promise<Hold | undefined> {
  const [found] = await database
    .select()
    .from(appointment)
    .where(
      and(
        eq(appointment.holder, holder),
        eq(appointment.serviceId, serviceId),
        eq(appointment.state, 'held'),
      ),
    );
  return found;
}

/** What a network keeps at the moment: how many starts, and when the first of them lapses. */
export async function heldFromNetwork(
  database: Database,
  heldFrom: string,
  now: Instant,
): Promise<{ readonly count: number; readonly firstEnds: Instant | undefined }> {
  const [found] = await preparedRows<{ count: number; ends: number | null }>(
    database,
    sql`select count(*)::int as count, (extract(epoch from min(expires_at)) * 1000)::float8 as ends
      from appointment where held_from = ${heldFrom} and state = 'held' and expires_at > ${at(now)}`,
  );
  return { count: found?.count ?? 0, firstEnds: found?.ends ?? undefined };
}

/** Lets one request of a network at a time count what it keeps, until the transaction ends. */
export async function lockNetwork(transaction: Database, heldFrom: string): Promise<void> {
  await preparedRows(
    transaction,
    sql`select pg_advisory_xact_lock(hashtextextended(${heldFrom}::text, 0))::text`,
  );
}

/** A hold by its id, whatever became of it, locked until the transaction ends. */
export async function lockHold(transaction: Database, id: string): Promise<Hold | undefined> {
  const [found] = await transaction
    .select()
    .from(appointment)
    .where(eq(appointment.id, id))
    .for('update');
  return found;
}

/** Ends a hold; the caller gives its time back. */
export async function expireHold(transaction: Database, id: string, now: Instant): Promise<void> {
  await transaction
    .update(appointment)
    .set({
      state: 'expired',
      heldFrom: null,
      updatedAt: now,
      version: sql`${appointment.version} + 1`,
    })
    .where(and(eq(appointment.id, id), eq(appointment.state, 'held')));
}

/** Who a held start becomes the appointment of. */
export interface Confirmation {
  readonly id: string;
  readonly serviceId: string;
  readonly note: string | undefined;
  readonly locale: string;
  readonly promised: boolean;
  readonly now: Instant;
  readonly person: PersonToWrite;
}

/**
 * Makes a locked hold the appointment of a person, who is written unless known already.
 * @throws `appointment_person_service_unique`
 */
export async function confirmHeld(
  transaction: Database,
  confirmation: Confirmation,
): Promise<void> {
  const { id, person: p, now } = confirmation;
  const { serviceId } = confirmation;
  await letPastGo(transaction, { identityKey: p.identityKey, serviceId }, now);
  await rows(
    transaction,
    sql`with who as (
        insert into person as p
          (id, identity_key, given_name, family_name, email, phone, tax_code_cipher, domicile, locale, created_at)
        values (${p.id}::uuid, ${p.identityKey}, ${p.givenName}, ${p.familyName}, ${p.email ?? null},
          ${p.phone ?? null}, ${p.taxCodeCipher ?? null}, ${p.domicile ?? null}, ${confirmation.locale}, ${at(now)})
        on conflict (identity_key) do update set identity_key = excluded.identity_key
        returning p.id
      )
      update appointment a set state = 'confirmed', person_id = who.id,
        contact_email = ${p.email ?? null}, contact_phone = ${p.phone ?? null},
        also_by = ${p.alsoBy ?? null},
        note = ${confirmation.note ?? null}, locale = ${confirmation.locale},
        promised = ${confirmation.promised}, expires_at = null, held_from = null, updated_at = ${at(now)}
      from who where a.id = ${id}::uuid`,
  );
  await transaction
    .update(occupied)
    .set({ releasesAt: null })
    .where(eq(occupied.appointmentId, id));
}
