import { and, asc, desc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Instant } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Channel } from '../channel.ts';
import { outbox } from '../table.ts';

export type NoticeState = 'waiting' | 'sent' | 'dropped' | 'failed';

export interface StoredNotice {
  readonly id: string;
  /** Name of its kind, which a newer version may no longer know. */
  readonly kind: string;
  readonly channel: Channel;
  readonly recipient: string;
  readonly locale: Locale;
  readonly facts: object;
  readonly subjectId: string;
  readonly serviceId: string | null;
  readonly officeId: string | null;
  readonly state: NoticeState;
  readonly dueAt: Instant;
  readonly sentAt: Instant | null;
  readonly attempts: number;
  readonly lockedUntil: Instant | null;
  /** Why it did not leave the last time. */
  readonly lastError: string | null;
  readonly staleAt: Instant | null;
  readonly createdAt: Instant;
}

/** Lets go of what it is too late to say. Returns how many. */
export async function dropStale(database: Database, now: Instant): Promise<number> {
  const dropped = await database
    .update(outbox)
    .set({ state: 'dropped', lockedUntil: null })
    .where(and(eq(outbox.state, 'waiting'), lte(outbox.staleAt, now), unlocked(now)))
    .returning({ id: outbox.id });
  return dropped.length;
}

/**
 * Takes up to `limit` due notices for this sender alone until `lockedUntil`: a sender that dies
 * leaves them to the next one after that instant.
 */
export async function claimDue(
  database: Database,
  claim: {
    readonly now: Instant;
    readonly lockedUntil: Instant;
    readonly limit: number;
    readonly channels: readonly Channel[];
  },
): Promise<StoredNotice[]> {
  // A row lock keeps PostgreSQL from folding the CTE into the update, which could exceed the limit.
  const due = database.$with('due').as(
    database
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          eq(outbox.state, 'waiting'),
          lte(outbox.dueAt, claim.now),
          inArray(outbox.channel, [...claim.channels]),
          unlocked(claim.now),
        ),
      )
      .orderBy(asc(outbox.dueAt))
      .limit(claim.limit)
      .for('update', { skipLocked: true }),
  );
  const claimed = await database
    .with(due)
    .update(outbox)
    .set({ lockedUntil: claim.lockedUntil, attempts: sql`${outbox.attempts} + 1` })
    .from(due)
    .where(eq(outbox.id, due.id))
    .returning(noticeColumns);
  return claimed.map(toNotice);
}

/** Whether a leased notice is still to leave, asked at the last moment: its matter may be over. */
export async function isStillWanted(database: Database, notice: StoredNotice): Promise<boolean> {
  const [found] = await database
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(leased(notice), eq(outbox.state, 'waiting')));
  return found !== undefined;
}

/**
 * Records that a message left, unless its lease ran out and another sender took it over. One that was
 * withdrawn while it was on its way left all the same, and counts as sent; unless the same reminder
 * was promised anew meanwhile, beside which it stays withdrawn.
 */
export async function settleSent(
  database: Database,
  notice: StoredNotice,
  left: {
    readonly id: string;
    readonly now: Instant;
    readonly providerId: string | undefined;
    readonly askAt: Instant | undefined;
  },
): Promise<void> {
  const at = (instant: Instant | null | undefined) =>
    instant === null || instant === undefined ? null : new Date(instant).toISOString();
  await database.execute(sql`
    with settled as (
      update outbox o
      set state = case when o.state = 'dropped' and exists (select from outbox n
            where n.kind = o.kind and n.subject_id = o.subject_id and n.recipient = o.recipient
              and n.channel = o.channel and n.due_at = o.due_at and n.id <> o.id
              and n.state in ('waiting', 'sent')) then 'dropped' else 'sent' end,
        sent_at = ${at(left.now)}::timestamptz, last_error = null,
        locked_until = null, ask_at = ${at(left.askAt)}::timestamptz
      where id = ${notice.id} and state in ('waiting', 'dropped')
        and locked_until = ${at(notice.lockedUntil)}::timestamptz
      returning id, channel, sent_at
    )
    insert into notice_delivery (id, outbox_id, channel, status, provider_id, at, recorded_at)
    select ${left.id}::uuid, id, channel, 'sent', ${left.providerId ?? ''}, sent_at, sent_at
    from settled`);
}

/** Records why a message did not leave, unless its lease ran out and another sender took it over. */
export async function settle(
  database: Database,
  notice: StoredNotice,
  outcome:
    | { readonly state: 'failed'; readonly lastError: string }
    | { readonly state: 'waiting'; readonly lastError: string; readonly dueAt: Instant },
): Promise<void> {
  await database
    .update(outbox)
    .set({ ...outcome, lockedUntil: null })
    .where(and(leased(notice), eq(outbox.state, 'waiting')));
}

export async function recentNotices(database: Database, limit: number): Promise<StoredNotice[]> {
  const found = await database
    .select(noticeColumns)
    .from(outbox)
    .orderBy(desc(outbox.createdAt), asc(outbox.dueAt))
    .limit(limit);
  return found.map(toNotice);
}

export async function findNotice(
  database: Database,
  id: string,
): Promise<StoredNotice | undefined> {
  const [found] = await database.select(noticeColumns).from(outbox).where(eq(outbox.id, id));
  return found && toNotice(found);
}

/** A notice nobody else changes meanwhile. */
export async function lockNotice(
  transaction: Database,
  id: string,
): Promise<StoredNotice | undefined> {
  const [found] = await transaction
    .select(noticeColumns)
    .from(outbox)
    .where(eq(outbox.id, id))
    .for('update');
  return found && toNotice(found);
}

/** Whether the same is about to leave to the same reader already. */
export async function isWaitingAgain(
  transaction: Database,
  { kind, subjectId, recipient, channel }: StoredNotice,
): Promise<boolean> {
  const [found] = await transaction
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.subjectId, subjectId),
        eq(outbox.state, 'waiting'),
        eq(outbox.kind, kind),
        eq(outbox.recipient, recipient),
        eq(outbox.channel, channel),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** The same message once more, due at once. */
export async function copyNotice(
  transaction: Database,
  original: StoredNotice,
  copy: { readonly id: string; readonly now: Instant },
): Promise<void> {
  const { kind, channel, recipient, locale, facts, subjectId, serviceId, officeId, staleAt } =
    original;
  await transaction.insert(outbox).values({
    id: copy.id,
    kind,
    channel,
    recipient,
    locale,
    payload: { ...facts },
    subjectId,
    serviceId,
    officeId,
    dueAt: copy.now,
    staleAt,
    createdAt: copy.now,
  });
}

/** Takes back one that is still being tried; whoever has it in hand finds out by its state. */
export async function dropNotice(transaction: Database, id: string): Promise<void> {
  await transaction
    .update(outbox)
    .set({ state: 'dropped' })
    .where(and(eq(outbox.id, id), eq(outbox.state, 'waiting')));
}

function leased({ id, lockedUntil }: StoredNotice) {
  return and(eq(outbox.id, id), eq(outbox.lockedUntil, lockedUntil!));
}

function unlocked(now: Instant) {
  return or(isNull(outbox.lockedUntil), lte(outbox.lockedUntil, now));
}

/** What a {@link StoredNotice} is read from. */
export const noticeColumns = {
  id: outbox.id,
  kind: outbox.kind,
  channel: outbox.channel,
  recipient: outbox.recipient,
  locale: outbox.locale,
  payload: outbox.payload,
  subjectId: outbox.subjectId,
  serviceId: outbox.serviceId,
  officeId: outbox.officeId,
  state: outbox.state,
  dueAt: outbox.dueAt,
  sentAt: outbox.sentAt,
  attempts: outbox.attempts,
  lockedUntil: outbox.lockedUntil,
  lastError: outbox.lastError,
  staleAt: outbox.staleAt,
  createdAt: outbox.createdAt,
};

type Row = Pick<typeof outbox.$inferSelect, keyof typeof noticeColumns>;

export function toNotice({ payload, ...row }: Row): StoredNotice {
  return {
    ...row,
    channel: row.channel as Channel,
    locale: row.locale as Locale,
    state: row.state as NoticeState,
    facts: payload,
  };
}
