import { audit } from '../../identity/audit.ts';
import { authorise } from '../../identity/authorise.ts';
import type { Call } from '../../platform/call.ts';
import { type Database, transactionWithRetry } from '../../platform/database.ts';
import { type ImportCounts, knownNetwork, writeNetwork } from '../import-store.ts';
import { FILE_NAMES } from '../rules/import-files.ts';
import { type NetworkFiles, parseNetwork } from '../rules/parse-network.ts';
import type { ImportFault } from '../rules/read-csv.ts';

export type ImportOutcome =
  | {
      readonly kind: 'imported';
      readonly id: string;
      readonly counts: ImportCounts;
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
    ) as ImportCounts;
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
