import { spreadsheet } from '../platform/csv.ts';
import type { Locale } from '../platform/locale.ts';
import type { OfficePlan } from './rules/office-plan.ts';
import { roundPosts } from './rules/wisn.ts';
import type { Category } from './store.ts';
import { planningStrings } from './strings.ts';

/**
 * The table of the offices as a file that Italian Excel opens as it is: UTF-8 with a byte-order mark,
 * semicolons, decimal commas, and no cell that a spreadsheet would run as a formula.
 */
export function plansCsv(
  plans: readonly OfficePlan[],
  categories: readonly Category[],
  locale: Locale,
): string {
  const t = planningStrings(locale);
  const header = [
    t('code'),
    t('office'),
    t('province'),
    t('population'),
    t('comuni'),
    t('jobSeekers'),
    t('staff'),
    ...categories.map(({ name }) => name),
    t('usersPerYear'),
    t('usersPerOperator'),
    t('need'),
    t('wholePosts'),
    t('gap'),
    t('qualifiedShortage'),
    t('waitDays'),
    t('bacinoNature'),
    t('staffNature'),
  ];
  const lines = plans.map((plan) => {
    const counts = new Map(plan.office.organico.map(({ category, count }) => [category, count]));
    return [
      plan.office.code,
      plan.office.name,
      plan.office.province,
      plan.population,
      plan.office.comuni.length,
      Math.round(plan.stock),
      plan.staff,
      ...categories.map(({ code }) => counts.get(code) ?? 0),
      Math.round(plan.users),
      plan.usersPerOperator,
      plan.workload.total,
      roundPosts(plan.workload.total),
      plan.workload.difference,
      plan.workload.balance.shortage,
      plan.wait.days,
      t(`nature_${plan.office.provenance.bacino.kind}`),
      t(`nature_${plan.office.provenance.staff.kind}`),
    ];
  });
  return spreadsheet([header, ...lines], locale);
}
