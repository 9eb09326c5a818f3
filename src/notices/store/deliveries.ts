import { and, asc, desc, eq, gt, inArray, isNotNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Channel } from '../channel.ts';
import type { DeliveryStatus, ListedState } from '../rules/delivery.ts';
import { noticeDelivery, outbox } from '../table.ts';
import { noticeColumns, type StoredNotice, toNotice } from './outbox.ts';

/** One thing a carrier told of a message. */
export interface Told {
  readonly id: string;
  readonly status: DeliveryStatus;
  readonly at: Instant;
  /** The carrier's name for the message or the receipt; empty when it gives none. */
  readonly providerId: string;
  readonly evidence: Readonly<Record<string, string>>;
  /** Whether the receipt itself is kept. */
  readonly kept: boolean;
}

export interface FollowedNotice {
  readonly notice: StoredNotice;
  /** In the order of their instants. */
  readonly told: readonly Told[];
}

export interface NoticeFilter {
  readonly state?: ListedState | undefined;
  readonly channel?: Channel | undefined;
  readonly subjectId?: string | undefined;
  /** Undefined: every office's, and those of none. */
  readonly officeIds?: readonly string[] | undefined;
  /** Only those written before this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** The newest first. */
export async function followedNotices(
  database: Database,
  filter: NoticeFilter,
): Promise<FollowedNotice[]> {
  const found = await database
    .select(noticeColumns)
    .from(outbox)
    .where(
      and(
        filter.state && inState(filter.state),
        filter.channel && eq(outbox.channel, filter.channel),
        filter.subjectId === undefined ? undefined : eq(outbox.subjectId, filter.subjectId),
        filter.officeIds && inArray(outbox.officeId, [...filter.officeIds]),
        filter.before === undefined
          ? undefined
          : sql`(${outbox.createdAt}, ${outbox.id}) <
              (select b.created_at, b.id from outbox b where b.id = ${filter.before})`,
      ),
    )
    .orderBy(desc(outbox.createdAt), desc(outbox.id))
    .limit(filter.limit);
  return withTold(database, found.map(toNotice));
}

function inState(state: ListedState) {
  const troubled = sql`exists (select from notice_delivery d
    where d.outbox_id = ${outbox.id} and d.status in ('bounced', 'failed'))`;
  switch (state) {
    case 'queued':
      return eq(outbox.state, 'waiting');
    case 'withdrawn':
      return eq(outbox.state, 'dropped');
    case 'sent':
      return and(eq(outbox.state, 'sent'), sql`not ${troubled}`);
    case 'trouble':
      return or(
        eq(outbox.state, 'failed'),
        troubled,
        and(eq(outbox.state, 'waiting'), isNotNull(outbox.lastError)),
      );
  }
}

export async function followedNotice(
  database: Database,
  id: string,
): Promise<FollowedNotice | undefined> {
  const found = await database.select(noticeColumns).from(outbox).where(eq(outbox.id, id));
  return (await withTold(database, found.map(toNotice)))[0];
}

async function withTold(
  database: Database,
  notices: readonly StoredNotice[],
): Promise<FollowedNotice[]> {
  if (notices.length === 0) return [];
  const ids = notices.map(({ id }) => id);
  const events = await database
    .select({
      id: noticeDelivery.id,
      outboxId: noticeDelivery.outboxId,
      status: noticeDelivery.status,
      at: noticeDelivery.at,
      providerId: noticeDelivery.providerId,
      evidence: noticeDelivery.evidence,
      kept: sql<boolean>`${noticeDelivery.receipt} is not null`,
    })
    .from(noticeDelivery)
    .where(inArray(noticeDelivery.outboxId, ids))
    .orderBy(asc(noticeDelivery.at), asc(noticeDelivery.recordedAt));
  const byNotice = new Map<string, Told[]>(ids.map((id) => [id, []]));
  for (const { outboxId, status, ...event } of events)
    byNotice.get(outboxId)?.push({ ...event, status: status as DeliveryStatus });
  return notices.map((notice) => ({ notice, told: byNotice.get(notice.id) ?? [] }));
}

/** The message that a carrier knows by this name. */
export async function noticeByProviderId(
  database: Database,
  channel: Channel,
  providerId: string,
): Promise<string | undefined> {
  const [found] = await database
    .select({ id: noticeDelivery.outboxId })
    .from(noticeDelivery)
    .where(and(eq(noticeDelivery.channel, channel), eq(noticeDelivery.providerId, providerId)))
    .limit(1);
  return found?.id;
}

/**
 * Writes down what was told of a message that was tried at least once; told again it changes nothing.
 * @param told with its receipt, sealed, where there is one
 * @returns what the message is about; undefined when no such message exists
 */
export async function recordTold(
  database: Database,
  noticeId: string,
  channel: Channel,
  told: Omit<Told, 'kept'> & { readonly recordedAt: Instant; readonly receipt?: string },
): Promise<string | undefined> {
  const [known] = await database
    .select({ subjectId: outbox.subjectId })
    .from(outbox)
    .where(and(eq(outbox.id, noticeId), eq(outbox.channel, channel), gt(outbox.attempts, 0)));
  if (!known) return undefined;
  await database
    .insert(noticeDelivery)
    .values({ ...told, outboxId: noticeId, channel })
    .onConflictDoNothing();
  return known.subjectId;
}

/** The sealed receipt of a message; undefined when it is not, or no longer, kept. */
export async function sealedReceipt(
  database: Database,
  noticeId: string,
  eventId: string,
): Promise<string | undefined> {
  const [found] = await database
    .select({ receipt: noticeDelivery.receipt })
    .from(noticeDelivery)
    .where(and(eq(noticeDelivery.outboxId, noticeId), eq(noticeDelivery.id, eventId)));
  return found?.receipt ?? undefined;
}

/** A message whose carrier is to be asked what became of it. */
export interface Question {
  readonly notice: StoredNotice;
  readonly providerId: string;
}

/**
 * Takes up to `limit` messages whose carrier is to be asked now, and puts the next question off to
 * `again`: an asker that dies leaves them to the next one after that instant.
 */
export async function takeQuestions(
  transaction: Database,
  now: Instant,
  again: Instant,
  limit: number,
): Promise<Question[]> {
  const due = await transaction
    .select({ id: outbox.id })
    .from(outbox)
    .where(lte(outbox.askAt, now))
    .orderBy(asc(outbox.askAt))
    .limit(limit)
    .for('update', { skipLocked: true });
  if (due.length === 0) return [];
  const ids = due.map(({ id }) => id);
  const taken = await transaction
    .update(outbox)
    .set({ askAt: again })
    .where(inArray(outbox.id, ids))
    .returning(noticeColumns);
  const followed = await withTold(transaction, taken.map(toNotice));
  return followed.map(({ notice, told }) => ({
    notice,
    providerId: told.find(({ status }) => status === 'sent')?.providerId ?? '',
  }));
}

/** When the carrier is asked again; null: never. */
export async function askAgain(database: Database, id: string, at: Instant | null): Promise<void> {
  await database.update(outbox).set({ askAt: at }).where(eq(outbox.id, id));
}

/**
 * Takes readers and facts out of messages that were settled before `before`, and the text of their
 * receipts; when they went, and the digest of what proves it, stays. Returns how many.
 */
/** Forgets the same of every message about these subjects; what has not left does not leave. */
export async function forgetNoticesAbout(
  transaction: Database,
  subjectIds: readonly string[],
): Promise<void> {
  await transaction
    .update(outbox)
    .set({
      recipient: '',
      payload: {},
      lastError: null,
      askAt: null,
      lockedUntil: null,
      state: sql`case ${outbox.state} when 'waiting' then 'dropped' else ${outbox.state} end`,
    })
    .where(and(inArray(outbox.subjectId, [...subjectIds]), sql`${outbox.recipient} <> ''`));
  // A receipt of certified mail names its reader.
  await transaction
    .update(noticeDelivery)
    .set({ receipt: null })
    .where(
      and(
        isNotNull(noticeDelivery.receipt),
        inArray(
          noticeDelivery.outboxId,
          transaction
            .select({ id: outbox.id })
            .from(outbox)
            .where(inArray(outbox.subjectId, [...subjectIds])),
        ),
      ),
    );
}

export async function anonymiseNotices(database: Database, before: Instant): Promise<number> {
  const gone = await database
    .update(outbox)
    .set({ recipient: '', payload: {}, lastError: null, askAt: null })
    .where(
      and(
        inArray(outbox.state, ['sent', 'failed', 'dropped']),
        lt(outbox.createdAt, before),
        sql`${outbox.recipient} <> ''`,
      ),
    )
    .returning({ id: outbox.id });
  for (let first = 0; first < gone.length; first += FORGOTTEN_AT_ONCE) {
    const ids = gone.slice(first, first + FORGOTTEN_AT_ONCE).map(({ id }) => id);
    await database
      .update(noticeDelivery)
      .set({ receipt: null })
      .where(and(inArray(noticeDelivery.outboxId, ids), isNotNull(noticeDelivery.receipt)));
  }
  return gone.length;
}

const FORGOTTEN_AT_ONCE = 1000;
