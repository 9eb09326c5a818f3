import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { knownNetwork, writeNetwork } from '../import-store.ts';
import { FILE_NAMES, type FileName } from '../rules/import-files.ts';
import { type NetworkFiles, parseNetwork } from '../rules/parse-network.ts';
import type { ImportFault } from '../rules/read-csv.ts';

export type ImportOutcome =
  | {
      readonly kind: 'imported';
      readonly id: string;
      /** Rows written, by file. */
      readonly counts: Readonly<Record<FileName, number>>;
      readonly warnings: readonly ImportFault[];
    }
  | {
      readonly kind: 'refused';
      readonly faults: readonly ImportFault[];
      readonly warnings: readonly ImportFault[];
    };

/**
 * Brings the network to what the files say, all or nothing: one fault anywhere and nothing is
 * written. Whoever calls it must have free time derived anew afterwards.
 */
export async function importNetwork(
  call: Call,
  files: NetworkFiles,
  options: { readonly demo?: boolean } = {},
): Promise<ImportOutcome> {
  authorise(call.actor, 'administrator', 'system');
  return transactionWithRetry(call.database, async (transaction) => {
    const { rows, faults, warnings } = parseNetwork(files, await knownNetwork(transaction));
    if (faults.length > 0) return { kind: 'refused', faults, warnings };
    const id = call.ids();
    const counts = Object.fromEntries(
      FILE_NAMES.map((file) => [file, rows[file].length]),
    ) as Record<FileName, number>;
    await writeNetwork(transaction as Database, call, rows, options.demo ?? false);
    await audit(transaction as Database, call, {
      action: 'import-network',
      subjectKind: 'network-import',
      subjectId: id,
      detail: counts,
    });
    return { kind: 'imported', id, counts, warnings };
  });
}
