/** What rows of figures are told by. */
export const GROUPINGS = ['service', 'day', 'week', 'month'] as const;
export type Grouping = (typeof GROUPINGS)[number];
