/** A text in each language the service speaks. */
export interface Words {
  readonly it: string;
  readonly en: string;
}

/** What enters a model, by variable code: the code of a level, or a number. */
export type Predictors = Readonly<Record<string, string | number>>;

/** The variable takes part only in people whose other variable has one of these levels. */
export interface AppliesWhen {
  readonly variable: string;
  readonly levels: readonly string[];
}

export interface Level {
  readonly code: string;
  readonly label: Words;
  /** Log-odds against the reference level, whose own coefficient is 0. */
  readonly coefficient: number;
  /** Null where none is published, and for the reference level. */
  readonly standardError: number | null;
}

interface VariableBase {
  readonly code: string;
  readonly label: Words;
  /** Every condition must hold; a variable that does not apply adds nothing. */
  readonly appliesWhen?: readonly AppliesWhen[];
}

export interface CategoricalVariable extends VariableBase {
  readonly kind: 'categorical';
  readonly levels: readonly Level[];
  /**
   * Where a person can get to by what they do, from each level. Absent for what nobody changes at
   * will (age, history). A level that is not listed leads nowhere.
   */
  readonly reachable?: Readonly<Record<string, readonly string[]>>;
}

export interface NumericVariable extends VariableBase {
  readonly kind: 'numeric';
  /** What one step of the variable is: "month", "year". */
  readonly unit: Words;
  readonly coefficient: number;
  readonly standardError: number | null;
}

export type Variable = CategoricalVariable | NumericVariable;

/** A stretch of probability with a name. Which end it owns is said by its {@link BandScale}. */
export interface Band {
  readonly code: string;
  readonly label: Words;
  readonly from: number;
  readonly to: number;
}

export interface BandScale {
  /** `above`: bands are [from, to), the last closed. `below`: (from, to], the first closed. */
  readonly boundary: 'above' | 'below';
  /** Round half up to this many decimals before comparing; null compares as it is. */
  readonly decimals: number | null;
  /** In ascending order, covering 0 to 1 without a gap. */
  readonly bands: readonly Band[];
  /** Who chose the thresholds and why. */
  readonly source: string;
}

/** How a model does on people it was not fitted on. */
export interface GroupMetrics {
  readonly group: string;
  readonly label: Words;
  readonly n: number;
  readonly events: number;
  /** Share of people with the outcome, and the mean probability the model gave them. */
  readonly observed: number;
  readonly predicted: number;
  /** 95% Wilson interval of `observed`. */
  readonly observedLow: number;
  readonly observedHigh: number;
  readonly auc: number | null;
  readonly brier: number;
  /** Null where the group is too small or too uniform to refit. */
  readonly calibrationSlope: number | null;
  /** Of those in the last band. */
  readonly selectionRate: number;
  readonly truePositiveRate: number | null;
  readonly falsePositiveRate: number | null;
}

/**
 * A versioned logistic model and everything one must know to judge it (its model card).
 * x = intercept + Σ coefficient × level; p = 1 / (1 + e^−x).
 */
export interface ProfilingModel {
  readonly id: string;
  readonly version: string;
  /** `demonstration`: fitted on synthetic histories, must be marked wherever it shows. */
  readonly provenance: 'demonstration' | 'published' | 'local';
  readonly title: Words;
  readonly purpose: Words;
  readonly outcome: {
    readonly definition: Words;
    readonly windowDays: number;
    /** `adverse`: a high probability is bad for the person. */
    readonly direction: 'adverse' | 'favourable';
  };
  readonly population: Words;
  readonly intercept: number;
  readonly interceptStandardError: number | null;
  readonly variables: readonly Variable[];
  /** The person everyone is compared with: a value for every variable. */
  readonly reference: Predictors;
  readonly scale: BandScale;
  readonly card: ModelCard;
  /** SHA-256 in hex of the model without this field, keys sorted. */
  readonly hash: string;
}

export interface ModelCard {
  readonly fittedOn: string;
  readonly n: number;
  readonly events: number;
  readonly heldOut: readonly GroupMetrics[];
  readonly limits: readonly Words[];
  /** Data that were looked at and left out of the score, each with its reason. */
  readonly excluded: readonly Words[];
  readonly generation: Readonly<Record<string, unknown>>;
  readonly sources: readonly string[];
  readonly approval: Words;
  readonly contact: Words;
}

/** What one variable adds to the log-odds against the reference person. */
export interface Contribution {
  readonly variable: string;
  readonly value: string | number;
  readonly reference: string | number;
  /** Log-odds: own term minus the reference person's term. */
  readonly logOdds: number;
  /** e^logOdds: by how much the odds are multiplied. */
  readonly oddsFactor: number;
  /** p minus what p would be with this one term set to the reference. Does not add up across terms. */
  readonly deltaP: number;
}
