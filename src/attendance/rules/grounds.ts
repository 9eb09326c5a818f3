/**
 * Reasons that justify an absence from a convocation. The list follows the usual reading of art. 21
 * D.Lgs. 150/2015 by the regions (illness or injury; civil or military service; pregnancy; summons
 * before a court; serious family reasons; limits of law to personal mobility; any other proved force
 * majeure). Unverified against an official text.
 */
export const GROUNDS = [
  'illness',
  'service',
  'pregnancy',
  'court',
  'family',
  'mobility',
  'force_majeure',
] as const;
export type Ground = (typeof GROUNDS)[number];
