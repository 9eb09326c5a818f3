import { bandOf, rankOf } from './bands.ts';
import type { Band, CategoricalVariable, Predictors, ProfilingModel } from './model.ts';
import { score } from './score.ts';

/** One thing a person could change. */
export interface Flip {
  readonly variable: string;
  readonly from: string;
  readonly to: string;
}

export interface Change {
  readonly flips: readonly Flip[];
  readonly probability: number;
  readonly band: Band;
}

export type Counterfactual =
  /** The person is in the best band already. */
  | { readonly kind: 'best_band' }
  /** Every set of the smallest size that reaches a better band, the most effective first. */
  | { readonly kind: 'found'; readonly changes: readonly Change[] }
  /** Nothing a person can change leads to a better band. To be said, not hidden. */
  | { readonly kind: 'none' };

/**
 * The fewest changes, only of what a person can change (`reachable` levels; never age, history or
 * origin), that lead to a better band. Searches every set of growing size: mutable variables are
 * few, and the answer is exact. Conditions between variables are respected, because each candidate
 * is scored anew.
 * @throws {UnknownPredictor}
 */
export function counterfactual(model: ProfilingModel, person: Predictors): Counterfactual {
  const adverse = model.outcome.direction === 'adverse';
  const standing = (band: Band) => (adverse ? -1 : 1) * rankOf(model.scale, band.code);
  const present = standing(bandOf(model.scale, score(model, person).probability));
  const best = adverse ? model.scale.bands[0]! : model.scale.bands.at(-1)!;
  if (present === standing(best)) return { kind: 'best_band' };

  const mutable = model.variables.filter(
    (v): v is CategoricalVariable => v.kind === 'categorical' && v.reachable !== undefined,
  );
  for (let size = 1; size <= mutable.length; size++) {
    const changes: Change[] = [];
    for (const flips of flipSets(mutable, person, size)) {
      const changed = { ...person, ...Object.fromEntries(flips.map((f) => [f.variable, f.to])) };
      const { probability } = score(model, changed);
      const band = bandOf(model.scale, probability);
      if (standing(band) > present) changes.push({ flips, probability, band });
    }
    if (changes.length > 0) {
      const effect = (c: Change) => (adverse ? c.probability : -c.probability);
      return { kind: 'found', changes: changes.sort((a, b) => effect(a) - effect(b)) };
    }
  }
  return { kind: 'none' };
}

/** Every way to change exactly `size` of the variables, each to a level reachable from its own. */
function* flipSets(
  variables: readonly CategoricalVariable[],
  person: Predictors,
  size: number,
  start = 0,
): Generator<Flip[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = start; i <= variables.length - size; i++) {
    const { code, reachable } = variables[i]!;
    const from = String(person[code]);
    for (const to of reachable?.[from] ?? []) {
      for (const rest of flipSets(variables, person, size - 1, i + 1)) {
        yield [{ variable: code, from, to }, ...rest];
      }
    }
  }
}
