import type { Provenance } from '../table.ts';

/** From the weakest ground to the strongest. */
const STRENGTH: readonly Provenance['kind'][] = ['computed', 'declared', 'sourced'];

const LONGEST_SOURCE = 1000;

/**
 * One provenance for facts that come from several places: as weak as the weakest of them, its
 * sources named once each, dated by the latest. Undefined when there is nothing to sum up.
 */
export function combineProvenance(parts: readonly Provenance[]): Provenance | undefined {
  const weakest = STRENGTH.find((kind) => parts.some((part) => part.kind === kind));
  if (weakest === undefined) return undefined;
  const date = parts
    .flatMap((part) => part.date ?? [])
    .sort()
    .at(-1);
  const source = [...new Set(parts.map((part) => part.source))].join('; ').slice(0, LONGEST_SOURCE);
  return { kind: weakest, source, ...(date === undefined ? {} : { date }) };
}
