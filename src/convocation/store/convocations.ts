import { and, eq, isNull, sql } from 'drizzle-orm';
import type { AppointmentState } from '../../booking/table.ts';
import type { Channel as NoticeChannel } from '../../notices/channel.ts';
import type { DeliveryStatus } from '../../notices/rules/delivery.ts';
import type { NoticeState } from '../../notices/store/outbox.ts';
import type { Instant, IsoDate } from '../../platform/clock.ts';
import { type Database, rows } from '../../platform/database.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Bilingual } from '../../platform/problem.ts';
import { convocationSent } from '../notices.ts';
import type { Channel, ProofKind } from '../rules/kinds.ts';
import {
  type ConvocationState,
  convocation,
  deliveryProof,
  type PostponementState,
  postponement,
} from '../table.ts';

export interface ProofView {
  readonly id: string;
  readonly kind: ProofKind;
  readonly happenedOn: IsoDate;
  readonly reference: string;
  /** The message and what was told of it, where a receipt by itself became the proof. */
  readonly noticeId: string | null;
  readonly eventId: string | null;
}

export interface PostponementView {
  readonly id: string;
  readonly state: PostponementState;
  readonly reason: string;
  readonly note: string | null;
  readonly askedAt: Instant;
  readonly answer: string | null;
}

/** A convocation with all that every view of it needs. */
export interface Convocation {
  readonly id: string;
  readonly state: ConvocationState;
  readonly channel: Channel;
  readonly recipient: string | null;
  readonly postalAddress: string | null;
  readonly noticeDays: number;
  readonly campaignId: string | null;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
  readonly printedAt: Instant | null;
  readonly personId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly locale: Locale;
  readonly serviceId: string;
  readonly serviceName: Bilingual;
  readonly whatToBring: { readonly it: readonly string[]; readonly en: readonly string[] };
  readonly officeId: string;
  readonly officeName: string;
  readonly officeAddress: string | null;
  readonly officePhone: string | null;
  readonly region: string;
  /** Reserved from the beginning; the appointment is there once the convocation is seated. */
  readonly appointmentId: string;
  readonly appointmentState: AppointmentState | null;
  readonly startsAt: Instant | null;
  readonly bookingCode: string | null;
  /** Null on paper, by hand, in the patto, and before it has a date. */
  readonly message: SentMessage | null;
  readonly proofs: readonly ProofView[];
  readonly postponements: readonly PostponementView[];
}

/** The last message that carried a convocation, as it stands. */
export interface SentMessage {
  readonly id: string;
  readonly channel: NoticeChannel;
  readonly state: NoticeState;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly told: readonly {
    readonly status: DeliveryStatus;
    readonly at: Instant;
    readonly evidence: Readonly<Record<string, string>>;
  }[];
}

/** Of the convocation `v` of the query around it. */
export const MESSAGE = sql`select jsonb_build_object('id', x.id, 'channel', x.channel,
      'state', x.state, 'attempts', x.attempts, 'lastError', x.last_error,
      'told', coalesce((select jsonb_agg(jsonb_build_object('status', d.status,
          'at', (extract(epoch from d.at) * 1000)::float8, 'evidence', d.evidence) order by d.at)
        from notice_delivery d where d.outbox_id = x.id), '[]'::jsonb)) as message
    from outbox x where x.subject_id = v.id and x.kind = ${convocationSent.name}
    order by x.created_at desc, x.id desc limit 1`;

const SELECT = sql`select v.id, v.state, v.channel, v.recipient, v.postal_address as "postalAddress",
    v.notice_days as "noticeDays", v.campaign_id as "campaignId",
    (extract(epoch from v.created_at) * 1000)::float8 as "createdAt",
    (extract(epoch from v.sent_at) * 1000)::float8 as "sentAt",
    (extract(epoch from v.printed_at) * 1000)::float8 as "printedAt",
    v.person_id as "personId", p.given_name as "givenName", p.family_name as "familyName", p.locale,
    v.service_id as "serviceId", s.name as "serviceName", s.what_to_bring as "whatToBring",
    v.office_id as "officeId", o.name as "officeName", o.address as "officeAddress",
    o.phone as "officePhone", (select region from comune where istat_code = o.seat) as region,
    v.appointment_id as "appointmentId", a.state as "appointmentState", a.code as "bookingCode",
    (extract(epoch from a.starts_at) * 1000)::float8 as "startsAt",
    (${MESSAGE}) as message,
    coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind,
        'happenedOn', d.happened_on, 'reference', d.reference, 'noticeId', d.notice_id,
        'eventId', d.event_id) order by d.happened_on, d.id)
      from delivery_proof d where d.convocation_id = v.id), '[]'::jsonb) as proofs,
    coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'state', w.state, 'reason', w.reason,
        'note', w.note, 'askedAt', (extract(epoch from w.asked_at) * 1000)::float8,
        'answer', w.answer) order by w.asked_at)
      from postponement w where w.convocation_id = v.id), '[]'::jsonb) as postponements
  from convocation v
  join person p on p.id = v.person_id
  join service s on s.id = v.service_id
  join office o on o.id = v.office_id
  left join appointment a on a.id = v.appointment_id`;

export async function convocationById(
  database: Database,
  id: string,
): Promise<Convocation | undefined> {
  const [found] = await rows<Convocation>(database, sql`${SELECT} where v.id = ${id}::uuid`);
  return found;
}

export async function convocationByDigest(
  database: Database,
  digest: string,
): Promise<Convocation | undefined> {
  const [found] = await rows<Convocation>(database, sql`${SELECT} where v.code_digest = ${digest}`);
  return found;
}

/** The latest convocations: of the offices named, of all, or of one person. */
export async function convocationsOf(
  database: Database,
  whose: { readonly officeIds?: readonly string[] | undefined; readonly personId?: string },
  limit: number,
): Promise<Convocation[]> {
  const { officeIds, personId } = whose;
  return rows<Convocation>(
    database,
    sql`${SELECT} where true
        ${officeIds ? sql`and v.office_id = any(${`{${officeIds.join(',')}}`}::uuid[])` : sql``}
        ${personId ? sql`and v.person_id = ${personId}::uuid` : sql``}
      order by v.state = 'closed', v.created_at desc, v.id desc limit ${limit}`,
  );
}

/** @returns whether it was written; not when the person has an open one for the service already */
export async function insertConvocation(
  transaction: Database,
  row: typeof convocation.$inferInsert,
): Promise<boolean> {
  const added = await transaction
    .insert(convocation)
    .values(row)
    .onConflictDoNothing({
      target: [convocation.personId, convocation.serviceId],
      where: sql`state in ('seating', 'open')`,
    })
    .returning({ id: convocation.id });
  return added.length > 0;
}

export async function setConvocation(
  transaction: Database,
  id: string,
  change: Partial<typeof convocation.$inferInsert>,
): Promise<void> {
  await transaction.update(convocation).set(change).where(eq(convocation.id, id));
}

/** Takes the next convocations without a date; none that another process is seating. */
export async function takeSeating(
  database: Database,
  now: Instant,
  limit: number,
  again: Instant,
): Promise<string[]> {
  const taken = await rows<{ id: string }>(
    database,
    sql`update convocation set retry_at = to_timestamp(${again / 1000}::float8)
      where id in (
        select id from convocation
        where state = 'seating' and retry_at <= to_timestamp(${now / 1000}::float8)
        order by retry_at, id limit ${limit} for update skip locked)
      returning id`,
  );
  return taken.map(({ id }) => id);
}

/** Marks as open, and so as sent, what was seating; @returns whether nobody did before */
export async function openConvocation(
  transaction: Database,
  id: string,
  now: Instant,
): Promise<boolean> {
  const opened = await transaction
    .update(convocation)
    .set({ state: 'open', sentAt: now })
    .where(and(eq(convocation.id, id), eq(convocation.state, 'seating')))
    .returning({ id: convocation.id });
  return opened.length > 0;
}

/** Closes the convocations whose appointment has ended, however it did; @returns how many. */
export async function closeEnded(database: Database, now: Instant): Promise<number> {
  const closed = await rows<{ id: string }>(
    database,
    sql`update convocation v set state = 'closed', closed_at = to_timestamp(${now / 1000}::float8)
      from appointment a
      where a.id = v.appointment_id and v.state = 'open'
        and a.state in ('seen', 'late', 'absent', 'excused', 'cancelled', 'revoked', 'expired')
      returning v.id`,
  );
  return closed.length;
}

/** Keeps others from changing an open convocation meanwhile; @returns whether it is open */
export async function lockOpenConvocation(transaction: Database, id: string): Promise<boolean> {
  const [found] = await transaction
    .select({ state: convocation.state })
    .from(convocation)
    .where(eq(convocation.id, id))
    .for('update');
  return found?.state === 'open';
}

/** @returns whether it was written; not when the same proof is recorded already */
export async function insertProof(
  transaction: Database,
  row: typeof deliveryProof.$inferInsert,
): Promise<boolean> {
  const added = await transaction
    .insert(deliveryProof)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: deliveryProof.id });
  return added.length > 0;
}

export async function insertPostponement(
  transaction: Database,
  row: typeof postponement.$inferInsert,
): Promise<void> {
  await transaction.insert(postponement).values(row);
}

/** Decides a request that is still open; @returns whether it was. */
export async function decidePostponementRow(
  transaction: Database,
  id: string,
  change: {
    readonly state: PostponementState;
    readonly decidedBy: string;
    readonly decidedAt: Instant;
    readonly answer: string | null;
  },
): Promise<boolean> {
  const decided = await transaction
    .update(postponement)
    .set(change)
    .where(and(eq(postponement.id, id), eq(postponement.state, 'asked')))
    .returning({ id: postponement.id });
  return decided.length > 0;
}

export async function convocationOfPostponement(
  database: Database,
  id: string,
): Promise<string | undefined> {
  const [found] = await database
    .select({ convocationId: postponement.convocationId })
    .from(postponement)
    .where(eq(postponement.id, id));
  return found?.convocationId;
}

/** Notes the first print of a convocation; @returns whether this was it. */
export async function noteConvocationPrinted(
  transaction: Database,
  id: string,
  now: Instant,
): Promise<boolean> {
  const printed = await transaction
    .update(convocation)
    .set({ printedAt: now })
    .where(and(eq(convocation.id, id), isNull(convocation.printedAt)))
    .returning({ id: convocation.id });
  return printed.length > 0;
}
