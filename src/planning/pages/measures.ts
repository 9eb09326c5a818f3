import type { Locale } from '../../platform/locale.ts';
import { formatNumber } from '../../web/format.ts';
import type { MapScale } from '../../web/map.tsx';
import type { OfficePlan } from '../rules/office-plan.ts';
import { planningStrings } from '../strings.ts';

/** What the map can be coloured by. */
export const MAP_MEASURES = {
  wait: (plan: OfficePlan) => plan.wait.days,
  gap: (plan: OfficePlan): number | null => plan.workload.difference,
  qualified_shortage: (plan: OfficePlan): number | null => plan.workload.balance.shortage,
  users_per_operator: (plan: OfficePlan) => plan.usersPerOperator,
  population: (plan: OfficePlan): number | null => plan.population,
};
export type MapMeasure = keyof typeof MAP_MEASURES;

export function measureOf(asked: string | undefined): MapMeasure {
  return asked !== undefined && Object.hasOwn(MAP_MEASURES, asked) ? (asked as MapMeasure) : 'wait';
}

/** Fixed limits, so that maps of two days can be compared. Ours. */
const LIMITS: Record<MapMeasure, MapScale['limits']> = {
  wait: [7, 15, 30, 60],
  gap: [-10, -2, 2, 10],
  qualified_shortage: [0.5, 2, 5, 15],
  users_per_operator: [75, 100, 150, 250],
  population: [30_000, 60_000, 100_000, 200_000],
};

const UNITS = {
  wait: 'daysUnit',
  gap: 'postsUnit',
  qualified_shortage: 'postsUnit',
  users_per_operator: 'usersUnit',
  population: 'peopleUnit',
} as const;

export function mapScale(measure: MapMeasure, locale: Locale): MapScale {
  const t = planningStrings(locale);
  const limits = LIMITS[measure];
  const unit = t(UNITS[measure]);
  const write = (value: number) =>
    `${value < 0 ? '−' : ''}${formatNumber(Math.abs(value), locale)}`;
  const [a, b, c, d] = limits.map(write) as [string, string, string, string];
  const between = (from: string, to: string) => `${t('between', { from, to })} ${unit}`;
  return {
    kind: measure === 'gap' ? 'diverging' : 'low-high',
    limits,
    labels: [
      `${t('upTo', { value: a })} ${unit}`,
      between(a, b),
      between(b, c),
      between(c, d),
      `${t('over', { value: d })} ${unit}`,
    ],
    unknown: measure === 'wait' ? t('beyond') : t('unknown'),
  };
}

/** "118 giorni", "−12,3 posti". */
export function measureLabel(plan: OfficePlan, measure: MapMeasure, locale: Locale): string {
  const t = planningStrings(locale);
  const value = MAP_MEASURES[measure](plan);
  if (value === null) return measure === 'wait' ? t('beyond') : t('unknown');
  if (measure === 'wait') return t('days', { count: value });
  const digits = measure === 'gap' || measure === 'qualified_shortage' ? 1 : 0;
  const sign = value < 0 ? '−' : '';
  return `${sign}${formatNumber(Math.abs(value), locale, digits)} ${t(UNITS[measure])}`;
}
