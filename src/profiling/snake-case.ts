/** `monthsWorkedLast2Years` → `months_worked_last_2_years`: our names as the wire has them. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]|[0-9]+/g, (part) => `_${part.toLowerCase()}`);
}
