import { and, eq, inArray } from 'drizzle-orm';
import type { Call } from '../platform/call.ts';
import type { Database } from '../platform/database.ts';
import type { Notice, NoticeKind } from './kind.ts';
import { outbox } from './table.ts';

/** The whole row of a notice, for actions that write it inside a statement of their own. */
export function outboxRow(call: Call, notice: Notice): typeof outbox.$inferInsert {
  const now = call.clock.now();
  return {
    id: call.ids(),
    kind: notice.kind,
    channel: notice.channel,
    state: 'waiting',
    attempts: 0,
    recipient: notice.recipient,
    locale: notice.locale,
    payload: { ...notice.facts },
    subjectId: notice.subjectId,
    serviceId: notice.serviceId ?? null,
    officeId: notice.officeId ?? null,
    dueAt: notice.dueAt ?? now,
    staleAt: notice.staleAt ?? null,
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

/**
 * Takes back what is not sent yet about a subject: the reminder of a cancelled appointment. One that is
 * being handed over this very moment leaves, and is recorded so: its lease stays.
 */
export async function withdraw(
  transaction: Database,
  subjectId: string,
  ...kinds: readonly Pick<NoticeKind, 'name'>[]
): Promise<void> {
  await transaction
    .update(outbox)
    .set({ state: 'dropped' })
    .where(
      and(
        eq(outbox.subjectId, subjectId),
        eq(outbox.state, 'waiting'),
        kinds.length > 0
          ? inArray(
              outbox.kind,
              kinds.map(({ name }) => name),
            )
          : undefined,
      ),
    );
}
