import { logistic } from '../../reference/statistics/log-odds.ts';
import type { Contribution, Predictors, ProfilingModel, Variable } from './model.ts';

/** A value the model does not know, or one that is missing. Carries the codes of the variables. */
class UnknownPredictor extends Error {
  override readonly name = 'UnknownPredictor';
  readonly variables: readonly string[];

  constructor(variables: readonly string[]) {
    super(`the model needs a known value for ${variables.join(', ')}`);
    this.variables = variables;
  }
}

export interface Score {
  /** Log-odds. */
  readonly linearPredictor: number;
  readonly probability: number;
}

/**
 * Score of a person: x = β₀ + Σ βⱼxⱼ over the variables that apply, p = 1 / (1 + e^−x).
 * @throws {UnknownPredictor}
 */
export function score(model: ProfilingModel, person: Predictors): Score {
  const linearPredictor = terms(model, person).reduce((sum, term) => sum + term, model.intercept);
  return { linearPredictor, probability: logistic(linearPredictor) };
}

/**
 * cⱼ = βⱼ(xⱼ − rⱼ) for every variable, in the order of the model. Against a reference person, not
 * against zero: a sum of log-odds means nothing to a reader until it says "than whom".
 * Σ cⱼ = x − x_r. A variable that applies to one of the two only counts wholly.
 * @throws {UnknownPredictor}
 */
export function contributions(model: ProfilingModel, person: Predictors): Contribution[] {
  const own = terms(model, person);
  const theirs = terms(model, model.reference);
  const { linearPredictor, probability } = score(model, person);
  return model.variables.map((variable, j) => {
    const logOdds = own[j]! - theirs[j]!;
    return {
      variable: variable.code,
      value: person[variable.code]!,
      reference: model.reference[variable.code]!,
      logOdds,
      oddsFactor: Math.exp(logOdds),
      deltaP: probability - logistic(linearPredictor - logOdds),
    };
  });
}

/** Largest effect first, whichever way it goes; equal ones keep the order of the model. */
export function byWeight(list: readonly Contribution[]): Contribution[] {
  return [...list].sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
}

function terms(model: ProfilingModel, person: Predictors): number[] {
  const unknown = model.variables.filter((v) => !knows(v, person[v.code])).map((v) => v.code);
  if (unknown.length > 0) throw new UnknownPredictor(unknown);
  return model.variables.map((variable) =>
    applies(variable, person) ? term(variable, person[variable.code]!) : 0,
  );
}

function knows(variable: Variable, value: string | number | undefined): boolean {
  return variable.kind === 'numeric'
    ? typeof value === 'number' && Number.isFinite(value)
    : variable.levels.some((level) => level.code === value);
}

function applies(variable: Variable, person: Predictors): boolean {
  return (variable.appliesWhen ?? []).every((condition) =>
    condition.levels.includes(String(person[condition.variable])),
  );
}

function term(variable: Variable, value: string | number): number {
  return variable.kind === 'numeric'
    ? variable.coefficient * Number(value)
    : variable.levels.find((level) => level.code === value)!.coefficient;
}
