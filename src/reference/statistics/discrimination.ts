/** How well a score tells those with the outcome from those without. `y` is 0 or 1 a person. */

/**
 * Area under the ROC curve, P(s⁺ > s⁻) + ½ P(s⁺ = s⁻), by the Mann–Whitney statistic on midranks.
 * Null where one of the outcomes does not occur.
 */
export function auc(y: readonly number[], scores: readonly number[]): number | null {
  const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    const midrank = (start + 1 + end) / 2;
    for (const i of order.slice(start, end)) {
      if (y[i] !== 1) continue;
      positives++;
      rankSum += midrank;
    }
    start = end;
  }
  const negatives = y.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * Average precision Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct thresholds, highest first.
 * Null where the outcome never occurs.
 */
export function averagePrecision(y: readonly number[], scores: readonly number[]): number | null {
  const positives = y.reduce((sum, value) => sum + value, 0);
  if (positives === 0) return null;
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
  let found = 0;
  let area = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let here = 0;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) {
      here += y[order[end]!]!;
      end++;
    }
    found += here;
    area += (here / positives) * (found / end);
    start = end;
  }
  return area;
}

export interface Rates {
  readonly n: number;
  /** Share flagged. */
  readonly selectionRate: number;
  /** Null where the denominator is empty. */
  readonly truePositiveRate: number | null;
  readonly falsePositiveRate: number | null;
  readonly positivePredictiveValue: number | null;
}

/** What a yes/no flag does in one group; compare across groups, knowing that base rates differ. */
export function flagRates(y: readonly number[], flagged: readonly boolean[]): Rates {
  const count = (outcome: number, flag: boolean) =>
    y.filter((value, i) => value === outcome && flagged[i] === flag).length;
  const hits = count(1, true);
  const misses = count(1, false);
  const alarms = count(0, true);
  const rests = count(0, false);
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    n: y.length,
    selectionRate: share(hits + alarms, y.length) ?? 0,
    truePositiveRate: share(hits, hits + misses),
    falsePositiveRate: share(alarms, alarms + rests),
    positivePredictiveValue: share(hits, hits + alarms),
  };
}
