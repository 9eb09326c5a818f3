/**
 * How little a day is broken up. A stretch of free minutes is worth what the services can fill of
 * it: 75 minutes with services of 30 and 45 lose nothing, 70 lose 10. Taking time from a stretch
 * leaves one piece before and one after; the best candidate is the one that loses least by it.
 */

/**
 * Free time is measured in units of five minutes: finer ones would make a longer table for every
 * claim. Shorter appointments count as five, which orders candidates and refuses nobody.
 */
const UNIT_MINUTES = 5;
/** Longer stretches are taken to lose nothing: some mix nearly fills them. */
const LONGEST_MINUTES = 600;

/**
 * Minutes that no mix of appointments of the given `lengths` (minutes, buffers included) can fill,
 * for each stretch of 0, 5, 10… minutes. Unbounded knapsack: the fullest filling of `m` minutes is
 * the fullest of `m - length` with one more appointment.
 */
export function wasteTable(lengths: readonly number[]): number[] {
  const size = LONGEST_MINUTES / UNIT_MINUTES + 1;
  const units = [...new Set(lengths.map((minutes) => Math.ceil(minutes / UNIT_MINUTES)))].filter(
    (length) => length > 0,
  );
  const filled = new Array<number>(size).fill(0);
  for (let stretch = 1; stretch < size; stretch++) {
    for (const length of units) {
      if (length <= stretch) {
        filled[stretch] = Math.max(filled[stretch]!, filled[stretch - length]! + length);
      }
    }
  }
  return filled.map((full, stretch) => (stretch - full) * UNIT_MINUTES);
}

/**
 * Minutes lost by taking a piece that leaves `before` and `after` minutes of a stretch: what can no
 * longer be filled, less what could not be filled already. Zero is a perfect fit.
 */
export function addedWaste(
  waste: readonly number[],
  before: number,
  taken: number,
  after: number,
): number {
  const lost = (minutes: number) => waste[Math.floor(minutes / UNIT_MINUTES)] ?? 0;
  return lost(before) + lost(after) - lost(before + taken + after);
}
