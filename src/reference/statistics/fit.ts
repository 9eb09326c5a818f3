import { Matrix, QrDecomposition } from 'ml-matrix';

/** The data cannot be fitted at all, or the search did not settle. */
export class FitFailed extends Error {
  override readonly name = 'FitFailed';
}

export interface Fit {
  /** In the order of the columns; null where the column repeats others and was left out. */
  readonly coefficients: readonly (number | null)[];
  readonly standardErrors: readonly (number | null)[];
  readonly logLikelihood: number;
  readonly deviance: number;
  /** Deviance of the model with nothing but an intercept. */
  readonly nullDeviance: number;
  readonly aic: number;
  readonly iterations: number;
  readonly devianceByIteration: readonly number[];
  /** Fitted probabilities, in the order of the rows. */
  readonly fitted: readonly number[];
  /** Indices of columns left out because they are linear combinations of earlier ones. */
  readonly aliased: readonly number[];
  /**
   * The columns split the outcomes apart (wholly or in a corner): some coefficient runs to
   * infinity and its figures mean nothing. Never use such a fit.
   */
  readonly separated: boolean;
}

const MAX_ITERATIONS = 25;
const TOLERANCE = 1e-8;

/**
 * Near a true optimum Newton's last step is a rounding matter. Where outcomes are separated, the
 * deviance stops falling while the log-odds of the separated rows still grow by about one a step:
 * the step tells the two apart, even in a corner that hardly moves the deviance.
 */
const DIVERGING_STEP = 0.1;

/**
 * Logistic regression by iteratively reweighted least squares, as R's glm.fit does it:
 * μ₀ = (y + ½) / 2, then z = η + (y − μ) / w with w = μ(1 − μ), β by weighted least squares, until
 * |D − D_old| / (|D| + 0.1) < 1e-8. Each step is solved by a QR decomposition of √W·X: normal
 * equations would square the condition number. SE = √diag((XᵀWX)⁻¹).
 *
 * @param x one row a person, one column a term; put a column of ones first for the intercept.
 * @param y 0 or 1 a person.
 * @throws {FitFailed} on unusable data, or when 25 iterations do not settle it.
 */
export function fitLogistic(x: readonly (readonly number[])[], y: readonly number[]): Fit {
  const columns = x[0]?.length ?? 0;
  check(x, y, columns);
  const { kept, aliased } = independentColumns(x, columns);
  const design = new Matrix(x.map((row) => kept.map((j) => row[j]!)));
  if (design.rows < kept.length) throw new FitFailed('fewer rows than columns');

  let eta = y.map((value) => Math.log((value + 0.5) / (1.5 - value)));
  let deviance = binaryDeviance(y, eta);
  let beta: number[];
  let step: number;
  let settled: boolean;
  const trace: number[] = [];
  do {
    beta = weightedLeastSquares(design, y, eta).beta;
    const next = design.mmul(Matrix.columnVector(beta)).to1DArray();
    step = largestDifference(next, eta);
    eta = next;
    const before = deviance;
    deviance = binaryDeviance(y, eta);
    settled = Math.abs(deviance - before) / (Math.abs(deviance) + 0.1) < TOLERANCE;
    trace.push(deviance);
  } while (!settled && trace.length < MAX_ITERATIONS);
  const separated = step >= DIVERGING_STEP;
  if (!settled && !separated) throw new FitFailed(`not settled after ${MAX_ITERATIONS} iterations`);

  const spread = <T>(values: readonly T[]): (T | null)[] => {
    const whole: (T | null)[] = Array.from({ length: columns }, () => null);
    for (const [i, j] of kept.entries()) whole[j] = values[i]!;
    return whole;
  };
  return {
    coefficients: spread(beta),
    // At the optimum itself: R takes the weights of the step before, and loses the fifth digit.
    standardErrors: spread(inverseRowNorms(weightedLeastSquares(design, y, eta).r)),
    logLikelihood: -deviance / 2,
    deviance,
    nullDeviance: nullDeviance(y),
    aic: deviance + 2 * kept.length,
    iterations: trace.length,
    devianceByIteration: trace,
    fitted: eta.map((value) => 1 / (1 + Math.exp(-value))),
    aliased,
    separated,
  };
}

function check(x: readonly (readonly number[])[], y: readonly number[], columns: number): void {
  if (x.length === 0 || columns === 0) throw new FitFailed('nothing to fit');
  if (x.length !== y.length) throw new FitFailed('as many outcomes as rows are needed');
  if (x.some((row) => row.length !== columns || row.some((v) => !Number.isFinite(v)))) {
    throw new FitFailed('every row needs the same columns, all finite');
  }
  if (y.some((value) => value !== 0 && value !== 1)) throw new FitFailed('outcomes are 0 or 1');
  if (new Set(y).size < 2) throw new FitFailed('both outcomes must occur');
}

/** Modified Gram–Schmidt from the left: a column that earlier ones explain is left out, as in R. */
function independentColumns(x: readonly (readonly number[])[], columns: number) {
  const basis: number[][] = [];
  const kept: number[] = [];
  const aliased: number[] = [];
  for (let j = 0; j < columns; j++) {
    const column = x.map((row) => row[j]!);
    const length = norm(column);
    // Twice: a second pass removes what rounding left of the first.
    for (const direction of [...basis, ...basis]) {
      const along = dot(direction, column);
      for (let i = 0; i < column.length; i++) column[i]! -= along * direction[i]!;
    }
    const rest = norm(column);
    if (length === 0 || rest < 1e-10 * length) {
      aliased.push(j);
    } else {
      basis.push(column.map((value) => value / rest));
      kept.push(j);
    }
  }
  return { kept, aliased };
}

function weightedLeastSquares(design: Matrix, y: readonly number[], eta: readonly number[]) {
  const weighted = design.clone();
  const target = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    // w = μ(1 − μ) from both tails, so that it never cancels to zero; floored as in R.
    const mu = Math.max(1 / (1 + Math.exp(-eta[i]!)), Number.EPSILON);
    const rest = Math.max(1 / (1 + Math.exp(eta[i]!)), Number.EPSILON);
    const root = Math.sqrt(mu * rest);
    target[i] = root * eta[i]! + (y[i] === 1 ? rest : -mu) / root;
    for (let j = 0; j < weighted.columns; j++) weighted.set(i, j, weighted.get(i, j) * root);
  }
  const qr = new QrDecomposition(weighted);
  const beta = qr.solve(Matrix.columnVector(Array.from(target))).to1DArray();
  return { beta, r: qr.upperTriangularMatrix };
}

/** √diag((RᵀR)⁻¹): the lengths of the rows of R⁻¹, by back substitution. */
function inverseRowNorms(r: Matrix): number[] {
  const k = r.rows;
  const inverse = Matrix.zeros(k, k);
  for (let column = 0; column < k; column++) {
    for (let i = column; i >= 0; i--) {
      let sum = i === column ? 1 : 0;
      for (let j = i + 1; j <= column; j++) sum -= r.get(i, j) * inverse.get(j, column);
      inverse.set(i, column, sum / r.get(i, i));
    }
  }
  return Array.from({ length: k }, (_, i) => norm(inverse.getRow(i)));
}

/** −2 Σ ln p(yᵢ), from the log-odds so that a sure prediction loses no digits. */
function binaryDeviance(y: readonly number[], eta: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += softplus(y[i] === 1 ? -eta[i]! : eta[i]!);
  return 2 * sum;
}

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function nullDeviance(y: readonly number[]): number {
  const ones = y.reduce((sum, value) => sum + value, 0);
  const share = ones / y.length;
  return -2 * (ones * Math.log(share) + (y.length - ones) * Math.log1p(-share));
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: readonly number[]): number {
  return Math.sqrt(dot(a, a));
}
