/**
 * How many come, when each person comes or not independently with a chance of their own: the
 * Poisson-binomial distribution, exactly, by adding one person at a time:
 * P(k | n) = P(k | n − 1)(1 − pₙ) + P(k − 1 | n − 1) pₙ.
 * @returns the chance of 0, 1, … n who come
 */
export function turnout(chances: readonly number[]): number[] {
  const of = [1];
  for (const p of chances) {
    of.push(0);
    for (let k = of.length - 1; k > 0; k--) of[k] = of[k]! * (1 - p) + of[k - 1]! * p;
    of[0] = of[0]! * (1 - p);
  }
  return of;
}

/** Chance that more than `places` come. */
export function chanceOfMoreThan(places: number, chances: readonly number[]): number {
  return turnout(chances)
    .slice(places + 1)
    .reduce((sum, p) => sum + p, 0);
}

export interface Bound {
  /** Appointments that the calendar holds for the half-day. */
  readonly places: number;
  /** People beyond them that the office can still receive. */
  readonly tolerance: number;
  /** Highest accepted chance that more than both together come. */
  readonly risk: number;
}

/**
 * Whether the people of these chances may all be booked: those expected, and nearly certainly those
 * who come, are no more than places and tolerance.
 */
export function withinBound(
  chances: readonly number[],
  { places, tolerance, risk }: Bound,
): boolean {
  const expected = chances.reduce((sum, p) => sum + p, 0);
  const seats = places + tolerance;
  return expected <= seats && chanceOfMoreThan(seats, chances) <= risk;
}

/** How many more people of chance `one` may be booked beside those of `chances`; at most `most`. */
export function roomFor(
  one: number,
  chances: readonly number[],
  bound: Bound,
  most: number,
): number {
  const all = [...chances];
  let more = 0;
  while (more < most) {
    all.push(one);
    if (!withinBound(all, bound)) break;
    more++;
  }
  return more;
}
