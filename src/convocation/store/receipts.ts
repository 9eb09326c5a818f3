import { sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import { convocationSent } from '../notices.ts';
import { MESSAGE, type SentMessage } from './convocations.ts';

/** What certified mail told of a convocation, not yet among its proofs. */
export interface ToldReceipt {
  readonly convocationId: string;
  readonly noticeId: string;
  readonly eventId: string;
  readonly status: 'accepted' | 'delivered';
  readonly at: Instant;
  /** The provider's name for it, or the Message-ID of the receipt; may be empty. */
  readonly reference: string;
}

/** Of one convocation whenever it was told, or of all since an instant; the oldest first. */
export async function toldReceipts(
  database: Database,
  which: { readonly convocationId: string | undefined; readonly since: Instant },
  limit: number,
): Promise<ToldReceipt[]> {
  const { convocationId, since } = which;
  return rows<ToldReceipt>(
    database,
    sql`select v.id as "convocationId", o.id as "noticeId", d.id as "eventId", d.status,
        (extract(epoch from d.at) * 1000)::float8 as at,
        coalesce(d.evidence->>'identifier', nullif(d.provider_id, ''), '') as reference
      from notice_delivery d
      join outbox o on o.id = d.outbox_id and o.kind = ${convocationSent.name}
      join convocation v on v.id = o.subject_id
      where d.channel = 'pec' and d.status in ('accepted', 'delivered')
        and d.evidence->>'delayed' is null
        and ${
          convocationId === undefined
            ? sql`d.recorded_at >= to_timestamp(${since / 1000}::float8)`
            : sql`v.id = ${convocationId}::uuid`
        }
        and not exists (select from delivery_proof p where p.event_id = d.id)
      order by d.at, d.id limit ${limit}`,
  );
}

/** An open convocation whose message failed or was sent back, of which nobody was told yet. */
interface Undelivered {
  readonly id: string;
  readonly serviceId: string;
  readonly officeId: string;
  readonly officeName: string;
  readonly officeEmail: string | null;
  readonly startsAt: Instant;
  readonly message: SentMessage;
}

/** Locked until the transaction ends; those that another process is telling of are passed over. */
export async function undelivered(
  transaction: Database,
  convocationId: string | undefined,
  limit: number,
): Promise<Undelivered[]> {
  return rows<Undelivered>(
    transaction,
    sql`select v.id, v.service_id as "serviceId", v.office_id as "officeId", o.name as "officeName",
        o.email as "officeEmail", (extract(epoch from a.starts_at) * 1000)::float8 as "startsAt",
        m.message
      from convocation v
      join office o on o.id = v.office_id
      join appointment a on a.id = v.appointment_id
      cross join lateral (${MESSAGE}) m
      where v.state = 'open'
        ${convocationId === undefined ? sql`` : sql`and v.id = ${convocationId}::uuid`}
        and (m.message->>'state' = 'failed'
          or m.message->'told' @> '[{"status": "bounced"}]'
          or m.message->'told' @> '[{"status": "failed"}]')
        and not exists (select from audit_event e
          where e.subject_kind = 'convocation' and e.subject_id = v.id::text
            and e.action = 'note-undelivered-convocation'
            and e.detail->>'message' = m.message->>'id')
      order by v.id limit ${limit} for update of v skip locked`,
  );
}
