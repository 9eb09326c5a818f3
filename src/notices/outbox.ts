import { and, eq, inArray } from 'drizzle-orm';
import type { Call } from '../platform/call.ts';
import type { Instant } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Locale } from '../platform/locale.ts';
import { outbox } from './table.ts';

/** What a message about an appointment says; texts are already in the reader's language. */
export interface AppointmentFacts {
  /** The code that, with the e-mail address, opens the appointment. */
  readonly code: string;
  readonly service: string;
  readonly office: string;
  /** As on an envelope; null where the office receives elsewhere (by telephone, by video). */
  readonly address: string | null;
  readonly phone: string | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly whatToBring: readonly string[];
  /** How many times the appointment changed since it was made; newer calendar files win by it. */
  readonly sequence: number;
  /** Why it was cancelled, when the reason may be told. */
  readonly reason?: string;
}

/** Every kind of message with what its letter needs. */
export interface NoticeFacts {
  readonly 'appointment-confirmed': AppointmentFacts;
  readonly 'appointment-moved': AppointmentFacts;
  readonly 'appointment-reminder': AppointmentFacts;
  readonly 'appointment-cancelled': AppointmentFacts;
}

export type NoticeKind = keyof NoticeFacts;

export type Notice = {
  [K in NoticeKind]: {
    readonly kind: K;
    readonly facts: NoticeFacts[K];
    /** E-mail address. */
    readonly recipient: string;
    /** The recipient's language, which may not be the caller's. */
    readonly locale: Locale;
    /** What the message is about; {@link withdraw} finds it by this. */
    readonly subjectId: string;
    /** Not before; at once when absent. */
    readonly dueAt?: Instant;
    /** Not after; when absent, the start of the appointment. */
    readonly staleAt?: Instant;
  };
}[NoticeKind];

/** The whole row of a notice, for actions that write it inside a statement of their own. */
export function outboxRow(call: Call, notice: Notice): typeof outbox.$inferInsert {
  const now = call.clock.now();
  return {
    id: call.ids(),
    kind: notice.kind,
    channel: 'email',
    state: 'waiting',
    attempts: 0,
    recipient: notice.recipient,
    locale: notice.locale,
    payload: { ...notice.facts },
    subjectId: notice.subjectId,
    dueAt: notice.dueAt ?? now,
    staleAt: notice.staleAt ?? notice.facts.startsAt,
    createdAt: now,
  };
}

/** Promises messages within the caller's transaction: they are sent only if it commits. */
export async function enqueue(
  transaction: Database,
  call: Call,
  ...notices: readonly Notice[]
): Promise<void> {
  if (notices.length === 0) return;
  await transaction.insert(outbox).values(notices.map((notice) => outboxRow(call, notice)));
}

/** Takes back what is not sent yet about a subject: the reminder of a cancelled appointment. */
export async function withdraw(
  transaction: Database,
  subjectId: string,
  ...kinds: readonly NoticeKind[]
): Promise<void> {
  await transaction
    .update(outbox)
    .set({ state: 'dropped' })
    .where(
      and(
        eq(outbox.subjectId, subjectId),
        eq(outbox.state, 'waiting'),
        kinds.length > 0 ? inArray(outbox.kind, [...kinds]) : undefined,
      ),
    );
}
