/** p = 1 / (1 + e^−x), written so that neither tail overflows. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** x = ln(p / (1 − p)), for p strictly between 0 and 1. */
export function logit(p: number): number {
  return Math.log(p) - Math.log1p(-p);
}
