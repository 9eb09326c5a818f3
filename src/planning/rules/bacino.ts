/** From who lives in a bacino to who will come to its office. */

/** Part of a bacino whose people have one unemployment rate (rates are published by province). */
export interface BacinoPart {
  readonly population: number;
  /** Share of the inhabitants aged 15–64. */
  readonly workingAgeShare: number;
  /** Share, in [0, 1], of the working-age people who are out of work. */
  readonly unemploymentRate: number;
}

/** Working stock: U = Σ population · share aged 15–64 · unemployment. */
export function workingStock(parts: readonly BacinoPart[]): number {
  return parts.reduce(
    (sum, part) => sum + part.population * part.workingAgeShare * part.unemploymentRate,
    0,
  );
}

/** A region's flow handed down to the offices by their share of the stock; sums to the whole. */
export function allotFlow(regionalFlow: number, stocks: readonly number[]): number[] {
  const total = stocks.reduce((sum, stock) => sum + stock, 0);
  return stocks.map((stock) => (total > 0 ? (regionalFlow * stock) / total : 0));
}
