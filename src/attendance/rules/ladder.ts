/** Benefits whose measures art. 21 c. 7 D.Lgs. 150/2015 names. */
export const BENEFITS = ['naspi', 'dis_coll'] as const;
export type Benefit = (typeof BENEFITS)[number];

/** What an absence from a convocation costs: a quarter of the month, the month, benefit and status. */
export type Step = 'quarter_month' | 'month' | 'benefit_and_status';

/**
 * D.Lgs. 150/2015 art. 21 c. 7 letter a: a quarter of the monthly benefit the first time, one month
 * the second, loss of the benefit and of the status of unemployed the third. As reported by
 * regione.vda.it, provincia.pv.it and agenzialavoro.emr.it; unverified against the official text.
 */
const STEPS: readonly Step[] = ['quarter_month', 'month', 'benefit_and_status'];

export const LADDER_SOURCE = 'D.Lgs. 14 settembre 2015, n. 150, art. 21, comma 7, lettera a)';

/** The step of the `ordinal`th unjustified absence, counted from 1; after the third it stays there. */
export function stepOf(ordinal: number): Step {
  return STEPS[Math.min(ordinal, STEPS.length) - 1]!;
}

/**
 * ADI and SFL follow rules of their own. What they provide is not computed here: the facts are
 * gathered, and the official who knows the rules decides outside. Unverified.
 */
export const OWN_REGIME_SOURCE = 'D.L. 4 maggio 2023, n. 48, art. 8';
