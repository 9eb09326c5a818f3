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

/**
 * A change of hours, ready to be made. Whoever carries it out looks first at the appointments of its
 * owners, and sees to those that it would leave without hours.
 */
export interface HoursChange {
  /** Whose hours it changes, as they stand before it; asked inside its transaction. */
  readonly whose: (call: Call) => Promise<readonly Owner[]>;
  /** Whether an operator leaves, so that nobody may stay where they are. */
  readonly leaves?: boolean;
  /** The office that the operator goes to, where people may follow. */
  readonly goesTo?: string | undefined;
  readonly make: (call: Call, follow: NetworkChanged) => Promise<unknown>;
}

/** What is to become of appointments that a change leaves without hours. */
export const STRANDED = ['refuse', 'keep', 'reseat'] as const;
export type Stranded = (typeof STRANDED)[number];

/**
 * Carries a change out, as a later room does who knows appointments.
 * @throws {Problem} what the change throws; 409 with `refuse`, when appointments are in the way
 */
export type CarryOut = (call: Call, change: HoursChange, stranded: Stranded) => Promise<void>;

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
