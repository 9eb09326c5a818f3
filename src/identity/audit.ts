import { actorId } from '../platform/actor.ts';
import type { Call } from '../platform/call.ts';
import type { Database } from '../platform/database.ts';
import { auditEvent } from './table.ts';

export interface AuditEntry {
  /** What was done, as a verb phrase: `cancel-appointment`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Facts that explain the change; no personal data that the subject's own row does not hold. */
  readonly detail?: Record<string, unknown>;
}

/** The row of an audit entry, for actions that write it inside a statement of their own. */
export function auditRow(call: Call, entry: AuditEntry): typeof auditEvent.$inferInsert {
  return {
    id: call.ids(),
    at: call.clock.now(),
    actorKind: call.actor.kind,
    actorId: actorId(call.actor) ?? null,
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId,
    correlationId: call.correlationId,
    detail: entry.detail ?? {},
  };
}

/** Appends to the audit trail within the caller's transaction. */
export async function audit(
  transaction: Database,
  call: Call,
  ...entries: AuditEntry[]
): Promise<void> {
  await transaction.insert(auditEvent).values(entries.map((entry) => auditRow(call, entry)));
}
