/**
 * Where a fact about the network comes from. `sourced`: a public source says so (named, dated).
 * `computed`: derived by a stated rule of ours. `declared`: the administration loaded it itself.
 */
export interface Provenance {
  readonly kind: 'sourced' | 'computed' | 'declared';
  readonly source: string;
  readonly date?: string;
}

/**
 * `staff` is about the headcount; `bacino` and `hours` sum up their own rows, and are as good as
 * the weakest of them.
 */
export interface OfficeProvenance {
  readonly seat: Provenance;
  readonly bacino: Provenance;
  readonly staff: Provenance;
  readonly hours: Provenance;
}

/** From the weakest ground to the strongest. */
const STRENGTH: readonly Provenance['kind'][] = ['computed', 'declared', 'sourced'];

const LONGEST_SOURCE = 1000;

/**
 * One provenance for facts that come from several places: as weak as the weakest of them and with
 * the latest date of those, every source named once. Undefined when there is nothing to sum up.
 */
export function combineProvenance(parts: readonly Provenance[]): Provenance | undefined {
  const weakest = STRENGTH.find((kind) => parts.some((part) => part.kind === kind));
  if (weakest === undefined) return undefined;
  const date = parts
    .flatMap((part) => (part.kind === weakest ? (part.date ?? []) : []))
    .sort()
    .at(-1);
  const source = [...new Set(parts.map((part) => part.source))].join('; ').slice(0, LONGEST_SOURCE);
  return { kind: weakest, source, ...(date === undefined ? {} : { date }) };
}
