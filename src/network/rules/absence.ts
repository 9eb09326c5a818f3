/** Why somebody is away; `closure` is the office's own. Kinds of ours, not those of a payroll. */
export const CLOSURE_KINDS = ['closure', 'leave', 'illness', 'training', 'duty', 'other'] as const;
export type ClosureKind = (typeof CLOSURE_KINDS)[number];
