/** Two-sided 95% point of the normal distribution, to the digits of a double. */
const Z = 1.959963984540054;

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A share with its Wilson interval (95% unless `z` says otherwise). `n` at least 1. */
export function wilson(successes: number, n: number, z = Z): Estimate {
  const value = successes / n;
  const centre = value + (z * z) / (2 * n);
  const half = z * Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return {
    value,
    low: successes === 0 ? 0 : (centre - half) / whole,
    high: successes === n ? 1 : (centre + half) / whole,
  };
}

/** Difference of two shares, first minus second, with Newcombe's interval (1998, method 10). */
export function newcombe(
  successes: number,
  n: number,
  otherSuccesses: number,
  otherN: number,
  z = Z,
): Estimate {
  const a = wilson(successes, n, z);
  const b = wilson(otherSuccesses, otherN, z);
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}

/**
 * Population stability index Σ (a − e) ln(a / e) between expected and actual shares of the same
 * categories. Under 0.10 stable, up to 0.25 to watch, above it to act. Infinite where a category
 * is empty on one side only.
 */
export function stabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  return expected.reduce((sum, e, i) => {
    const a = actual[i]!;
    return a === e ? sum : sum + (a - e) * Math.log(a / e);
  }, 0);
}
