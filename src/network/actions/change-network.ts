import { type AuditEntry, audit } from '../../identity/audit.ts';
import type { Call } from '../../platform/call.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { invalid } from '../../platform/problem.ts';
import type { Fault } from '../rules/series.ts';
import type { Owner } from '../series-store.ts';

/**
 * Told of every change inside its transaction, so that later rooms follow: free time, above all.
 * Without `owner` the whole network may have changed.
 */
export type NetworkChanged = (call: Call, owner?: Owner) => Promise<void>;

/** What was changed and how the audit trail tells it; `owners` are those whose hours changed. */
interface Change<T> {
  readonly entry: AuditEntry;
  readonly owners?: readonly Owner[];
  readonly result: T;
}

/** One change of the network: written, audited and followed in one transaction. */
export async function changeNetwork<T>(
  call: Call,
  write: (transaction: Database) => Promise<Change<T>>,
  follow?: NetworkChanged,
): Promise<T> {
  return transactionWithRetry(call.database, async (transaction) => {
    const { entry, owners = [], result } = await write(transaction);
    await audit(transaction, call, entry);
    for (const owner of owners) await follow?.({ ...call, database: transaction }, owner);
    return result;
  });
}

/** A fault of a rule as the refusal of its field. @throws {Problem} 422 */
export function refuse(call: Call, fault: Fault | undefined): void {
  if (!fault) return;
  const { field, words } = fault;
  throw invalid({ errors: [{ pointer: `/${field}`, detail: words[call.locale] }] });
}
