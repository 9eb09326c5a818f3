export const BENEFITS = ['none', 'naspi', 'dis_coll', 'adi', 'sfl'] as const;
/** Income support that goes with being unemployed. */
export type Benefit = (typeof BENEFITS)[number];
