import type { Problem } from '../../platform/problem.ts';
import type { Network } from '../actions/read-network.ts';
import type { ScenarioLevers, StaffLever } from '../scenario.ts';
import type { PlanningText } from '../strings.ts';

/** The form moves people row by row: from an office or from outside, to an office or away. */
export const ROWS = [1, 2, 3] as const;

export const fieldNames = (row: number) => ({
  from: `da${row}`,
  to: `a${row}`,
  category: `categoria${row}`,
  count: `quante${row}`,
});

type Values = Readonly<Record<string, string>>;

/** Whether anything was asked for at all; a link may fill in an office and no more. */
export function isAsked(values: Values): boolean {
  return ROWS.some((row) => {
    const names = fieldNames(row);
    return Boolean(values[names.category] || values[names.count]);
  });
}

/** The rows as levers, or what is wrong with which field, in words. */
export function readRows(
  values: Values,
  network: Network,
  t: PlanningText,
): { levers: ScenarioLevers; errors: Record<string, string> } {
  const staff: StaffLever[] = [];
  const errors: Record<string, string> = {};
  const offices = new Set(network.plans.map(({ office }) => office.code));
  const categories = new Set(network.categories.map(({ code }) => code));
  for (const row of ROWS) {
    const names = fieldNames(row);
    const [from = '', to = '', category = '', typed = ''] = [
      values[names.from],
      values[names.to],
      values[names.category],
      values[names.count],
    ];
    if (category === '' && typed === '') continue;
    const known = (code: string) => code === '' || offices.has(code);
    if (from === to || !known(from) || !known(to)) errors[names.from] = t('errorOffice');
    if (!categories.has(category)) errors[names.category] = t('errorCategory');
    const count = /^[0-9]{1,4}$/.test(typed) ? Number(typed) : 0;
    if (count < 1 || count > 1000) errors[names.count] = t('errorCount');
    if (from !== '') staff.push({ officeCode: from, category, count: -count });
    if (to !== '') staff.push({ officeCode: to, category, count });
  }
  if (staff.length === 0 && Object.keys(errors).length === 0)
    errors[fieldNames(1).count] = t('errorNone');
  return { levers: { staff }, errors };
}

/** What the action refused, at the row it came from. */
export function refusedRows(
  problem: Problem,
  levers: ScenarioLevers,
  values: Values,
  t: PlanningText,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { pointer } of problem.extra.errors ?? []) {
    const lever = levers.staff[Number(pointer.split('/')[2])];
    const row = ROWS.find((each) => {
      const names = fieldNames(each);
      return values[names.from] === lever?.officeCode && values[names.category] === lever?.category;
    });
    errors[fieldNames(row ?? 1).count] = t('errorTooMany');
  }
  return errors;
}

/** The query that fills the form with a saved scenario; null when it has more than the form holds. */
export function rowsOf(levers: ScenarioLevers): URLSearchParams | null {
  const query = new URLSearchParams();
  const left = [...levers.staff];
  let row = 1;
  while (left.length > 0) {
    if (row > ROWS.length) return null;
    const lever = left.shift()!;
    // A move is two levers of the same size and opposite sign.
    const pair = left.findIndex(
      (each) => each.category === lever.category && each.count === -lever.count,
    );
    const other = pair < 0 ? undefined : left.splice(pair, 1)[0];
    const names = fieldNames(row++);
    const [from, to] = lever.count < 0 ? [lever, other] : [other, lever];
    query.set(names.from, from?.officeCode ?? '');
    query.set(names.to, to?.officeCode ?? '');
    query.set(names.category, lever.category);
    query.set(names.count, String(Math.abs(lever.count)));
  }
  return query;
}
